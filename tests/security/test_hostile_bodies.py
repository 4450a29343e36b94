"""What no form would ever send (TRUST §2 rows 4 and 7): a stable refusal, never a fault, and nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from tests.house.guarded_bakery import OWN, STRANGER, GuardedBakery, undone
from tests.house.route_answers import takes_forms
from tests.house.route_bodies import Body, Fields, prepare, sender, sound_body
from tests.security.ledgers import counts

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
EVERYWHERE = (
    "", "-1", "9" * 20, "9" * 400, "1e400", "NaN", "²", "true", "[]", '{"$ne":null}', "{" * 2_000,
    "%s%n{0}", "' OR 1=1 --", "../../etc/passwd", "\ud7ff\u202e\ufffe" * 30, "A" * 70_000, "\x01\x02\x1b[0m",
    "\r\n.\r\n", "2026-13-45", "0000-00-00", "=1+1", "__class__",
)  # fmt: skip
"""Said in every field at once: each form is sent `TURNS` times, every time each field says something else."""
TURNS = 6
ONE_BY_ONE = ("\x00", "9" * 20, "-1", "B" * 70_000)
ALONE = 8
"""Said in one of the first fields while all others are sound: what the first wrong field would hide."""
KEPT = {"csrfmiddlewaretoken", "do", "step"}
"""What chooses the way through a view stays, so that the rest is read at all."""
RAW = {
    "broken UTF-8": (b"name=%ff%fe&reason=%c3%28&text=\xff\xfe", FORM),
    "no form": (b'{"name": {"a": [' + b"[" * 5_000, "application/json"),
    "a multipart without end": (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=".encode(),
        MULTIPART_CONTENT,
    ),
    "no boundary": (b"--x\r\n\r\n", "multipart/form-data"),
    "an unknown charset": (b"name=x", f"{FORM}; charset=utf-99"),
    "thousands of fields": (b"&".join(b"f%d=1" % at for at in range(1_200)), FORM),
    "nothing": (b"", FORM),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One hostile request and its name in a failure."""

    name: str
    body: Body


@pytest.mark.parametrize("route", takes_forms())
def test_a_hostile_form_is_refused_or_taken_but_breaks_nothing(route: str, guarded: GuardedBakery) -> None:
    with undone():
        prepare(guarded, route, place=OWN, who=sender(route))
        sound = sound_body(guarded, route)
        wrong = [
            (each.name, told) for each in hostile(sound) if (told := wrong_in(guarded, route, each.body.sent))
        ]
    assert wrong == []


@pytest.mark.parametrize("route", takes_forms())
def test_a_nul_in_any_text_is_refused_by_name_and_writes_nothing(route: str, guarded: GuardedBakery) -> None:
    """Whether a form of Django's reads it or not; in a name as well."""
    wrong = {}
    with undone():
        prepare(guarded, route, place=OWN, who=sender(route))
        sound = sound_body(guarded, route)
        for said in ({"text": ["a\x00b"]}, {"na\x00me": ["a"]}):
            browser, before = guarded.browser(sender(route)), counts()
            answer = browser.post(guarded.address(route), replaced(sound, said).sent)
            if (answer.status_code, b"TEXT_NOT_KEPT" in answer.content, counts()) != (422, True, before):
                wrong[str(said)] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("name", RAW)
def test_what_is_no_form_at_all_breaks_no_route(name: str, guarded: GuardedBakery) -> None:
    content, kind = RAW[name]
    wrong = {route: told for route in takes_forms() if (told := wrong_in(guarded, route, content, kind=kind))}
    assert wrong == {}


def test_a_broken_form_of_a_stranger_breaks_no_page_of_the_door(guarded: GuardedBakery) -> None:
    browser = guarded.browser(STRANGER)
    for page in ("login", "password/reset", "login/code/confirm", "2fa/authenticate", "2fa/webauthn/login"):
        for said in EVERYWHERE:
            fields = dict.fromkeys(("login", "password", "email", "code", "next", "credential"), said)
            with undone():
                assert browser.post(f"/accounts/{page}/", fields).status_code < 500, (page, said[:40])


def hostile(sound: Body) -> Iterator[Sent]:
    """The sound form bent in every way: all fields at once, then each by itself, repeated, or left out."""
    typed = [name for name in sound.fields if name not in KEPT]
    for turn in range(TURNS):
        said = {name: [said_in(place, turn)] for place, name in enumerate(typed)}
        yield Sent(f"turn {turn}", replaced(sound, said))
    for place, name in enumerate(typed[:ALONE]):
        said = {name: [ONE_BY_ONE[place % len(ONE_BY_ONE)]]}
        yield Sent(f"{name} {said[name][0][:20]!r}", replaced(sound, said))
    bare = {f"{name}[$gt]": said for name, said in sound.fields.items()}
    twice = {name: [*said, *said, "x"] for name, said in sound.fields.items()}
    yield Sent("twice, and names with brackets", Body(twice | bare))
    half = {name: said for at, (name, said) in enumerate(sound.fields.items()) if at % 2}
    yield Sent("half of it, and a text for a file", Body({**half, "file": ["x"]}))


def said_in(place: int, turn: int) -> str:
    """Every field begins elsewhere, so that the forms of a house say it all."""
    return EVERYWHERE[(place * 5 + turn * 7 + (turn > 0)) % len(EVERYWHERE)]


def replaced(sound: Body, fields: Fields) -> Body:
    return Body({**sound.fields, **fields}, sound.file)


def wrong_in(house: GuardedBakery, route: str, sent: object, *, kind: str = MULTIPART_CONTENT) -> str:
    """What was wrong with the answer; empty where nothing was."""
    browser, address = house.browser(sender(route)), house.address(route)
    with undone():
        before = counts()
        answer = (
            browser.generic("POST", address, sent, content_type=kind)  # as it is: the client encodes nothing
            if isinstance(sent, bytes)
            else browser.post(address, sent)
        )
        changed = {table: count for table, count in counts().items() if before[table] != count}
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if answer.status_code >= 400 and changed:
        return f"{answer.status_code} and wrote {changed}"
    return ""


def test_a_fault_and_a_half_written_refusal_would_be_seen(guarded: GuardedBakery) -> None:
    """The comparison can fail: a form that is taken does change the counts."""
    route = "annotations/<int:annotation>/reply/"
    with undone():
        before = counts()
        guarded.browser(sender(route)).post(guarded.address(route), {"text": "It rained."})
        assert counts() != before
