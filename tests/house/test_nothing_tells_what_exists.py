"""Another unit's thing is answered as one that is not there (TRUST §2 rows 1 and 2): an address is no list of names.

Every word of every address is said twice by the Old Town shop's strategy office: once as Riverside calls something of
its own, once as nobody calls anything. Whoever sees the whole is told the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.http import HttpResponseBase

from tests.house.guarded_bakery import KEYS, OTHER, OWN, GuardedBakery, filled, routes, undone

pytestmark = pytest.mark.django_db

ASKING = "strategy-office"
"""Of the roles of one shop it is let into the most pages."""
NOWHERE, NUMBER = "no-such-thing", "999999"
SECRETS = {"token"}
"""Whoever knows an invitation's link has been given it."""
PLAIN = {
    "period",
    "ending",
    "number",
    "starter",
    "subject",
    "mapping",
    "source",
    "target",
    "provider_id",
    "uidb36",
    "pk",
}
"""Words that name nothing of one shop."""
Asked = tuple[str, str, str]
"""A route's addresses with Riverside's word and with nobody's, and that word."""


def asked(house: GuardedBakery) -> Iterator[Asked]:
    own, other = house.named[OWN], house.named[OTHER]
    for route in routes():
        if route.startswith("accounts/") or route.endswith((".pdf", ".png", "<pictures:ending>")):
            continue
        for word in dict.fromkeys(re.findall(r"<\w+:(\w+)>", route)):
            key = next((key for start, key in KEYS.items() if route.startswith(start)), "")
            if word == "key" and key:
                there = key.format(unit=OTHER)
                if there != key:
                    address = filled(route, own)
                    yield (
                        address.replace(key.format(unit=OWN), there),
                        address.replace(key.format(unit=OWN), NOWHERE),
                        there,
                    )
            elif word not in PLAIN | SECRETS and own[word] != other[word]:
                there, nowhere = other[word], NUMBER if other[word].isdigit() else NOWHERE
                yield filled(route, {**own, word: there}), filled(route, {**own, word: nowhere}), there


def told(house: GuardedBakery, who: str, method: str, *, address: str, said: str) -> str:
    """The answer, with the word that was asked for left out."""
    with undone():
        answer: HttpResponseBase = getattr(house.browser(who), method)(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    code = re.findall(rb'<code>([A-Z_]+)</code>|"code": ?"([A-Z_]+)"', content)
    plain = re.sub(rb'(csrfmiddlewaretoken" value|X-CSRFToken"|hx-headers)[^>]*', b"", content).decode(
        errors="replace"
    )
    for echo in (address, quote(address, safe=""), *(() if said.isdigit() else (said,))):
        plain = plain.replace(echo, "")
    return f"{answer.status_code} {code} {plain}"


def test_no_answer_tells_a_thing_elsewhere_from_nothing(guarded: GuardedBakery) -> None:
    different = []
    for there, nowhere, word in asked(guarded):
        for method in ("get", "post"):
            answers = [
                told(guarded, ASKING, method, address=there, said=word),
                told(guarded, ASKING, method, address=nowhere, said=NUMBER if word.isdigit() else NOWHERE),
            ]
            if answers[0] != answers[1]:
                different.append((method, there, *(answer[:60] for answer in answers)))
    assert different == []


def test_whoever_sees_the_whole_is_told_the_difference(guarded: GuardedBakery) -> None:
    """The test can fail, and asks much: a founder opens most of these. Every fifth stands for all."""
    pairs = list(asked(guarded))[::5]
    found = [
        told(guarded, "founder", "get", address=there, said=word)[:3]
        != told(guarded, "founder", "get", address=nowhere, said=NOWHERE)[:3]
        for there, nowhere, word in pairs
    ]
    assert len(found) > 20
    assert sum(found) > len(found) / 2
