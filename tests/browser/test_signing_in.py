"""Signing in, as a person does it."""

import re
import time
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.actions.grant_role import grant_founder_memberships
from fourfold.platform.accounts.actions.set_up import set_up_code
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of, scope_of_key
from fourfold.platform.accounts.roles import Role
from tests.browser.conftest import FOUR_OBJECTIVES, NARROW, PASSWORD, THEMES, faults, serious_findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGN_IN = "/accounts/login/"


@pytest.mark.parametrize("path", [SIGN_IN, "/accounts/password/reset/"])
def test_the_doors_pages_are_accessible(visit, ana, path):
    assert faults(visit().open(path)) == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_person_signs_in_by_keyboard_alone(visit, ana, script):
    page = visit(script=script).open(SIGN_IN)
    page.get_by_label("Login").focus()
    page.keyboard.type("ana")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home/")


def test_the_theme_changes_at_once_and_stays(visit, ana):
    begun = visit(theme="light")
    page = begun.open(SIGN_IN)
    light = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    assert light != dark
    again = begun.open(SIGN_IN)
    assert again.evaluate("() => getComputedStyle(document.body).backgroundColor") == dark
    expect(again.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_without_a_choice_the_page_follows_the_device(visit, ana):
    colours = {
        theme: visit(theme=theme)
        .open(SIGN_IN)
        .evaluate("() => getComputedStyle(document.body).backgroundColor")
        for theme in THEMES
    }

    assert colours["light"] != colours["dark"]


def signs_in(page, key: str, password: str) -> None:
    page.get_by_label("Login").fill(key)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def shows_it_is_them(page) -> None:
    """What protects the account asks for the password once more."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_ones_own_account_is_accessible(visit, ana):
    begun = visit(ana)
    for path in (
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/2fa/webauthn/",
    ):
        page = begun.open(path)
        assert faults(page) == [], path


def test_an_authenticator_app_is_asked_for_after_the_password_and_a_recovery_code_helps_once(visit, ana):
    page = visit().open(SIGN_IN)
    signs_in(page, "ana", PASSWORD)
    page.get_by_role("link", name="Ana Ribeiro").click()
    page.get_by_role("link", name="Turn it on").click()
    shows_it_is_them(page)
    assert serious_findings(page) == []
    secret = page.get_by_label("Secret, to be typed where nothing can be scanned").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    unused = page.get_by_role("list", name="Unused codes").get_by_role("listitem")
    expect(unused).to_have_count(10)
    codes = unused.all_inner_texts()
    assert secret not in Authenticator.objects.get(type="totp").data["secret"], "kept sealed"

    later = visit().open(SIGN_IN)
    signs_in(later, "ana", PASSWORD)
    expect(later.get_by_role("heading", name="One more step")).to_be_visible()
    assert serious_findings(later) == []
    later.goto(later.url.split("/accounts/")[0] + "/")
    expect(later.get_by_role("heading", name="One more step")).to_be_visible()
    later.get_by_label("Code").fill(codes[0])
    later.get_by_role("button", name="Sign in", exact=True).click()
    later.wait_for_url("**/home/")

    again = visit().open(SIGN_IN)
    signs_in(again, "ana", PASSWORD)
    again.get_by_label("Code").fill(codes[0])
    again.get_by_role("button", name="Sign in", exact=True).click()
    expect(again.get_by_text("Incorrect code.")).to_be_visible()


def test_a_passkey_is_added_and_opens_without_a_password(visit, ana, settings):
    begun = visit()
    begun.address = begun.address.replace(
        "127.0.0.1", "localhost"
    )  # a passkey belongs to a name, not to a number
    page = begun.open(SIGN_IN)
    device = begun.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    signs_in(page, "ana", PASSWORD)
    page.get_by_role("link", name="Ana Ribeiro").click()
    page.get_by_role("link", name="Add a key").click()
    shows_it_is_them(page)
    assert serious_findings(page) == []
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add the key").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page).to_have_url(re.compile(SIGN_IN))

    page.goto(begun.address + SIGN_IN)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/home/")
    expect(page.get_by_role("link", name="Ana Ribeiro")).to_be_visible()


def sets_up(first) -> None:
    first.get_by_label("Set-up code").fill(set_up_code())
    first.get_by_label("Your name").fill("Ada Byron")
    first.get_by_label("Your e-mail address").fill("ada@harbour-bakery.example")
    first.get_by_label("Name to sign in with").fill("ada")
    first.get_by_label("Password", exact=True).fill(PASSWORD)
    first.get_by_label("Password again").fill(PASSWORD)
    first.get_by_role("button", name="Set up and sign in").click()


def test_from_an_empty_installation_to_a_second_person(visit, settings, tmp_path):
    settings.FOURFOLD_HOME = tmp_path
    first = visit().open("/")
    assert first.url.endswith("/setup/")
    assert serious_findings(first) == []
    sets_up(first)
    first.wait_for_url("**/start/")
    house = first.url.removesuffix("/start/")
    assert first.request.get(f"{house}/setup/").status == 404

    founder = Person.objects.get(key="ada")
    at = datetime(2026, 10, 8, 9, tzinfo=UTC)
    load_strategy_folder(FOUR_OBJECTIVES, data=None, scope=scope_of(founder), at=at)
    grant_founder_memberships("bakery", scope=scope_of(founder), at=at)

    first.goto(f"{house}/people/")
    assert serious_findings(first) == []
    first.get_by_role("link", name="Invite somebody").click()
    first.get_by_label("Name", exact=True).fill("Frida Lund")
    first.get_by_label("E-mail address").fill("frida@harbour-bakery.example")
    first.get_by_label("Viewer").check()
    assert serious_findings(first) == []
    first.get_by_role("button", name="Invite").click()
    link = first.get_by_label("Link of the invitation").input_value()

    guest = visit(size=NARROW).open(link.removeprefix(house))
    expect(guest.get_by_role("heading", name="Welcome, Frida Lund")).to_be_visible()
    assert serious_findings(guest) == []
    guest.get_by_label("Choose a password").fill(PASSWORD)
    guest.get_by_label("The password again").fill(PASSWORD)
    guest.get_by_role("button", name="Come in").click()
    guest.wait_for_url("**/home/")
    assert scope_of_key("frida-lund").roles == {Role.VIEWER}
    first.goto(f"{house}/people/frida-lund/")
    assert serious_findings(first) == []
