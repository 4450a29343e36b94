"""The one formatter every shown number passes through, so the same number has the same digits everywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from fourfold.engine.canonical import SAME, without_remainder
from fourfold.platform.ui.region import region_now
from fourfold.platform.ui.unit_words import counted

__all__ = [
    "ABSENT",
    "DisplayNumber",
    "ValueFormat",
    "display_change",
    "display_exact",
    "display_number",
    "display_score",
    "plain_digits",
    "score_as_shown",
    "unit_label",
]

ABSENT = "–"
"""What stands where no number is; the reason stands beside it."""

BORDERS = tuple(map(Decimal, ("33.3", "66.7", "80", "100")))
"""Where colours change on the house's scales, as their sentences write it (METHOD §2.3, §2.10)."""

AT_BORDER = 1e-6
"""Points: as near as this to a border is on it, as for the status (engine.score, SCORE_TOLERANCE)."""

_EXACT_BEYOND = 6
_EXACT_BORDERS = (100 / 3, 200 / 3, 80.0, 100.0)
_MOST_DECIMALS = 17
_MINUS = "\N{MINUS SIGN}"
_SYMBOLS: Mapping[str, str] = MappingProxyType({"EUR": "€", "USD": "$", "GBP": "£", "1": ""})
_PREFIXES: Mapping[str, str] = MappingProxyType({"k": "k", "M": "m"})


@dataclass(frozen=True, slots=True)
class DisplayNumber:
    """Digits and unit of measure apart, so that a table can align the first and mute the second."""

    text: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.unit}" if self.unit else self.text


@dataclass(frozen=True, slots=True)
class ValueFormat:
    """How one measure version's values are written; a boolean one's as Yes and No. `band` holds a band's edges."""

    decimals: int = 1
    unit_of_measure: str = ""
    is_yes_no: bool = False
    band: tuple[float, float] | None = None

    def shown(self, value: float | None) -> DisplayNumber:
        """A value, a target or a threshold of the measure.

        >>> str(ValueFormat(is_yes_no=True).shown(1.0))
        'Yes'
        """
        if self.is_yes_no and value in (0.0, 1.0):
            return DisplayNumber("Yes" if value else "No")
        return display_number(value, decimals=self.decimals, unit_of_measure=self.unit_of_measure)

    def beside(self, value: float | None, target: float | None) -> ValueFormat:
        """The same with as many decimals more as it takes to see on which side of its target (or band) a value lies.

        Depends on nothing but the format and the two numbers, so both have the same digits on every screen.

        >>> form = ValueFormat(unit_of_measure="h").beside(12.241, 12.2)
        >>> str(form.shown(12.241)), str(form.shown(12.2))
        ('12.24 h', '12.20 h')
        """
        aims = (target,) if target is not None else self.band or ()
        if value is None or self.is_yes_no:
            return self
        decimals = max(
            (_decimals_apart(value, aim, least=self.decimals) for aim in aims), default=self.decimals
        )
        return self if decimals == self.decimals else replace(self, decimals=decimals)


def display_number(
    value: float | Decimal | None, *, decimals: int = 1, unit_of_measure: str = "", signed: bool = False
) -> DisplayNumber:
    """Round half to even on the shortest decimal that names the number; ABSENT for None, NaN and infinities.

    >>> str(display_number(1234.25, unit_of_measure="kEUR"))
    '1,234.2 €k'
    >>> display_number(-0.04).text
    '0.0'
    """
    if value is None or not math.isfinite(value):
        return DisplayNumber(ABSENT)
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    # Integers beyond the default 28 digits would not quantize; DESIGN §5 refuses them at the door, so this is enough.
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    is_one = abs(rounded) == 1 and not decimals
    return DisplayNumber(_signed(rounded, signed=signed), unit_label(unit_of_measure, is_one=is_one))


def display_score(score: float | None, *, decimals: int = 0) -> str:
    """A score as whole points of 100; with a decimal or two where rounding would carry it over a border of colours.

    The borders are those of both scales, so 79.6 keeps its decimal where colours change at 67 too: a score is written
    by what it is and nothing else, on a page that knows its scale and in a sentence that does not.

    >>> display_score(66.5), display_score(66.61), display_score(200 / 3)
    ('66', '66.6', '67')
    """
    return display_number(score, decimals=max(decimals, _decimals_of_score(score))).text


