"""What a page does with a request nobody's browser would send: no token, a foreign origin, senseless parameters."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.house.guarded_bakery import FOUNDER, STRANGER, GuardedBakery, routes, undone

pytestmark = pytest.mark.django_db

WORDS = (
    "q kind unit period page before from periods as_of theme size with perspective measure level levels to"
)
NAMES = [
    *WORDS.split(" "),
    "objective",
    "year",
    "month",
    "state",
    "whose",
    "next",
    "code",
    "since",
    "until",
    "person",
    "source",
]
SENSELESS = (
    "\x00",
    "[]",
    '{"$ne":null}',
    "9" * 400,
    "-1",
    "²",
    "%s%n",
    "' OR 1=1 --",
    "../../etc",
    "\ud7ff" * 300,
)
PLAIN = [route for route in routes() if not route.endswith((".pdf", ".png", ".svg", "<pictures:ending>"))]


@pytest.mark.parametrize("origin", [None, "https://evil.example"])
def test_no_unsafe_request_passes_without_its_token(origin: str | None, guarded: GuardedBakery) -> None:
    headers = {"origin": origin} if origin else {}
    passed = [
        (route, status)
        for route in routes()
        if (status := forged(guarded, route, headers=headers)) not in (403, 404, 405)
    ]
    assert passed == []


def forged(house: GuardedBakery, route: str, *, headers: dict[str, str]) -> int:
    """What a form of another site, sent by the browser of the most powerful person, is answered."""
    browser = house.browser(FOUNDER, enforce_csrf_checks=True)
    with undone():
        return int(browser.post(house.address(route), {}, headers=headers).status_code)


@pytest.mark.parametrize("said", SENSELESS, ids=range(len(SENSELESS)))
def test_no_senseless_parameter_breaks_a_page(said: str, guarded: GuardedBakery) -> None:
    query = urlencode({name: [said, said] for name in NAMES}, doseq=True)
    broken = [route for route in PLAIN if asked(guarded, f"{guarded.address(route)}?{query}") >= 500]
    assert broken == []


def asked(house: GuardedBakery, address: str) -> int:
    with undone():
        return int(house.browser(FOUNDER).get(address).status_code)


def test_a_stranger_with_a_foreign_origin_is_turned_away_as_well(guarded: GuardedBakery) -> None:
    browser = guarded.browser(STRANGER, enforce_csrf_checks=True)
    answer = browser.post("/accounts/login/", {"login": "ana"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
