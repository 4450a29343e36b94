"""What typed values would score: the real engine over a small book of the measures typed, for one unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain, Period
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.quantities import Status, Why
from fourfold.engine.rows import ObservationRows
from fourfold.engine.score import STATUS_CODES
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["TrialCell", "TrialRow", "trial", "trial_cell"]


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A typed value in the engine's terms; `segment` 0 is the total. `why` says if it takes a value back."""

    measure: str
    series: int
    segment: int
    period: int
    numerator: float
    denominator: float
    why: Why = Why.PRESENT


@dataclass(frozen=True, slots=True)
class TrialCell:
    """What a measure's number in one native period comes to."""

    value: float | None
    target: float | None
    score: float | None
    status: Status
    why: Why


def trial(cube: KnownCube, unit: str, *, measures: Collection[str], typed: Sequence[TrialRow]) -> Evaluation:
    """Evaluate these measures of one unit with the typed values over what the ledger says; nothing is written.

    The book holds only the measures asked for, so the cost is milliseconds whatever the organisation's size. Digits
    and statuses are those the pages will show once saved: targets, thresholds and hysteresis come from the same rules.
    """
    definitions = cube.book.definitions
    chosen = tuple(replace(each, objectives=()) for each in definitions.measures if each.key in measures)
    book = compile_book(
        replace(
            definitions,
            measures=chosen,
            objectives=(),
            causal_links=(),
            identity_links=(),
            initiatives=(),
            targets=tuple(target for target in definitions.targets if target.measure in measures),
        ),
        today=cube.today,
    )
    places = {measure.key: place for place, measure in enumerate(chosen)}
    column = [each.key for each in definitions.units].index(unit)
    rows = _known_rows(cube, unit, places=places, column=column).then(
        _typed_rows(typed, places, column=column)
    )
    versions = [version for measure in chosen for version in measure.versions]
    grains = tuple(dict.fromkeys(Grain(version.frequency.value) for version in versions)) or (Grain.MONTH,)
    return evaluate(book, Cube.of(book, rows), grains=grains, unit=unit, depth=0, rollups=False)


def trial_cell(evaluation: Evaluation, measure: str, *, period: Period) -> TrialCell | None:
    """One measure in one native period; None where the definitions do not reach."""
    results = evaluation.at(Grain(period.frequency.value))
    if period.ordinal not in results.ordinals:
        return None
    cell = (evaluation.measure_index(measure), results.position(period.ordinal), 0)
    found = results.measures
    return TrialCell(
        value=_number(found.value[cell]),
        target=_number(found.target[cell]),
        score=_number(found.score[cell]),
        status=STATUS_CODES[int(found.status[cell])],
        why=Why(int(found.why[cell])),
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _known_rows(cube: KnownCube, unit: str, *, places: dict[str, int], column: int) -> ObservationRows:
    """The unit's own observations of these measures, read back from the live cube."""
    at = cube.book.units.index(unit)
    found = []
    for frequency, table in cube.book.tracks.items():
        stack = cube.cube.stack(frequency)
        for track, (measure, series, segment) in enumerate(table.keys):
            place = places.get(cube.book.definitions.measures[measure].key)
            if place is None:
                continue
            numerator, denominator = stack.numerator[track, :, at], stack.denominator_of(track)
            for row in np.flatnonzero(~np.isnan(numerator)).tolist():
                below = 1.0 if denominator is None else float(denominator[row, at])
                key = (place, series, segment, column, stack.ordinals[row])
                found.append((*key, float(numerator[row]), below, int(Why.PRESENT)))
    return ObservationRows.of(found)


def _typed_rows(typed: Sequence[TrialRow], places: dict[str, int], *, column: int) -> ObservationRows:
    return ObservationRows.of(
        [
            (
                places[row.measure],
                row.series,
                row.segment,
                column,
                row.period,
                row.numerator,
                row.denominator,
                int(row.why),
            )
            for row in typed
        ]
    )
