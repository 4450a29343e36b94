"""A table as values, before anybody decides how to write it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

__all__ = ["Cell", "Column", "ColumnKind", "Figure", "Table", "harmless"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a workbook shows with decimals of its own, where the rows of a column differ in theirs."""

    value: float | None
    decimals: int


Cell = str | float | int | Decimal | date | Figure | None
"""What may stand in a cell; None is a number or a text that is not there."""

_FULL_WIDTH = (
    "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *_FULL_WIDTH)
"""What makes a spreadsheet compute a text instead of showing it (TRUST §2 row 11; OWASP, CSV injection)."""


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `decimals` is how many a workbook shows; the number itself leaves unrounded."""

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `notes` say where the numbers come from: unit, period, as-of time, scale."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[tuple[str, str], ...] = ()


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would compute it.

    >>> harmless("=HYPERLINK(A1)")
    "'=HYPERLINK(A1)"
    >>> harmless("−3 % since May")
    '−3 % since May'
    """
    is_formula = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if is_formula else text
