"""Targets that somebody named while defining the measures a file brings along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fourfold.engine.calendar import Period
from fourfold.engine.definitions import Definitions, Measure, Target, TargetPoint
from fourfold.engine.rows import ObservationRows
from fourfold.folder.mapping.look import ProposedMeasure

__all__ = ["proposed_targets"]

ORIGIN = "named with the import"


def proposed_targets(
    measures: Sequence[ProposedMeasure],
    rows: ObservationRows,
    *,
    known: Definitions,
    definitions: Definitions,
) -> tuple[Target, ...]:
    """From the first period of the file on: of what adds up for each unit with rows, else for the declaring unit.

    Only of measures that are new with this file: whoever changed a target since keeps it. A measure without a row has
    no first period and so no target. The declaring unit's target is inherited below it (DESIGN §5, Targets).
    """
    there = {measure.key for measure in known.measures}
    places = {measure.key: place for place, measure in enumerate(definitions.measures)}
    return tuple(
        target
        for proposed in measures
        if proposed.target and proposed.key not in there
        for target in _of_one(
            definitions.measures[places[proposed.key]], proposed, rows=rows, whole=definitions
        )
    )


def _of_one(
    measure: Measure, proposed: ProposedMeasure, *, rows: ObservationRows, whole: Definitions
) -> Iterator[Target]:
    place = next(at for at, each in enumerate(whole.measures) if each.key == measure.key)
    is_mine = rows.measure == place
    if not is_mine.any():
        return
    version = measure.versions[-1]
    first = Period(version.frequency, int(rows.period[is_mine].min()))
    point = TargetPoint(first, float(proposed.target))
    units = [measure.units.unit]
    if version.kind.is_additive:
        units = [whole.units[each].key for each in np.unique(rows.unit[is_mine]).tolist()]
    for unit in units:
        yield Target(measure.key, unit, (point,), origin=ORIGIN)
