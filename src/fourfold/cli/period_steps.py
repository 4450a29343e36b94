"""What the labels of periods are: how many make a year, whether one is missing, and what the next are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from fourfold.folder.mapping.files import FileRefused

__all__ = ["Steps", "steps_of"]

LISTED = 3  # missing periods that a refusal names


@dataclass(frozen=True, slots=True)
class Steps:
    """The calendar of a file's labels; `number` puts them on one axis, None where they are only counted."""

    cycle: int
    labels: tuple[str, ...]
    write: Callable[[int], str] | None
    number: tuple[int, ...]

    def after(self, last: int, ahead: int) -> tuple[str, ...]:
        """The labels of so many periods after the one at a place: those of the file, then the next ones."""
        known = self.labels[last + 1 : last + 1 + ahead]
        beyond = range(1, ahead - len(known) + 1)
        if self.write is None:
            return (*known, *(f"+{len(known) + step}" for step in beyond))
        return (*known, *(self.write(self.number[-1] + step) for step in beyond))


def steps_of(labels: Sequence[str], *, is_counted: bool) -> Steps:
    """Read the labels as months, quarters, years, weeks or days; as steps of one where they are none of these.

    Raises:
        FileRefused: a period between the first and the last has no row in any series.
    """
    if is_counted:
        return Steps(1, tuple(labels), str, tuple(range(1, len(labels) + 1)))
    for cycle, read, write in _KINDS:
        numbers = [read(label) for label in labels]
        known = tuple(number for number in numbers if number is not None)
        if len(known) == len(numbers):
            _refuse_gaps(known, write)
            return Steps(cycle, tuple(labels), write, known)
    return Steps(1, tuple(labels), None, tuple(range(len(labels))))


def _refuse_gaps(numbers: Sequence[int], write: Callable[[int], str]) -> None:
    missing = [write(between) for before, after in pairwise(numbers) for between in range(before + 1, after)]
    if missing:
        listed = ", ".join(missing[:LISTED]) + (" …" if len(missing) > LISTED else "")
        raise FileRefused(
            "PERIODS_MISSING",
            f"Between the first period and the last there is no row of {listed}.",
            remedy="Add a row with a blank value for each: a trend must know how far apart its points are.",
        )


def _matched(pattern: str, number: Callable[[re.Match[str]], int | None]) -> Callable[[str], int | None]:
    shape = re.compile(pattern)

    def read(label: str) -> int | None:
        found = shape.fullmatch(label)
        return None if found is None else number(found)

    return read


def _month(found: re.Match[str]) -> int | None:
    month = int(found[2])
    return int(found[1]) * 12 + month - 1 if 1 <= month <= 12 else None


def _week(found: re.Match[str]) -> int | None:
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal() // 7
    except ValueError:
        return None


def _day(found: re.Match[str]) -> int | None:
    try:
        return date.fromisoformat(found[0]).toordinal()
    except ValueError:
        return None


def _written_month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _written_week(number: int) -> str:
    monday = date.fromordinal(number * 7 + 1)
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def _written_day(number: int) -> str:
    return (date.min + timedelta(days=number - 1)).isoformat()


_KINDS: Sequence[tuple[int, Callable[[str], int | None], Callable[[int], str]]] = (
    (12, _matched(r"(\d{4})-?(\d{1,2})(?:-01)?", _month), _written_month),
    (
        4,
        _matched(r"(\d{4})-?Q([1-4])", lambda found: int(found[1]) * 4 + int(found[2]) - 1),
        lambda number: f"{number // 4:04}-Q{number % 4 + 1}",
    ),
    (1, _matched(r"(\d{4})", lambda found: int(found[1])), lambda number: f"{number:04}"),
    (52, _matched(r"(\d{4})-?W(\d{1,2})", _week), _written_week),
    (7, _matched(r"\d{4}-\d{2}-\d{2}", _day), _written_day),
)
"""Periods a year (days: a week), how a label is read, and how the next are written."""
