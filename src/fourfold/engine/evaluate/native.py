"""A line's native periods: what every unit's observations add up to, and how many of those due are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import Operator, UnitLevels
from fourfold.engine.book.expectation import Expectation
from fourfold.engine.book.value_rules import ValueRule
from fourfold.engine.quantities import Why

__all__ = ["NativeTotals", "Observed", "by_date", "native_totals"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

NEUTRAL = {
    Operator.SUM: 0.0,
    Operator.LAST: 0.0,
    Operator.NONE: 0.0,
    Operator.MAX: -np.inf,
    Operator.MIN: np.inf,
}
"""What a missing number enters an operator as."""


@dataclass(frozen=True)
class Observed:
    """The observations of one track, shape (period, unit); `reasons` says why some are missing, where anyone did."""

    numerator: Floats
    denominator: Floats | None
    reasons: Bytes | None


@dataclass(frozen=True)
class NativeTotals:
    """Shape (period, unit): sums of the numerators and denominators present, `present` of `due` observations.

    A cell counts (due > 0) once its deadline has passed, or before that as soon as it is complete; what does not
    count yet is left out of every array. `expected` is what will be due. `own` says why a unit's own observation is
    missing. `is_complete`: nothing due is missing anywhere.
    """

    numerator: Floats
    denominator: Floats | None
    present: Floats
    due: Floats
    expected: Floats
    own: Bytes | None
    is_complete: bool


def by_date(expectation: Expectation) -> NativeTotals:
    """What counts of a line without observations of its own: its periods that are due by date."""
    due = np.where(expectation.due[:, np.newaxis], expectation.expected, 0.0)
    return NativeTotals(due, None, due, due, expectation.expected, None, is_complete=True)


def native_totals(
    tracks: list[Observed], *, rule: ValueRule, expectation: Expectation, levels: UnitLevels
) -> NativeTotals:
    """Add up segments in listed order, then children in listed order.

    A (unit, segment) pair is owed from its first observation on; an unsegmented cell as the expectation says. A
    number where none is owed does not count (`Cube.findings` names it).
    """
    operator = rule.semantics.over_units
    if len(tracks) > 1 or rule.version.segments:
        cells = _of_segments(tracks, expectation, operator)
    else:
        cells = _of_track(tracks[0], expectation, operator, is_stored_only=not rule.kind.is_aggregable)
    is_rolled_up = not (rule.is_entered or operator is Operator.NONE)
    expected = expectation.expected
    if cells.owed is not None:
        expected = cells.owed.astype(np.float64)
        if is_rolled_up:
            levels.roll_up(expected, operator=Operator.SUM)
    if is_rolled_up:
        levels.roll_up(cells.numerator, operator=operator)
        if cells.denominator is not None:
            levels.roll_up(cells.denominator, operator=operator)
    present = cells.present.astype(np.float64)
    if is_rolled_up:
        levels.roll_up(present, operator=Operator.SUM)
    return _counted(cells, present=present, expected=expected, due=expectation.due, neutral=NEUTRAL[operator])


@dataclass(frozen=True)
class _Cells:
    """Entry cells with missing numbers as the neutral one. `owed` is None where the expectation's own holds."""

    numerator: Floats
    denominator: Floats | None
    present: Bools | Floats
    owed: Bools | Floats | None
    own: Bytes | None


def _of_track(
    track: Observed, expectation: Expectation, operator: Operator, *, is_stored_only: bool
) -> _Cells:
    owed = expectation.owed
    if is_stored_only:
        # Nothing adds up to a parent, so a number a selected parent has itself is the only one there is.
        owed = owed | (~np.isnan(track.numerator) & expectation.selected)
    present = owed & ~np.isnan(track.numerator)
    changed = owed if is_stored_only else None
    if track.reasons is not None:
        excused = ~present & (track.reasons == Why.NOT_APPLICABLE)
        if excused.any():
            changed = owed & ~excused
    return _Cells(
        np.where(present, track.numerator, NEUTRAL[operator]),
        None if track.denominator is None else np.where(present, track.denominator, 0.0),
        present,
        changed,
        track.reasons,
    )


def _of_segments(tracks: list[Observed], expectation: Expectation, operator: Operator) -> _Cells:
    shape = expectation.owed.shape
    numerator = np.full(shape, NEUTRAL[operator])
    denominator = None if tracks[0].denominator is None else np.zeros(shape)
    present, owed = np.zeros(shape), np.zeros(shape)
    for track in tracks:
        cells = _of_track(track, expectation, operator, is_stored_only=False)
        due = expectation.owed if cells.owed is None else cells.owed
        seen = cells.present > 0
        if track.reasons is not None:
            seen |= track.reasons != Why.MISSING_DUE
        owed += (due > 0) & np.logical_or.accumulate(seen, axis=0)
        present += cells.present
        _combine(operator)(numerator, cells.numerator, out=numerator)
        if denominator is not None and cells.denominator is not None:
            denominator += cells.denominator
    return _Cells(numerator, denominator, present, owed, None)


def _combine(operator: Operator) -> np.ufunc:
    return {Operator.MAX: np.maximum, Operator.MIN: np.minimum}.get(operator, np.add)


def _counted(cells: _Cells, *, present: Floats, expected: Floats, due: Bools, neutral: float) -> NativeTotals:
    """Leave out what is not due yet, unless it is complete already."""
    counts = expected > 0
    counts[~due] &= present[~due] == expected[~due]
    owing = np.where(counts, expected, 0.0)
    late = np.flatnonzero(~due)
    if late.size:
        left_out = ~counts[late]
        for table, nothing in ((cells.numerator, neutral), (cells.denominator, 0.0), (present, 0.0)):
            if table is not None:
                table[late] = np.where(left_out, nothing, table[late])
    is_complete = bool((present == owing).all())
    return NativeTotals(cells.numerator, cells.denominator, present, owing, expected, cells.own, is_complete)
