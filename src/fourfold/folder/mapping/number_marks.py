"""What people write beside a number, and the units of measure it stands for."""

from __future__ import annotations

__all__ = ["MARKS_KNOWN", "meanings_of_mark"]

_MEANINGS = {
    "€": ("EUR",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
}

MARKS_KNOWN = ("%", "‰", *_MEANINGS)
"""Signs that are recognised where a mapping does not list them."""


def meanings_of_mark(mark: str) -> tuple[str, ...]:
    """The units of measure that a mark may stand for; a dollar sign is written by several countries.

    >>> meanings_of_mark("€"), meanings_of_mark("%"), meanings_of_mark("CHF")
    (('EUR',), ('%',), ('CHF',))
    """
    return _MEANINGS.get(mark, (mark,))
