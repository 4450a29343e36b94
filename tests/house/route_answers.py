"""What a request is answered, as one letter a principal, and the table of those letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.guarded_bakery import (
    FOUNDER,
    NOBODY,
    OTHER,
    OWN,
    PRINCIPALS,
    STRANGER,
    GuardedBakery,
    names_a_place,
    undone,
)
from tests.house.route_bodies import Body, prepare, sender, sound_body

TABLE_FILE = Path(__file__).with_name("route_matrix.txt")
LETTERS = {401: "1", 403: "3", 404: "4", 405: "5"}
DONE = {200, 201, 202, 204, 301, 302}
SAID_WRONG = {400, 409, 410, 412, 413, 422, 428}
"""Refused for what was said or for how things stand, not for who said it: whoever asks was let in."""
GAP_AFTER = {STRANGER, FOUNDER}
SEEN_BY_THREE = (STRANGER, NOBODY, FOUNDER)
FEW = (*SEEN_BY_THREE, "auditor", "viewer")
NOT_ASKED = "."
UNCOMMON = ("HEAD", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Line:
    """How everybody is answered who asks this of this route."""

    route: str
    asked: str
    letters: str


def read_table() -> list[Line]:
    """The reviewed lines: `route | asked | letters`."""
    lines = TABLE_FILE.read_text(encoding="utf-8").splitlines() if TABLE_FILE.exists() else []
    parts = (line.split("|") for line in lines if line and not line.startswith("#"))
    return [Line(route.strip(), asked.strip(), letters.strip()) for route, asked, letters in parts]


def takes_forms() -> list[str]:
    """The routes of the house that somebody may send a form to, by the table."""
    posted = {
        line.route for line in read_table() if line.asked.startswith("POST") and "5" not in line.letters
    }
    return sorted(route for route in posted if not route.startswith("accounts/"))


def lines_of(route: str, house: GuardedBakery) -> Iterator[Line]:
    """GET and POST by everybody, at one's own shop and at the other; the uncommon methods by three."""
    places = {OWN: "own", OTHER: "other"} if names_a_place(route) else {OWN: ""}
    for method in ("GET", "POST"):
        for place, word in places.items():
            asked = Asked(method, route, place, body_of(house, route, place) if method == "POST" else None)
            asking = askers(route, place)
            said = [letter(house, who, asked) if who in asking else NOT_ASKED for who in PRINCIPALS]
            yield Line(route, f"{method} {word}".strip(), spaced(said))
    for method in UNCOMMON:
        said = [letter(house, who, Asked(method, route)) for who in SEEN_BY_THREE]
        yield Line(route, method, f"{said[0]} {''.join(said[1:])}")


def askers(route: str, place: str) -> tuple[str, ...]:
    """Everybody; but no role has a say in the account pages, and one drawing of one's own shop is as good as nine."""
    is_slow = route.endswith((".pdf", ".png", ".svg", "<pictures:ending>")) and place == OWN
    return FEW if is_slow or route.startswith("accounts/") else PRINCIPALS


def spaced(said: list[str]) -> str:
    """A gap after the stranger and after the founder."""
    told = zip(PRINCIPALS, said, strict=True)
    return "".join(letter + (" " if who in GAP_AFTER else "") for who, letter in told)


def body_of(house: GuardedBakery, route: str, place: str) -> Body | None:
    """The form of this route, as a browser sends it; None where nobody may send one."""
    with undone():
        prepare(house, route, place=place, who=sender(route))
        return sound_body(house, route, place)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    route: str
    place: str = OWN
    body: Body | None = None


def letter(house: GuardedBakery, who: str, asked: Asked) -> str:
    """Ask once; whatever it did is undone."""
    address, browser = house.address(asked.route, asked.place), house.browser(who)
    with undone():
        if asked.method in {"GET", "POST"}:
            prepare(house, asked.route, place=asked.place, who=who)
        if asked.body is not None:
            answer = browser.post(address, asked.body.sent)
        else:
            answer = browser.generic(asked.method, address)
    return answers_of(answer.status_code, answer.get("Location", ""))


def answers_of(status: int, location: str) -> str:
    """One letter: s sign-in, o done, r refused for what was said, the last digit of a refusal, ! for a fault."""
    if status == 302 and location.startswith("/accounts/login/?next="):
        return "s"
    if status in DONE:
        return "o"
    return "r" if status in SAID_WRONG else LETTERS.get(status, "!")
