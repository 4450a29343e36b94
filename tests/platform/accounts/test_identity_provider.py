"""Signing in through the house's identity provider: who is known comes in, and nobody else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from fourfold.config.environment import Environment
from fourfold.platform.accounts.actions.invite import Guest, invite
from fourfold.platform.accounts.actions.leaving import deactivate_person
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION
from tests.platform.accounts.conftest import AT, with_password
from tests.platform.accounts.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    IdentityProvider,
    identity_provider,
)

NORA = {"sub": "4711", "email": "Nora@example.org", "email_verified": True, "name": "Nora"}


@pytest.fixture
def house(acme: None, settings) -> Iterator[IdentityProvider]:
    """The provider, set as an operator sets it."""
    with identity_provider() as provider:
        said = {
            "FOURFOLD_OIDC_NAME": "Acme",
            "FOURFOLD_OIDC_ISSUER": provider.issuer,
            "FOURFOLD_OIDC_CLIENT_ID": CLIENT_ID,
            "FOURFOLD_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }
        told = Environment.read({"FOURFOLD_HOME": str(settings.FOURFOLD_HOME), **said}).oidc
        assert told is not None
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [told.app]}}
        with_password("boss")  # somebody can sign in: the installation is set up
        yield provider


def come_in(client: Client) -> HttpResponse:
    """The way a browser goes: our form, the provider's page, and back."""
    begun = client.post("/accounts/oidc/house/login/")
    there = requests.get(begun["Location"], allow_redirects=False, timeout=10)
    answer: HttpResponse = client.get(there.headers["Location"].replace("http://testserver", ""))
    return answer


def who(client: Client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk).key if pk else None


def test_the_door_offers_the_provider_by_its_name(house: IdentityProvider) -> None:
    assert "Continue with Acme" in Client().get("/accounts/login/").content.decode()


def test_without_a_provider_nothing_is_offered(acme: None) -> None:
    with_password("boss")
    assert "Continue with" not in Client().get("/accounts/login/").content.decode()
    assert Client().post("/accounts/oidc/house/login/").status_code == 404


def test_a_known_person_comes_in_by_the_confirmed_address(house: IdentityProvider) -> None:
    house.claims = NORA
    client = Client()
    come_in(client)

    assert who(client) == "nora"
    assert not SocialAccount.objects.get().extra_data.get("access_token")


def test_a_password_that_was_there_stays(house: IdentityProvider) -> None:
    with_password("nora", "over-the-bridge-and-home")
    house.claims = NORA
    come_in(Client())

    assert Person.objects.get(key="nora").check_password("over-the-bridge-and-home")


@pytest.mark.parametrize(
    "claims",
    [
        {**NORA, "email": "stranger@example.org"},
        {**NORA, "email_verified": False},
        {**NORA, "email_verified": "false"},
        {"sub": "4711", "name": "Nora"},
    ],
    ids=["unknown", "unconfirmed", "confirmed in words only", "no address"],
)
def test_a_stranger_is_refused_and_no_account_is_made(
    house: IdentityProvider, claims: dict[str, object]
) -> None:
    house.claims = claims
    people = Person.objects.count()
    client = Client()
    answer = come_in(client)

    assert (answer.status_code, who(client)) == (403, None)
    assert "STRANGER_REFUSED" in answer.content.decode()
    assert Person.objects.count() == people
    assert not SocialAccount.objects.exists()


def test_an_address_passed_on_to_somebody_else_does_not_open_the_account(house: IdentityProvider) -> None:
    house.claims = NORA
    come_in(Client())
    house.claims = {**NORA, "sub": "somebody-else"}
    client = Client()

    assert come_in(client).status_code == 403
    assert who(client) is None


def test_a_person_bound_once_comes_in_though_the_address_over_there_changed(house: IdentityProvider) -> None:
    house.claims = NORA
    come_in(Client())
    house.claims = {**NORA, "email": "nora.married@example.org"}
    client = Client()
    come_in(client)

    assert who(client) == "nora"


