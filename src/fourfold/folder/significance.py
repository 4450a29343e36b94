"""How many digits of a written number carry information, and how many of them double precision keeps."""

from __future__ import annotations

__all__ = ["MOST_DIGITS", "significant_digits"]

MOST_DIGITS = 15
"""Decimal digits a float64 always keeps (DESIGN §5, Values)."""


def significant_digits(text: str) -> int:
    """Count the digits of a plain decimal number that zeros at either end do not explain.

    >>> significant_digits("-0.001230"), significant_digits("1200000000000000000000"), significant_digits("1.5e300")
    (3, 2, 2)
    """
    mantissa = text.strip().lower().partition("e")[0].lstrip("+-").replace(".", "")
    return len(mantissa.strip("0"))
