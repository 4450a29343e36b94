"""Where the names of the columns stand: below which title, and on how many lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fourfold.engine.calendar import FiscalCalendar
from fourfold.folder.mapping.header_lines import MOST_HEADER_LINES, joined_names, names_a_period
from fourfold.folder.mapping.headings import read_heading
from fourfold.folder.mapping.part_words import LEAVE_OUT, said_part

__all__ = ["Listed", "guessed_header"]

Listed = Sequence[tuple[int, Sequence[str]]]
"""Lines with their cells."""

TITLE_LINES = 20
MOSTLY = 0.6  # of the usual number of cells, for a row that may be the header
_ANY_CALENDAR = FiscalCalendar()  # whether a cell names a period, not which


def guessed_header(listed: Listed, *, line: int = 0) -> tuple[int, int]:
    """The line of the lowest names (`line`, where that is not 0) and how many lines they take."""
    filled = [(number, row) for number, row in listed if any(cell.strip() for cell in row)] or list(listed)
    first = (
        next((at for at, (number, _) in enumerate(filled) if number >= line), 0) if line else _first(filled)
    )
    best, says = (first, 1), _said([filled[first][1]])
    for bottom, count in _blocks(filled, first, is_fixed=bool(line)):
        rows = [row for _, row in filled[bottom - count + 1 : bottom + 1]]
        found = _said(rows)
        if found > says and all(_is_heading(cell) for row in rows for cell in row):
            best, says = (bottom, count), found
    return filled[best[0]][0], best[1]


def _blocks(filled: Listed, first: int, *, is_fixed: bool) -> Iterator[tuple[int, int]]:
    """Blocks of lines that contain the first guess: the last line, and how many."""
    for count in range(2, MOST_HEADER_LINES + 1):
        for bottom in (first,) if is_fixed else range(first, first + count):
            if bottom - count + 1 >= 0 and bottom < len(filled):
                yield bottom, count


def _said(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many different columns are told apart by period and part, and how many say which part they hold."""
    names = dict.fromkeys(name for name in joined_names(rows) if name)
    parts = [name for name in names if said_part(name)[0]]
    return len({_period_and_part(name) for name in names} - {None}), len(parts)


def _period_and_part(name: str) -> tuple[str, str] | None:
    found = read_heading(name, calendar=_ANY_CALENDAR)
    if found is None:
        part, rest = said_part(name)
        found = read_heading(rest, calendar=_ANY_CALENDAR) if part == LEAVE_OUT else None
        return (found.key, part) if found is not None and found.key else None
    return (found.key, found.role) if found.problem is None else None


def _is_heading(cell: str) -> bool:
    """No number, unless that is the number of a month under its year."""
    bare = cell.strip()
    return not bare[:1].isdigit() or names_a_period(bare) or (bare.isdecimal() and 1 <= int(bare) <= 12)


def _first(listed: Listed) -> int:
    """The first line that names nearly as many columns as rows usually have cells, none of them a number.

    A period is none, though it may begin like one.
    """
    filled = Counter(sum(1 for cell in row if cell.strip()) for _, row in listed[:200])
    usual = max(filled.items(), key=lambda item: (item[1], item[0]))[0]
    for place, (_line, row) in enumerate(listed[:TITLE_LINES]):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) >= max(1, MOSTLY * usual) and not any(
            cell[0].isdigit() and read_heading(cell, calendar=_ANY_CALENDAR) is None for cell in cells[:2]
        ):
            return place
    return 0