def test_whoever_left_stays_out(house: IdentityProvider) -> None:
    house.claims = NORA
    come_in(Client())
    deactivate_person("nora", scope=scope_of_key("root"), at=AT)
    client = Client()
    come_in(client)

    assert who(client) is None


@pytest.mark.parametrize(
    "lie",
    [{"iss": "https://elsewhere.example"}, {"aud": "another-client"}, {"exp": int(time.time()) - 3600}],
    ids=["another issuer", "for another client", "too old"],
)
def test_a_token_that_is_not_for_us_is_refused(house: IdentityProvider, lie: dict[str, object]) -> None:
    house.claims, house.lie = NORA, lie
    client = Client()

    assert "That did not work" in come_in(client).content.decode()
    assert who(client) is None


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(house: IdentityProvider) -> None:
    """The state is bound to the session: an attacker's own code, sent to a victim's browser, signs nobody in."""
    house.claims = NORA
    attacker, victim = Client(), Client()
    begun = attacker.post("/accounts/oidc/house/login/")
    there = requests.get(begun["Location"], allow_redirects=False, timeout=10)
    victim.get(there.headers["Location"].replace("http://testserver", ""))

    assert who(victim) is None


def test_a_code_is_worthless_without_the_verifier_of_its_browser(house: IdentityProvider) -> None:
    house.claims = NORA
    one, other = Client(), Client()
    first = requests.get(
        one.post("/accounts/oidc/house/login/")["Location"], allow_redirects=False, timeout=10
    )
    second = requests.get(
        other.post("/accounts/oidc/house/login/")["Location"], allow_redirects=False, timeout=10
    )
    stolen = first.headers["Location"].split("code=")[1].split("&")[0]
    own = second.headers["Location"].split("code=")[1].split("&")[0]
    other.get(second.headers["Location"].replace("http://testserver", "").replace(own, stolen))

    assert who(other) is None


def test_the_invited_may_come_in_through_the_provider(house: IdentityProvider) -> None:
    token = invite(
        Guest("Frida", "frida@example.org"), [Role.VIEWER], unit="oslo", scope=INSTALLATION, at=timezone.now()
    )
    house.claims = {"sub": "12", "email": "frida@example.org", "email_verified": True}
    client = Client()
    client.get(f"/invitations/{token}/")
    come_in(client)

    assert who(client) == "frida"
    assert scope_of_key("frida").unit_keys == {"oslo"}


def test_an_invitation_is_for_its_own_address(house: IdentityProvider) -> None:
    token = invite(
        Guest("Frida", "frida@example.org"), [Role.VIEWER], unit="oslo", scope=INSTALLATION, at=timezone.now()
    )
    house.claims = {"sub": "12", "email": "eve@example.org", "email_verified": True}
    client = Client()
    client.get(f"/invitations/{token}/")

    assert come_in(client).status_code == 403
    assert not Person.objects.filter(key="frida").exists()


@pytest.mark.parametrize(
    "said",
    [
        {"FOURFOLD_OIDC_ISSUER": "https://id.example.org"},
        {"FOURFOLD_OIDC_CLIENT_ID": "fourfold", "FOURFOLD_OIDC_CLIENT_SECRET": "s"},
        {
            "FOURFOLD_OIDC_ISSUER": "http://id.example.org",
            "FOURFOLD_OIDC_CLIENT_ID": "fourfold",
            "FOURFOLD_OIDC_CLIENT_SECRET": "s",
        },
    ],
    ids=["issuer alone", "no issuer", "in the clear"],
)
def test_half_a_provider_is_refused_at_start(tmp_path: Path, said: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="FOURFOLD_OIDC"):
        Environment.read({"FOURFOLD_HOME": str(tmp_path), **said})


def test_the_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-file\n")
    said = {
        "FOURFOLD_HOME": str(tmp_path),
        "FOURFOLD_OIDC_ISSUER": "https://id.example.org/",
        "FOURFOLD_OIDC_CLIENT_ID": "fourfold",
        "FOURFOLD_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
    }
    told = Environment.read(said).oidc

    assert told is not None
    assert (told.client_secret, told.issuer, told.name) == (
        "from-a-file",
        "https://id.example.org",
        "id.example.org",
    )
