"""Numbers as their reader types and pastes them: with the marks of the region in which pages show them."""

from __future__ import annotations

import re
from decimal import Decimal

from fourfold.folder.mapping.numbers import NumberFormat, NumberProblem
from fourfold.platform.ui.region import region_now

__all__ = ["decimal_mark", "read_typed_number", "spelt", "typed_amount", "written_amount"]

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
    region, thousands, plain = region_now(), _thousands_mark(), _without_blanks(text)
    if thousands and plain.lstrip("+-").startswith(f"0{thousands}"):
        return float("nan"), NumberProblem.NOT_A_NUMBER
    return NumberFormat(decimal=region.decimal, thousands=thousands).read(plain)


def typed_amount(text: str) -> Decimal | None:
    """An amount of money, exact to the last digit typed; None where it is no number.

    >>> typed_amount("1,450,000.10")
    Decimal('1450000.10')
    """
    _value, problem = read_typed_number(text)
    if problem not in (
        NumberProblem.NONE,
        NumberProblem.VALUE_TOO_PRECISE,
    ):  # too precise for a value, not for money
        return None
    plain = _without_blanks(text).replace(_thousands_mark() or " ", "")
    return Decimal(plain.replace(decimal_mark(), "."))


def written_amount(amount: Decimal) -> str:
    """An amount as its reader would type it again.

    >>> written_amount(Decimal("1450000.10"))
    '1450000.10'
    """
    return f"{amount:f}".replace(".", decimal_mark())


def _thousands_mark() -> str:
    """The region's mark, where it is none of the blanks."""
    mark = region_now().thousands
    return mark if mark in (",", ".") else ""


def _without_blanks(text: str) -> str:
    return _BLANKS.sub("", text).replace("\N{MINUS SIGN}", "-")


def spelt(number: float | None) -> str:
    """A number as one would type it here: every digit, the person's decimal mark, no thousands."""
    if number is None:
        return ""
    text = repr(number).removesuffix(".0") if abs(number) < 1e15 else repr(number)
    return text.replace(".", decimal_mark())
