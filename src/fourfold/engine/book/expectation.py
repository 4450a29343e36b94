"""Which observations are owed, and when they are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import Operator, UnitLevels
from fourfold.engine.book.units import UnitTree
from fourfold.engine.definitions import Definitions

__all__ = ["Expectation", "expectation", "unit_validity", "validity_since"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Expectation:
    """What a stretch of periods owes; shared by all measures with the same units, frequency and deadlines.

    `selected` and `entry` have the shape (unit,); `owed` (period, unit) marks the cells where an observation belongs;
    `expected` counts them below and at each unit; `due` (period,) says whether the deadline has passed.
    """

    selected: Bools
    entry: Bools
    owed: Bools
    expected: Floats
    due: Bools

    def at(self, units: NDArray[np.int32]) -> Expectation:
        """The same for a part of the tree."""
        return Expectation(
            self.selected[units], self.entry[units], self.owed[:, units], self.expected[:, units], self.due
        )


def unit_validity(definitions: Definitions, units: UnitTree) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day (as ordinals) on which each unit exists, in tree order."""
    listed = [definitions.units[ordinal] for ordinal in units.definition]
    first = [(unit.valid_from or date.min).toordinal() for unit in listed]
    last = [(unit.valid_to or date.max).toordinal() for unit in listed]
    return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)


def validity_since(
    validity: tuple[NDArray[np.int64], NDArray[np.int64]],
    since: Sequence[tuple[str, date]],
    *,
    units: UnitTree,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The days of each unit (shape (unit,), ordinals) cut to those from which a measure is taken there."""
    if not since:
        return validity
    first = validity[0].copy()
    for unit, day in since:
        place = units.index(unit)
        first[place] = max(first[place], day.toordinal())
    return first, validity[1]


def expectation(
    *,
    selected: Bools,
    entry: Bools,
    is_rolled_up: bool,
    days: tuple[NDArray[np.int64], NDArray[np.int64]],
    validity: tuple[NDArray[np.int64], NDArray[np.int64]],
    known_from: date | None,
    due_by: int,
    levels: UnitLevels,
) -> Expectation:
    """Lay out what is owed.

    A unit owes a period on any of whose days it exists and takes the measure, from the first period that ends when the
    series is known. It is due when the period's end plus the days allowed is not after today: `due_by` is today's day
    ordinal minus them.
    """
    first_day, last_day = days
    valid_from, valid_to = validity
    exists = (valid_from <= last_day[:, np.newaxis]) & (valid_to >= first_day[:, np.newaxis])
    known = last_day >= (known_from or date.min).toordinal()
    owed = exists & entry & known[:, np.newaxis]
    expected = owed.astype(np.float64)
    if is_rolled_up:
        levels.roll_up(expected, operator=Operator.SUM)
    return Expectation(selected, entry, owed, expected, last_day <= due_by)
