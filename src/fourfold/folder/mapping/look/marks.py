"""Marks beside numbers, and negative numbers in brackets, as a file uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fourfold.engine.quantities import unit_of_measure
from fourfold.folder.mapping.look.values import Guess
from fourfold.folder.mapping.numbers import untyped
from fourfold.folder.schema.mapping_schema import MARK_PATTERN

__all__ = ["guessed_marks", "listed_marks"]

TEXTS_TRIED = 400
_NUMBER = r"[+-]?(?:\d[\d.,'_ \u00a0\u202f]*|[.,]\d+)"
_MARKED = re.compile(
    rf"[(]?\s*[+-]?\s*({MARK_PATTERN})?\s*([(])?\s*{_NUMBER}\s*([)])?\s*({MARK_PATTERN})?\s*[)]?"
)
_IN_BRACKETS = re.compile(r"\D*[(]\D*\d[^()]*[)]\D*")


def guessed_marks(columns: Iterable[Sequence[str]]) -> tuple[Guess, Guess]:
    """The marks, as a list in words, and `brackets` or `minus`; each with the first cell that shows it."""
    shown: dict[str, str] = {}
    bracketed = ""
    for column in columns:
        for text in dict.fromkeys(untyped(cell) for cell in column[:TEXTS_TRIED]):
            found = _MARKED.fullmatch(text.strip())
            if found is None:
                continue
            mark = found[1] or found[4] or ""
            if mark and _is_mark(mark):
                shown.setdefault(mark, text.strip())
            if not bracketed and (not mark or _is_mark(mark)) and _IN_BRACKETS.fullmatch(text.strip()):
                bracketed = text.strip()
    cells = ", ".join(f"“{text}”" for text in shown.values())
    return (
        Guess(", ".join(shown), f"As in {cells}." if shown else ""),
        Guess("brackets", f"As in “{bracketed}”.") if bracketed else Guess("minus"),
    )


def listed_marks(text: str) -> tuple[str, ...]:
    """`%, €` as a list; what is no mark is left out.

    >>> listed_marks("%, € pts")
    ('%', '€')
    """
    words = re.split(r"[\s,;]+", text.strip())
    return tuple(dict.fromkeys(word for word in words if re.fullmatch(MARK_PATTERN, word)))


def _is_mark(mark: str) -> bool:
    """Three capitals may be a month or a name: only money takes a prefix, which tells a currency from any noun."""
    if not mark.isalpha():
        return True
    return unit_of_measure(f"k{mark}").dimension == unit_of_measure(mark).dimension
