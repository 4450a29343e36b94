"""Since when the new units and measures of a file exist: a thing that is new owes nothing of the time before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from fourfold.engine.calendar import Period
from fourfold.engine.definitions import Definitions, Target
from fourfold.engine.rows import ObservationRows
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit

__all__ = ["since_first_periods"]


def since_first_periods(
    units: Sequence[ProposedUnit],
    measures: Sequence[ProposedMeasure],
    *,
    rows: ObservationRows,
    targets: Sequence[Target],
    definitions: Definitions,
) -> tuple[tuple[ProposedUnit, ...], tuple[ProposedMeasure, ...]]:
    """Each with the day somebody gave it, else with the first one of the first period that the file has of it.

    A unit is there as early as every new unit below it; what the file has no period of, from its first one of all. A
    file that says nothing at all leaves them without a day.
    """
    unit_days: dict[str, date] = {}
    measure_days: dict[str, date] = {}
    above = {each.key: each.parent for each in units}
    for measure, unit, day in (*_of_rows(rows, definitions), *_of_targets(targets, definitions)):
        measure_days[measure] = min(day, measure_days.get(measure, day))
        at = unit
        for _step in range(len(above) + 1):
            unit_days[at] = min(day, unit_days.get(at, day))
            if not (at := above.get(at, "")):
                break
    otherwise = min(measure_days.values(), default=None)
    return (
        tuple(
            replace(each, since=each.since or _spelt(unit_days.get(each.key, otherwise))) for each in units
        ),
        tuple(
            replace(each, since=each.since or _spelt(measure_days.get(each.key, otherwise)))
            for each in measures
        ),
    )


def _spelt(day: date | None) -> str:
    return day.isoformat() if day else ""


def _of_rows(rows: ObservationRows, definitions: Definitions) -> Iterator[tuple[str, str, date]]:
    """Measure, unit and first day, once for each pair of them and series that the file has."""
    order = np.lexsort((rows.period, rows.series, rows.unit, rows.measure))
    keys = np.stack((rows.measure[order], rows.unit[order], rows.series[order]))
    _, first = np.unique(keys, axis=1, return_index=True)
    calendar = definitions.organisation.calendar
    for row in order[first].tolist():
        measure = definitions.measures[int(rows.measure[row])]
        series = int(rows.series[row])
        version = next(each for each in reversed(measure.versions) if each.series == series)
        day = calendar.first_day(Period(version.frequency, int(rows.period[row])))
        yield measure.key, definitions.units[int(rows.unit[row])].key, day


def _of_targets(targets: Sequence[Target], definitions: Definitions) -> Iterator[tuple[str, str, date]]:
    calendar = definitions.organisation.calendar
    for target in targets:
        for point in target.points:
            yield target.measure, target.unit, calendar.first_day(point.period)
