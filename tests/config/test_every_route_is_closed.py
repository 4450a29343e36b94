"""Deny by default: each address against a stranger, and the policy on every answer."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Open to strangers, each with its reason. Whoever opens another address writes it down here.
OPEN = {
    "healthz": "the supervisor asks",
    "readyz": "the supervisor asks",
    "theme/": "the sign-in page has a theme",
    "accounts/login/": "the door",
    "accounts/logout/": "leaving twice is no fault",
    "accounts/inactive/": "a closed account is told so",
    "accounts/signup/": "says that there is no sign-up",
    "accounts/password/reset/": "a forgotten password",
    "accounts/password/reset/done/": "a forgotten password",
    "accounts/password/reset/key/done/": "a forgotten password",
    "accounts/password/reset/key/x-y/": "a forgotten password",
    "accounts/confirm-email/": "an address is confirmed from a mail",
    "accounts/confirm-email/x/": "an address is confirmed from a mail",
    "accounts/2fa/authenticate/": "the second step of the door",
    "accounts/3rdparty/signup/": "says that there is no sign-up",
    "accounts/3rdparty/login/cancelled/": "back from another provider",
    "accounts/3rdparty/login/error/": "back from another provider",
    "accounts/login/code/confirm/": "the second step of the door",
    "accounts/2fa/webauthn/login/": "a passkey is the door's other way in",
    "accounts/oidc/x/login/": "the house's identity provider; nothing where none is set",
    "accounts/oidc/x/login/callback/": "back from the house's identity provider",
    "setup/": "the first person, while there is none; then not there",
    "invitations/x/": "whoever holds the link of an invitation",
}


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        route = prefix + route_of(pattern)
        found += addresses(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else [route]
    return found


def route_of(pattern: URLPattern | URLResolver) -> str:
    """An address that matches: every converter gets a plain word."""
    text = str(pattern.pattern).replace("<endings:ending>", "csv").replace("<pictures:ending>", "svg")
    if "(?P" in text:
        return (
            text.lstrip("^")
            .rstrip("$")
            .replace("(?P<key>[-:\\w]+)/", "x/")
            .replace("(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/", "x-y/")
            .replace("(?P<provider_id>[^/]+)/", "x/")
        )
    parts = [("1" if "int:" in part else "x") if part.startswith("<") else part for part in text.split("/")]
    return "/".join(parts)


ADDRESSES = addresses(get_resolver().url_patterns)


def test_there_are_addresses_to_try() -> None:
    assert "accounts/login/" in ADDRESSES
    assert any(address.startswith("api/v1/") for address in ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_turned_away(address: str, db: None) -> None:
    answer = Client().get(f"/{address}")

    if address in OPEN:
        assert answer.status_code in {200, 302, 400, 404, 405}
    elif address.startswith("api/"):
        assert answer.status_code == (404 if address == "api/v1/" else 401), "never a redirect on an API path"
        assert answer["Content-Type"] == "application/problem+json"
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_every_opening_is_still_needed() -> None:
    assert set(OPEN) <= set(ADDRESSES)


@pytest.mark.parametrize("address", ["/accounts/login/", "/healthz", "/no-such-page", "/api/v1/docs"])
def test_the_content_policy_is_on_every_answer(address: str, db: None) -> None:
    answer = Client().get(address)

    said = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert said == {part.strip() for part in CSP.split(";")}
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
