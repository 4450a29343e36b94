"""The one formatter every shown number passes through, so the same number has the same digits everywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from fourfold.platform.ui.region import region_now

__all__ = [
    "ABSENT",
    "DisplayNumber",
    "ValueFormat",
    "display_change",
    "display_number",
    "display_score",
    "unit_label",
]

ABSENT = "–"
"""What stands where no number is; the reason stands beside it."""

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
    """How one measure version's values are written; a boolean one's as Yes and No."""

    decimals: int = 1
    unit_of_measure: str = ""
    is_yes_no: bool = False

    def shown(self, value: float | None) -> DisplayNumber:
        """A value, a target or a threshold of the measure.

        >>> str(ValueFormat(is_yes_no=True).shown(1.0))
        'Yes'
        """
        if self.is_yes_no and value in (0.0, 1.0):
            return DisplayNumber("Yes" if value else "No")
        return display_number(value, decimals=self.decimals, unit_of_measure=self.unit_of_measure)


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
    return DisplayNumber(_signed(rounded, signed=signed), unit_label(unit_of_measure))


def display_score(score: float | None) -> str:
    """A score as whole points of 100.

    >>> display_score(66.5)
    '66'
    """
    return display_number(score, decimals=0).text


def display_change(delta: float | None, *, decimals: int = 1, unit_of_measure: str = "") -> DisplayNumber:
    """A difference with its sign; the difference of two percentages is in percentage points.

    >>> str(display_change(-0.84, unit_of_measure="%"))
    '−0.8 pp'
    """
    unit = "pp" if unit_of_measure == "%" else unit_of_measure
    return display_number(delta, decimals=decimals, unit_of_measure=unit, signed=True)


def unit_label(unit_of_measure: str) -> str:
    """How a unit of measure is written beside a number.

    >>> unit_label("EUR/shipment")
    '€/shipment'
    """
    return "/".join(_word(part) for part in unit_of_measure.strip().split("/"))


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
