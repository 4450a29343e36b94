"""Rows and columns that sum up others: what is in them already would count twice."""

from __future__ import annotations

import re

from fourfold.folder.mapping.look.naming import normalised

__all__ = ["is_total", "is_total_of_units"]

_TOTAL = re.compile(
    r"(?:grand |overall |sub ?|running )?totals?|grand total|total overall|(?:the )?sum|all together|"
    r"(?:gesamt|end|zwischen|teil)?summe|gesamt|insgesamt|gesamtergebnis|"
    r"(?:sous )?total(?: g[eé]n[eé]ral)?|somme|ensemble|"
    r"ytd|year to date|cum(?:ulative|ulated|ul|ulé)?|kumuliert|seit jahresbeginn|cumul annuel|"
    r"averages?|avg|mean|durchschnitt|mittelwert|moyenne"
)
_YEAR = re.compile(r"\b(?:fy ?)?(?:19|20)?\d{2}\b")
_OF_UNITS = re.compile(
    r"(?:(?:sub ?|grand )?total|(?:zwischen|gesamt)?summe|gesamt|sous total|sum of) .+|.+ (?:total|gesamt)"
)


def is_total(name: str) -> bool:
    """Whether a label says that it sums up others, with or without its year.

    >>> is_total("Grand total"), is_total("YTD 2026"), is_total("Gesamtsumme"), is_total("Total cost")
    (True, True, True, False)
    """
    plain = normalised(name)
    return bool(_TOTAL.fullmatch(plain) or _TOTAL.fullmatch(" ".join(_YEAR.sub(" ", plain).split())))


def is_total_of_units(name: str) -> bool:
    """The same of a unit's label, which may say what it sums up: `Total North`."""
    return is_total(name) or bool(_OF_UNITS.fullmatch(normalised(name)))
