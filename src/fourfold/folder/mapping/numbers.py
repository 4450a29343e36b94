"""Numbers as people write them: decimal commas, thousands separators, blanks; refused where digits would be lost."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.significance import MOST_DIGITS, loses_digits

__all__ = ["TYPED", "NumberFormat", "NumberProblem", "Numbers", "untyped", "untyped_column"]

MINUSES = ("\u2212", "\u2013")
"""Signs below zero as type-setting programs write them: a minus, and a dash that stands for one."""

TYPED = "\u2063"
"""Stands behind the texts of a workbook that look like numbers (`files`): what has it not is stored as a number."""


def untyped(text: str) -> str:
    """A cell as its reader sees it."""
    return text.removesuffix(TYPED)


def untyped_column(texts: Sequence[str]) -> Sequence[str]:
    """The same of a column, which is left as it is where no cell was typed."""
    return [untyped(text) for text in texts] if any(text.endswith(TYPED) for text in texts) else texts


class NumberProblem(IntEnum):
    """What a text is instead of a number."""

    NONE = 0
    BLANK = 1
    NOT_A_NUMBER = 2
    NOT_FINITE = 3
    VALUE_TOO_PRECISE = 4


_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity|#div/0!)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column read: values with NaN where `problem` is not NONE; `mark` is a place in the format's marks, from 1."""

    values: NDArray[np.float64]
    problem: NDArray[np.uint8]
    mark: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How one file writes numbers.

    `keeps_doubles` also takes the 16 and 17 digits of a double's own shortest text, which lose nothing. `marks` may
    stand once before or behind a number; with `brackets`, a number in brackets is negative, as accountants write it.
    With `has_stored` only texts that are `TYPED` are read so: other cells are stored as numbers.

    >>> NumberFormat(decimal=",", thousands=".").read("1.234,5")
    (1234.5, <NumberProblem.NONE: 0>)
    >>> NumberFormat(thousands=",", marks=("€",), brackets=True).read("(1,200 €)")
    (-1200.0, <NumberProblem.NONE: 0>)
    """

    decimal: str = "."
    thousands: str = ""
    missing: frozenset[str] = frozenset({""})
    keeps_doubles: bool = False
    marks: tuple[str, ...] = ()
    brackets: bool = False
    has_stored: bool = False
    _grouped: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    _stored: NumberFormat | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        stored = replace(self, decimal=".", thousands="", has_stored=False) if self.has_stored else None
        object.__setattr__(self, "_stored", stored)
        mark = re.escape(self.thousands)
        shape = rf"[+-]?\d{{1,3}}(?:{mark}\d{{3}})+(?:{re.escape(self.decimal)}\d*)?"
        object.__setattr__(self, "_grouped", re.compile(shape, re.ASCII) if self.thousands else None)

    def read_all(self, texts: Sequence[str]) -> Numbers:
        """A column at once; equal texts are read once."""
        read = {text: self.read(text) for text in set(texts)}
        values = {text: value for text, (value, _) in read.items()}
        problems = {text: problem for text, (_, problem) in read.items()}
        return Numbers(
            np.fromiter(map(values.__getitem__, texts), dtype=np.float64, count=len(texts)),
            np.fromiter(map(problems.__getitem__, texts), dtype=np.uint8, count=len(texts)),
            self._marks_of(texts, read),
        )

    def _marks_of(self, texts: Sequence[str], distinct: Iterable[str]) -> NDArray[np.uint8]:
        if not self.marks:
            return np.zeros(len(texts), dtype=np.uint8)
        numbers = {"": 0, **{mark: at for at, mark in enumerate(self.marks, start=1)}}
        found = {text: numbers[self.bare(text)[1]] for text in distinct}
        return np.fromiter(map(found.__getitem__, texts), dtype=np.uint8, count=len(texts))

    @property
    def other(self) -> NumberFormat:
        """The way in which the decimal sign stands between thousands, and the other sign before decimals."""
        return replace(self, decimal="." if self.decimal == "," else ",", thousands=self.decimal)

    def doubt(self, texts: Iterable[str]) -> tuple[str, bool]:
        """The first text that is another number the other way round, and whether a text tells which way is meant.

        >>> NumberFormat(thousands=",").doubt(["1,234", "999"]), NumberFormat(thousands=",").doubt(["1,234", "0.5"])
        (('1,234', False), ('1,234', True))
        """
        first, other = "", self.other
        for text in texts:
            if ("." not in text and "," not in text) or (self.has_stored and not text.endswith(TYPED)):
                continue
            bare = self.bare(text)[0]
            here, there = self._plain(bare), other._plain(bare)
            is_double = self.keeps_doubles and not self.has_stored
            if here is None or (is_double and not (self.thousands and self.thousands in bare)):
                continue
            # Nobody groups a nought: 0,123 is no thousand.
            begins_with_nought = bare.lstrip("+-").startswith("0")
            if there is None or (begins_with_nought and self.decimal in bare):
                return first, True
            first = first or (text if float(here) != float(there) else "")
        return first, False

    def bare(self, text: str) -> tuple[str, str]:
        """A text without mark and brackets, and the mark.

        >>> NumberFormat(marks=("%",)).bare("28.9 %")
        ('28.9', '%')
        """
        text, mark = self._unmarked(untyped(text).strip())
        if text[:1] in MINUSES and text[1:2].isdigit():
            text = f"-{text[1:]}"
        if not (self.brackets and text.startswith("(") and text.endswith(")")):
            return text, mark
        inner, within = self._unmarked(text[1:-1].strip())
        if inner[:1] in ("", "+", "-") or (mark and within):
            return text, mark  # two signs, or two marks: no number
        return f"-{inner}", mark or within

    def _unmarked(self, text: str) -> tuple[str, str]:
        sign = text[:1] if text[:1] in ("+", "-") else ""
        unsigned = text[len(sign) :].lstrip()
        for mark in self.marks:
            if text.endswith(mark):
                return text.removesuffix(mark).rstrip(), mark
            if unsigned.startswith(mark):
                return sign + unsigned.removeprefix(mark).lstrip(), mark
        return text, ""

    def read(self, text: str) -> tuple[float, NumberProblem]:
        """One text: the value, or NaN and what is wrong."""
        if self._stored is not None and not text.endswith(TYPED):
            return self._stored.read(text)
        text = untyped(text)
        stripped = text.strip()
        if stripped[:1] in MINUSES and stripped[1:2].isdigit():
            stripped = f"-{stripped[1:]}"
        if stripped in self.missing or text in self.missing:
            return math.nan, NumberProblem.BLANK
        plain = self._plain(stripped)
        if plain is None and (self.marks or self.brackets):
            plain = self._plain(self.bare(stripped)[0])
        if plain is None:
            is_infinite = _NOT_FINITE.fullmatch(stripped)
            return math.nan, NumberProblem.NOT_FINITE if is_infinite else NumberProblem.NOT_A_NUMBER
        value = float(plain)
        if not math.isfinite(value):
            return math.nan, NumberProblem.NOT_FINITE
        if len(plain) > MOST_DIGITS and loses_digits(plain, keeps_doubles=self.keeps_doubles):
            return math.nan, NumberProblem.VALUE_TOO_PRECISE
        return value, NumberProblem.NONE

    def _plain(self, text: str) -> str | None:
        """The text with a decimal point and without separators, or None where it is no number."""
        if self._grouped is not None and self.thousands in text:
            if not self._grouped.fullmatch(text):
                return None
            text = text.replace(self.thousands, "")
        if self.decimal != ".":
            if "." in text:
                return None
            text = text.replace(self.decimal, ".")
        return text if _PLAIN.fullmatch(text) else None
