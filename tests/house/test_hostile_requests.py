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


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("origin", [None, "https://evil.example"])
def test_no_unsafe_request_passes_without_its_token(
    origin: str | None, method: str, guarded: GuardedBakery
) -> None:
    headers = {"origin": origin} if origin else {}
    passed = [
        (route, status)
        for route in routes()
        if (status := forged(guarded, route, method=method, headers=headers)) not in (403, 404, 405)
    ]
    assert passed == []


def forged(house: GuardedBakery, route: str, *, method: str, headers: dict[str, str]) -> int:
    """What a form of another site, sent by the browser of the most powerful person, is answered."""
    browser = house.browser(FOUNDER, enforce_csrf_checks=True)
    with undone():
        return int(browser.generic(method, house.address(route), headers=headers).status_code)


@pytest.mark.parametrize("who", [STRANGER, FOUNDER])
def test_no_other_site_may_read_an_answer(who: str, guarded: GuardedBakery) -> None:
    """Neither asked before (a preflight) nor at once: no answer names an origin that may read it."""
    allowed = [
        (method, route, name)
        for route in PLAIN
        for method in ("OPTIONS", "GET")
        for name in crossed(guarded, route, who=who, method=method)
        if name.lower().startswith("access-control-")
    ]
    assert allowed == []


def crossed(house: GuardedBakery, route: str, *, who: str, method: str) -> list[str]:
    asking = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    with undone():
        answer = house.browser(who).generic(method, house.address(route), headers=asking)
    return list(answer.headers)


def test_asking_what_is_possible_opens_nothing(guarded: GuardedBakery) -> None:
    """OPTIONS is answered to a stranger as any other question is, or with the methods alone."""
    told = {}
    for route in PLAIN:
        with undone():
            answer = guarded.browser(STRANGER).options(guarded.address(route))
        is_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
        is_public = guarded.browser(STRANGER).get(guarded.address(route)).status_code != 302
        is_empty = answer.status_code == 200 and not answer.content
        if not (is_sign_in or is_empty or answer.status_code in (401, 403, 404, 405) or is_public):
            told[route] = answer.status_code
    assert told == {}


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
