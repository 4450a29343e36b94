"""What a request is answered, as one letter a principal, and the table of those letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

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

TABLE_FILE = Path(__file__).with_name("route_matrix.txt")
LETTERS = {401: "1", 403: "3", 404: "4", 405: "5"}
LET_IN = {200, 201, 202, 204, 301, 302, 400, 409, 410, 412, 413, 422, 428}
"""Allowed: answered, or refused for what was said and not for who said it."""
GAP_AFTER = {STRANGER, FOUNDER}
SEEN_BY_THREE = (STRANGER, NOBODY, FOUNDER)
FORM = "application/x-www-form-urlencoded"
FEW = (*SEEN_BY_THREE, "auditor", "viewer")
NOT_ASKED = "."
UNCOMMON = ("HEAD", "PUT", "PATCH", "DELETE")

BODIES: dict[str, dict[str, str]] = {
    "people/<slug:person>/roles/grant/": {"role": "approver", "unit": "{unit}"},
    "people/<slug:person>/roles/revoke/": {"role": "viewer", "unit": "{unit}"},
    "invitations/new/": {"name": "Gil", "email": "gil@example.org", "unit": "{unit}", "roles": "viewer"},
    "entry/<slug:unit>/<str:period>/": {"v:crust-{unit}:1:": "5", "seq": "999", "action": "save"},
    "analyses/<slug:subject>/<slug:key>/<slug:unit>/<str:period>/": {
        "happened": "It rained.",
        "edition": "0",
    },
    "annotations/<slug:subject>/<slug:key>/<slug:unit>/<str:period>/": {
        "text": "It rained.",
        "type": "cause",
    },
    "annotations/<int:annotation>/reply/": {"text": "It rained."},
    "annotations/<int:annotation>/remarks/<int:number>/": {"text": "It rained.", "edition": "1"},
    "overrides/<slug:objective>/<slug:unit>/<str:period>/": {
        "status": "red",
        "reason": "I know.",
        "edition": "0",
    },
    "restatements/<int:restatement>/": {"action": "approve", "verdict": "approve"},
    "periods/<slug:unit>/": {"month": "2026-09", "state": "flash", "reason": "Done"},
    "import/runs/<str:run>/withdraw/": {"reason": "It was wrong."},
    "edit/units/<str:key>/move/": {"to": "up"},
}
"""What a form says where an empty one would be refused before anybody asks who sends it."""


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


def lines_of(route: str, house: GuardedBakery) -> Iterator[Line]:
    """GET and POST by everybody, at one's own shop and at the other; the uncommon methods by three."""
    places = {OWN: "own", OTHER: "other"} if names_a_place(route) else {OWN: ""}
    for method in ("GET", "POST"):
        for place, word in places.items():
            asked = Asked(method, house.address(route, place), body_of(route, house.named[place]))
            asking = askers(route, place)
            said = [letter(house, who, asked) if who in asking else NOT_ASKED for who in PRINCIPALS]
            yield Line(route, f"{method} {word}".strip(), spaced(said))
    for method in UNCOMMON:
        said = [letter(house, who, Asked(method, house.address(route))) for who in SEEN_BY_THREE]
        yield Line(route, method, f"{said[0]} {''.join(said[1:])}")


def askers(route: str, place: str) -> tuple[str, ...]:
    """Everybody; but no role has a say in the account pages, and one drawing of one's own shop is as good as nine."""
    is_slow = route.endswith((".pdf", ".png", ".svg", "<pictures:ending>")) and place == OWN
    return FEW if is_slow or route.startswith("accounts/") else PRINCIPALS


def spaced(said: list[str]) -> str:
    """A gap after the stranger and after the founder."""
    told = zip(PRINCIPALS, said, strict=True)
    return "".join(letter + (" " if who in GAP_AFTER else "") for who, letter in told)


def body_of(route: str, named: Mapping[str, str]) -> str:
    """The form of this route, as a browser sends it."""
    fields = BODIES.get(route, {})
    return urlencode({name.format(**named): said.format(**named) for name, said in fields.items()})


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    address: str
    body: str = ""


def letter(house: GuardedBakery, who: str, asked: Asked) -> str:
    """Ask once; whatever it did is undone."""
    with undone():
        answer = house.browser(who).generic(asked.method, asked.address, asked.body, content_type=FORM)
    return answers_of(answer.status_code, answer.get("Location", ""))


def answers_of(status: int, location: str) -> str:
    """One letter: s sign-in, o allowed, the last digit of a refusal, ! for a fault or what nobody foresaw."""
    if status == 302 and location.startswith("/accounts/login/?next="):
        return "s"
    return "o" if status in LET_IN else LETTERS.get(status, "!")