def score_as_shown(score: float) -> float:
    """The number that `display_score` writes, to rank and to subtract by what is seen.

    >>> score_as_shown(66.61), score_as_shown(61.4)
    (66.6, 61.0)
    """
    return float(_rounded(score, _decimals_of_score(score)))


def display_change(delta: float | None, *, decimals: int = 1, unit_of_measure: str = "") -> DisplayNumber:
    """A difference with its sign; the difference of two percentages is in percentage points.

    >>> str(display_change(-0.84, unit_of_measure="%"))
    '−0.8 pp'
    """
    unit = "pp" if unit_of_measure == "%" else unit_of_measure
    return display_number(delta, decimals=decimals, unit_of_measure=unit, signed=True)


def display_exact(value: float | None, *, decimals: int = 1, unit_of_measure: str = "") -> DisplayNumber:
    """A number to compute with: its decimals and as many more, to six beyond them, as it really has.

    >>> str(display_exact(95.88199999999999, unit_of_measure="%")), display_exact(12.2, decimals=1).text
    ('95.882 %', '12.2')
    """
    if value is None or not math.isfinite(value):
        return DisplayNumber(ABSENT)
    rounded = Decimal(repr(float(value))).quantize(
        Decimal(1).scaleb(-decimals - _EXACT_BEYOND), rounding=ROUND_HALF_EVEN
    )
    needed = max(decimals, -int(rounded.normalize().as_tuple().exponent))
    return display_number(rounded, decimals=needed, unit_of_measure=unit_of_measure)


def plain_digits(value: float) -> str:
    """A number for a file, with every digit that it has and none that adding up in float64 left behind.

    >>> plain_digits(79.60000000000001), plain_digits(4087.5000000000073), plain_digits(1 / 3), plain_digits(1204.567)
    ('79.6', '4087.5', '0.3333333333333333', '1204.567')
    """
    return repr(without_remainder(value))


def unit_label(unit_of_measure: str, *, is_one: bool = False) -> str:
    """How a unit of measure is written beside a number, or over many.

    >>> unit_label("EUR/shipment"), unit_label("shipment"), unit_label("shipment", is_one=True)
    ('€/shipment', 'shipments', 'shipment')
    """
    above, *below = map(_word, unit_of_measure.strip().split("/"))
    return "/".join((counted(above, is_one=is_one), *below))


def _rounded(value: float, decimals: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def _decimals_apart(value: float, other: float, *, least: int) -> int:
    """The fewest decimals at which two different numbers look different; `least` for equal ones."""
    if not (math.isfinite(value) and math.isfinite(other)) or abs(value - other) > 10.0**-least:
        return least  # more than a last place apart: they never round to one number
    if math.isclose(value, other, rel_tol=SAME, abs_tol=0.0):
        return least
    offered = range(least, least + _MOST_DECIMALS)
    return next((each for each in offered if _rounded(value, each) != _rounded(other, each)), least)


def _decimals_of_score(score: float | None) -> int:
    """The fewest decimals at which a score stands on its own side of each border, as the borders are written."""
    if score is None or all(abs(score - exact) > 1.0 for exact in _EXACT_BORDERS) or not math.isfinite(score):
        return 0  # most scores, and the quick way for them
    return next((each for each in range(_MOST_DECIMALS) if _keeps_sides(score, each)), 0)


def _keeps_sides(score: float, decimals: int) -> bool:
    shown = _rounded(score, decimals)
    return all(
        (shown >= written) == (score >= exact - AT_BORDER)
        for written, exact in zip(BORDERS, _EXACT_BORDERS, strict=True)
    )


def _word(symbol: str) -> str:
    if symbol in _SYMBOLS:
        return _SYMBOLS[symbol]
    prefix, currency = symbol[:1], symbol[1:]
    if prefix in _PREFIXES and currency in _SYMBOLS and currency != "1":
        return _SYMBOLS[currency] + _PREFIXES[prefix]
    return symbol


def _signed(rounded: Decimal, *, signed: bool) -> str:
    written = region_now().written(f"{abs(rounded):,f}")
    if not rounded:
        return written  # never "-0.0"
    sign = _MINUS if rounded < 0 else "+" if signed else ""
    return f"{sign}{written}"
