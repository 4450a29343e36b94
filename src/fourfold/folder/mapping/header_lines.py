"""Names of columns that stand on several lines: a year above months, months above “Actual | Plan”."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fourfold.engine.calendar import FiscalCalendar
from fourfold.folder.mapping.headings import read_heading
from fourfold.folder.mapping.numbers import untyped

__all__ = ["MOST_HEADER_LINES", "joined_names", "names_a_period"]

MOST_HEADER_LINES = 3
"""Year, month, and what of it a column holds."""

_ANY_CALENDAR = FiscalCalendar(start_month=4)  # whether a text names a period, not which


def names_a_period(text: str) -> bool:
    """Whether a heading speaks of a period, in any calendar."""
    return read_heading(text, calendar=_ANY_CALENDAR) is not None


def joined_names(of: Iterable[Sequence[str]]) -> list[str]:
    """One name a column from the lines of a header, the lowest last.

    An empty cell of an upper line goes on with what stands left of it, as merged cells do.

    >>> joined_names([["", "2026", ""], ["Branch", "Jan", "Feb"]])
    ['Branch', '2026 Jan', '2026 Feb']
    """
    lines = [[untyped(cell) for cell in line] for line in of]
    lowest = [cell.strip() for cell in lines[-1]]
    uppers: list[list[str]] = []
    below = lowest
    for line in reversed(lines[:-1]):
        below = _filled(line, below)
        uppers.insert(0, below)
    return [_joined([line[place] for line in uppers], name) for place, name in enumerate(lowest)]


def _filled(line: Sequence[str], below: Sequence[str]) -> list[str]:
    """As wide as what stands below; a cell above nothing is merged downwards, and goes on to no other column."""
    filled, going_on = [], ""
    for place, under in enumerate(below):
        own = line[place].strip() if place < len(line) else ""
        if own:
            going_on = own if under else ""
        filled.append(own or (going_on if under else ""))
    return filled


def _joined(uppers: Sequence[str], name: str) -> str:
    """All of it, or what names a period together; a period above something else says nothing about it."""
    texts = list(dict.fromkeys(text for text in (*uppers, name) if text))
    whole = " ".join(texts)
    if len(texts) < 2 or not name or names_a_period(whole):
        return whole
    above = texts[:-1]
    for text in above:
        if names_a_period(f"{text} {name}"):
            return f"{text} {name}"
    return " ".join((*(text for text in above if not names_a_period(text)), name))
