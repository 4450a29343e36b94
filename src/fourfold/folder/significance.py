"""How many digits of a written number carry information, and how many of them double precision keeps."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["MOST_DIGITS", "loses_digits", "significant_digits"]

MOST_DIGITS = 15
"""Decimal digits a float64 always keeps (DESIGN §5, Values)."""


def significant_digits(text: str) -> int:
    """Count the digits of a plain decimal number that zeros at either end do not explain.

    >>> significant_digits("-0.001230"), significant_digits("1200000000000000000000"), significant_digits("1.5e300")
    (3, 2, 2)
    """
    mantissa = text.strip().lower().partition("e")[0].lstrip("+-").replace(".", "")
    return len(mantissa.strip("0"))


def loses_digits(text: str, *, keeps_doubles: bool) -> bool:
    """Whether double precision would not give the plain decimal number back.

    With `keeps_doubles` the 16 and 17 digits of a double's own shortest text pass: they lose nothing.

    >>> loses_digits("0.30000000000000004", keeps_doubles=True)
    False
    >>> loses_digits("0.30000000000000004", keeps_doubles=False)
    True
    """
    if significant_digits(text) <= MOST_DIGITS:
        return False
    return not keeps_doubles or Decimal(text) != Decimal(repr(float(text)))
