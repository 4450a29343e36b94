"""Two browsers, one person: what ends which session, and what an old cookie opens."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from tests.platform.accounts.conftest import PASSWORD, signed_in

INSIDE = "/accounts/2fa/"
NEW = "over-the-bridge-and-home"


def replay(cookie: str) -> int:
    thief = Client()
    thief.cookies["sessionid"] = cookie
    return thief.get(INSIDE).status_code


def test_a_new_password_ends_every_other_session_and_keeps_this_one_under_a_new_name(acme: None) -> None:
    here, there = signed_in("nora"), signed_in("nora")
    stolen_here, stolen_there = here.cookies["sessionid"].value, there.cookies["sessionid"].value
    assert (replay(stolen_here), replay(stolen_there)) == (200, 200), "before, both open"

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert here.get(INSIDE).status_code == 200
    assert here.cookies["sessionid"].value != stolen_here
    assert (replay(stolen_here), replay(stolen_there)) == (302, 302)


def test_a_cookie_from_before_signing_out_opens_nothing(acme: None) -> None:
    client = signed_in("nora")
    stolen = client.cookies["sessionid"].value
    client.post("/accounts/logout/")

    assert replay(stolen) == 302


def test_signing_out_here_leaves_the_other_device_alone(acme: None) -> None:
    here, there = signed_in("nora"), signed_in("nora")
    here.post("/accounts/logout/")

    assert there.get(INSIDE).status_code == 200


def test_a_forgotten_password_is_reset_by_mail_once_and_ends_all_sessions(acme: None) -> None:
    elsewhere = signed_in("nora")
    forgetful = Client()
    forgetful.post("/accounts/password/reset/", {"email": "nora@example.org"})
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    assert found is not None

    form = forgetful.get(found[1], follow=True)
    forgetful.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    assert elsewhere.get(INSIDE).status_code == 302
    assert Client().get(found[1], follow=True).context["token_fail"]
    anew = Client()
    anew.post("/accounts/login/", {"login": "nora", "password": NEW})
    assert anew.get(INSIDE).status_code == 200


def test_every_unsafe_form_of_the_account_needs_its_token(acme: None) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = signed_in("root").cookies
    for address in (
        "/people/nora/roles/grant/",
        "/people/nora/roles/revoke/",
        "/people/nora/deactivate/",
        "/people/nora/reactivate/",
        "/people/nora/end-sessions/",
        "/people/nora/second-factors/remove/",
        "/accounts/sessions/end/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/invitations/new/",
    ):
        assert careful.post(address, HTTP_ORIGIN="https://evil.example").status_code == 403, address


def test_a_new_address_is_the_persons_once_it_is_confirmed_from_a_mail(acme: None) -> None:
    nora = signed_in("nora")
    nora.post("/accounts/email/", {"email": "Nora.Berg@example.org", "action_add": ""})
    sent = next(each for each in mail.outbox if each.to == ["nora.berg@example.org"])
    found = re.search(r"http://testserver(/accounts/confirm-email/\S+/)", sent.body)
    assert found is not None
    before = nora.get(INSIDE).wsgi_request.user.email
    nora.post(found[1])

    assert before == "nora@example.org"
    assert nora.get(INSIDE).wsgi_request.user.email == "nora.berg@example.org"
