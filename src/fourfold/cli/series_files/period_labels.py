"""What the labels of periods are: how many make a year, whether one is missing, and what the next are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import gcd

from fourfold.folder.mapping.files import FileRefused

__all__ = ["Steps", "numbered", "rhythm_of", "steps_of"]

DAYS = 7  # the cycle of days
MOST_MISSING = 0.5  # of all periods: beyond it the labels are not what they look like


@dataclass(frozen=True, slots=True)
class Steps:
    """The calendar of a file's labels, a period without any row among them; `place` says where each label stands.

    `last` is the number of the last period, which `write` continues; without it they are counted on.
    """

    cycle: int
    labels: tuple[str, ...]
    place: tuple[int, ...]
    last: int = 0
    write: Callable[[int], str] | None = None

    def after(self, last: int, ahead: int) -> tuple[str, ...]:
        """The labels of so many periods after the one at a place: those of the file, then the next ones."""
        known = self.labels[last + 1 : last + 1 + ahead]
        beyond = range(1, ahead - len(known) + 1)
        if self.write is None:
            return (*known, *(f"+{len(known) + step}" for step in beyond))
        return (*known, *(self.write(self.last + step) for step in beyond))


def steps_of(labels: Sequence[str], *, is_counted: bool) -> Steps:
    """Read the labels as months, quarters, years, weeks or days; as steps of one where they are none of these.

    Raises:
        FileRefused: more periods than not have no row in any series.
    """
    everywhere = tuple(range(len(labels)))
    if is_counted:
        return Steps(1, tuple(labels), everywhere, len(labels), str)
    for cycle, read, write in _KINDS:
        numbers = [number for number in map(read, labels) if number is not None]
        if len(numbers) == len(labels):
            every = range(numbers[0], numbers[-1] + 1)
            return _complete(labels, numbers, every, cycle=cycle, write=write)
    return Steps(1, tuple(labels), everywhere)


def rhythm_of(labels: Sequence[str]) -> Steps:
    """As `steps_of`, in the rhythm of the file: every third month or every weekday leaves no gaps between.

    Dates without a rhythm, as of events, stay as they are.

    Raises:
        FileRefused: more periods than not have no row in any series.
    """
    for cycle, read, write in _KINDS:
        numbers = [number for number in map(read, labels) if number is not None]
        if len(numbers) < len(labels):
            continue
        every = _rhythm(numbers, is_day=cycle == DAYS)
        is_rising = all(before < after for before, after in pairwise(numbers))
        if not is_rising or (cycle == DAYS and _is_sparse(numbers, every)):
            break
        return _complete(labels, numbers, every, cycle=_cycle(every, of=cycle), write=write)
    return Steps(1, tuple(labels), tuple(range(len(labels))))


def numbered(labels: Sequence[str]) -> list[int] | None:
    """The labels as numbers of periods that rise with time; None where they are no periods."""
    for _, read, _ in _KINDS:
        numbers = [number for number in map(read, labels) if number is not None]
        if len(numbers) == len(labels):
            return numbers
    return None


def _rhythm(numbers: Sequence[int], *, is_day: bool) -> Sequence[int]:
    step = gcd(*(after - before for before, after in pairwise(numbers))) or 1
    every = range(numbers[0], numbers[-1] + 1, step)
    if not is_day or step > 1:
        return every
    weekdays = {number % 7 for number in numbers}
    return [number for number in every if number % 7 in weekdays]


def _cycle(every: Sequence[int], *, of: int) -> int:
    """How many of these periods make a year, or of days a week: four of every third month, five of the weekdays."""
    if isinstance(every, range):
        return of // every.step if of % every.step == 0 else 1
    return len({number % DAYS for number in every})


def _is_sparse(numbers: Sequence[int], every: Sequence[int]) -> bool:
    return len(every) - len(numbers) > MOST_MISSING * len(every)


def _complete(
    labels: Sequence[str],
    numbers: Sequence[int],
    every: Sequence[int],
    *,
    cycle: int,
    write: Callable[[int], str],
) -> Steps:
    """Every period from the first to the last: a trend must know how far apart its points are."""
    if _is_sparse(numbers, every):
        raise FileRefused(
            "PERIODS_MISSING",
            f"Of the {len(every)} periods from {labels[0]} to {labels[-1]} only {len(numbers)} have a row.",
            remedy="Check the periods, or keep a stretch of them with --only; a few missing ones are taken as gaps.",
        )
    written = dict(zip(numbers, labels, strict=True))
    places = {number: place for place, number in enumerate(every)}
    return Steps(
        cycle,
        tuple(written.get(number) or write(number) for number in every),
        tuple(places[number] for number in numbers),
        numbers[-1],
        write,
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
