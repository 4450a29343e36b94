"""Nouns that count things, in the number that fits: 1 shipment, 141,348 shipments.

A unit of measure is whatever word an organisation uses, in any language, so only words listed here change their form;
every other one is written as it was defined. The definition itself, in lists, forms and files, always is.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["counted"]

_REGULAR = """
accident account activity admission answer appointment article attendance attendee audit batch bed benefit bike booking
box branch breach brand bus call campaign car carrier case certificate change city claim class client
collision colleague comment commit complaint contact container contract conversion country course crossing customer day
defect delay delivery department deployment depot device document donation donor driver employee enquiry error event
failure fault feature finding flight fund guest home hour household idea improvement incident injury inquiry inspection
install invoice issue item job journey kilometre lead lesson letter level licence line litre location machine market
meal meeting member message mile minute mistake month node offer office operation opportunity order outage package page
pallet parcel participant partner passenger patent patient payment piece place plan point post problem procedure process
product proposal publication pupil purchase question referral release report request resident response review rider ride
route sale school search seat second service session shareholder shift shipment shop site skill star stop store student
submission subscriber subscription suggestion supplier survey task teacher team test ticket tonne tool topic train
training transaction trip truck unit update use user vehicle vendor version view visit visitor volunteer vote warehouse
week worker workshop year
"""
_IRREGULAR = {"child": "children", "loaf": "loaves", "person": "people"}


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


_MANY: Mapping[str, str] = MappingProxyType(
    {**{word: _plural(word) for word in _REGULAR.split()}, **_IRREGULAR}
)
_ONE: Mapping[str, str] = MappingProxyType({many: word for word, many in _MANY.items()})


def counted(word: str, *, is_one: bool) -> str:
    """The word beside that many; a word nobody listed as it is.

    >>> counted("delivery", is_one=False), counted("points", is_one=True), counted("Stück", is_one=False)
    ('deliveries', 'point', 'Stück')
    """
    return _ONE.get(word, word) if is_one else _MANY.get(word, word)
