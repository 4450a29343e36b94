"""Numbers as their reader types and pastes them: with the marks of the region in which pages show them."""

from __future__ import annotations

import re

from fourfold.folder.mapping.numbers import NumberFormat, NumberProblem
from fourfold.platform.ui.region import region_now

__all__ = ["decimal_mark", "read_typed_number"]

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’]")
"""Thousands are told apart by blanks and apostrophes in some regions; in none do they mean anything else."""


def decimal_mark() -> str:
    """What stands before the decimals of whoever types."""
    return region_now().decimal


def read_typed_number(text: str) -> tuple[float, NumberProblem]:
    """The number, or NaN and what is wrong.

    A mark of another region is refused, never taken for a thousands separator: 0,125 is no 125.

    >>> read_typed_number("1,234.5")
    (1234.5, <NumberProblem.NONE: 0>)
    """
    region = region_now()
    thousands = region.thousands if region.thousands in (",", ".") else ""
    plain = _BLANKS.sub("", text).replace("\N{MINUS SIGN}", "-")
    if thousands and plain.lstrip("+-").startswith(f"0{thousands}"):
        return float("nan"), NumberProblem.NOT_A_NUMBER
    return NumberFormat(decimal=region.decimal, thousands=thousands).read(plain)
