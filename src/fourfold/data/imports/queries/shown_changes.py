"""Values and targets that an import would make others, as a preview shows them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.data.imports.queries.amending import AmendedPoint
from fourfold.data.imports.queries.prepared_import import PreparedImport
from fourfold.engine.calendar import Period
from fourfold.engine.definitions import Definitions, Measure
from fourfold.engine.quantities import Why
from fourfold.platform.ui.numbers import display_number
from fourfold.scorecard.measures.queries.current import CurrentColumns

__all__ = ["SHOWN", "ShownChange", "changed_targets", "changed_values"]

SHOWN = 20
"""Of each kind: whoever wants them all compares the files."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A value or a target that would become another; None: there was or will be none. `row` is the line of the file."""

    unit: str
    measure: str
    segment: str
    period: str
    before: float | None
    after: float | None
    row: int
    unit_name: str = ""
    measure_name: str = ""
    decimals: int = 1
    multiplier: float = 1.0
    unit_of_measure: str = ""

    @property
    def now(self) -> str:
        """What stands there, as pages write it."""
        return self._told(self.before)

    @property
    def then(self) -> str:
        """What would stand there."""
        return self._told(self.after)

    def _told(self, value: float | None) -> str:
        """With every digit where the usual ones hide the difference."""
        texts = [self._usual(each) for each in (self.before, self.after)]
        if value is None or texts[0] != texts[1]:
            return self._usual(value)
        return f"{value * self.multiplier:.15g}"

    def _usual(self, value: float | None) -> str:
        shown = None if value is None else value * self.multiplier
        return str(display_number(shown, decimals=self.decimals, unit_of_measure=self.unit_of_measure))


def changed_values(
    prepared: PreparedImport,
    places: NDArray[np.int64],
    *,
    known: CurrentColumns,
    earlier: NDArray[np.int64],
    chosen: NDArray[np.int64],
) -> tuple[ShownChange, ...]:
    """Of rows at these places among those that were written before."""
    rows, lines = prepared.rows, prepared.origins.source_row
    shown = []
    for position in chosen.tolist():
        place = int(places[position])
        measure = prepared.definitions.measures[int(rows.measure[place])]
        version = measure.versions[-1]
        segment = int(rows.segment[place])
        shown.append(
            _change(
                measure,
                prepared.definitions.units[int(rows.unit[place])].key,
                period=Period(version.frequency, int(rows.period[place])),
                segment=version.segments[segment - 1].key if segment else "",
                before=_number(known[int(earlier[position])]),
                after=_shared(rows.numerator[place], rows.denominator[place], why=int(rows.why[place])),
                row=int(lines[place]) if lines is not None else 0,
                definitions=prepared.definitions,
            )
        )
    return tuple(shown)


def changed_targets(points: Iterable[AmendedPoint], prepared: PreparedImport) -> list[ShownChange]:
    """Those that wanted something else until now."""
    measures = {each.key: each for each in prepared.definitions.measures}
    lines = prepared.mapped.target_lines
    return [
        _change(
            measures[each.target.measure],
            each.target.unit,
            period=each.point.period,
            segment=each.target.segment or "",
            before=each.before,
            after=each.point.value,
            row=lines.get((each.target.measure, each.target.unit, each.point.period.ordinal), 0),
            definitions=prepared.definitions,
        )
        for each in points
        if each.before is not None and each.before != each.point.value
    ]


def _change(
    measure: Measure,
    unit: str,
    *,
    period: Period,
    segment: str,
    before: float | None,
    after: float | None,
    row: int,
    definitions: Definitions,
) -> ShownChange:
    version = measure.versions[-1]
    return ShownChange(
        unit=unit,
        measure=measure.key,
        segment=segment,
        period=definitions.organisation.calendar.key(period),
        before=before,
        after=after,
        row=row,
        unit_name=next((each.name for each in definitions.units if each.key == unit), unit),
        measure_name=measure.name,
        decimals=version.decimals,
        multiplier=version.multiplier,
        unit_of_measure=version.unit_of_measure,
    )


def _number(row: np.void) -> float | None:
    """What a row of the ledger says: its value, or its numerator by its denominator."""
    if not math.isnan(row["value"]):
        return float(row["value"])
    return _shared(row["numerator"], row["denominator"], why=int(Why.PRESENT))


def _shared(numerator: float, denominator: float, *, why: int) -> float | None:
    if why != Why.PRESENT or math.isnan(numerator) or math.isnan(denominator) or denominator == 0:
        return None
    return float(numerator / denominator)
