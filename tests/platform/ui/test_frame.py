"""The frame of every page: theme set by the server, sign-in dressed, refusals told."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from fourfold.platform.accounts.models import Person
from fourfold.platform.ui.demo import DEMO_PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    person = Person.objects.create(key="ada", name="Ada Byron", email="ada@example.org", ordinal=0)
    person.set_password("a-long-enough-word")
    person.save()
    return person


@pytest.fixture(autouse=True)
def the_door_is_open(ada):
    """While nobody can sign in, the sign-in page leads to the set-up."""


def page(response):
    return BeautifulSoup(response.content, "lxml")


def sign_in_page(client):
    return page(client.get(reverse("account_login")))


def test_a_stranger_gets_the_devices_own_theme(client):
    assert sign_in_page(client).html["data-bs-theme"] == "auto"


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_a_chosen_theme_is_on_the_next_page_from_its_first_byte(client, theme):
    client.post(reverse("ui:theme"), {"theme": theme, "back": "/accounts/login/"})

    assert sign_in_page(client).html["data-bs-theme"] == theme


def test_a_theme_nobody_offers_means_the_devices_own(client):
    client.post(reverse("ui:theme"), {"theme": 'neon" onload="alert(1)'})

    assert sign_in_page(client).html["data-bs-theme"] == "auto"


def test_choosing_a_theme_returns_to_the_page_and_never_to_another_house(client):
    ours = client.post(reverse("ui:theme"), {"theme": "dark", "back": "/accounts/login/?next=/x"})
    foreign = client.post(reverse("ui:theme"), {"theme": "dark", "back": "//elsewhere.example/"})

    assert (ours["Location"], foreign["Location"]) == ("/accounts/login/?next=/x", "/")


def test_choosing_a_theme_needs_a_form_not_a_link(client):
    assert client.get(reverse("ui:theme")).status_code == 405


def test_every_field_of_the_sign_in_page_has_its_label(client):
    form = sign_in_page(client).find("form", class_="stack")
    fields = [field for field in form.find_all("input") if field.get("type") != "hidden"]

    assert fields
    assert all(form.find("label", attrs={"for": field["id"]}).get_text(strip=True) for field in fields)


def test_a_wrong_password_is_told_beside_the_form(client, ada):
    answer = client.post(reverse("account_login"), {"login": "ada", "password": "wrong"})

    assert page(answer).find(class_="field-error").get_text(strip=True)


def test_the_demos_hint_is_shown_in_a_demo_only(client, ada, settings):
    settings.FOURFOLD_DEMO = False
    assert DEMO_PASSWORD not in client.get(reverse("account_login")).content.decode()

    settings.FOURFOLD_DEMO = True
    hint = sign_in_page(client).find(class_="sign-in-hint").get_text(" ", strip=True)
    assert "ada" in hint
    assert DEMO_PASSWORD in hint


def test_the_password_set_by_the_demo_is_the_one_the_page_tells():
    from fourfold.cli.demo.demo import DEMO_PASSWORD as SET_BY_THE_COMMAND

    assert SET_BY_THE_COMMAND == DEMO_PASSWORD


def test_a_stranger_is_shown_no_navigation(client):
    assert sign_in_page(client).find("nav") is None


def test_an_address_with_nothing_behind_it_is_told_as_a_page(client, ada):
    client.force_login(ada)
    answer = client.get("/there-is-nothing/")

    assert answer.status_code == 404
    assert page(answer).find(class_="refusal-code").get_text(" ", strip=True).endswith("NOT_FOUND")


def test_a_forgotten_password_can_be_asked_for(client, ada, settings):
    settings.EMAIL_HOST = "mail.example.org"
    asked = client.post(reverse("account_reset_password"), {"email": "ada@example.org"}, follow=True)

    assert page(asked).h1.get_text(strip=True) == "Look into your mail"


def test_signing_out_ends_the_visit(client, ada):
    client.force_login(ada)
    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session
