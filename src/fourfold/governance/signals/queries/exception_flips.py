"""Values that were restated to the other side of zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import Observation

__all__ = ["Flip", "flips_of"]


@dataclass(frozen=True, slots=True)
class Flip:
    """What a value was and what it is; `period` is an ordinal of the measure's own frequency."""

    period: int
    before: float
    after: float


def flips_of(
    periods: Mapping[str, range], *, unit: str, scope: Scope, as_of: datetime | None = None
) -> dict[str, Flip]:
    """The latest such restatement among those periods of each measure, as known now or `as_of` a moment.

    In the unit itself; a flip below is shown below. One query where nothing was ever restated, else three at most.
    """
    # The restated rows alone first, from their small index; see data.entry.queries.marks.
    restated = Observation.objects.filter(measure__key__in=list(periods)).extra(
        where=["measures_observation.release_status = 'R'"]
    )
    if not (known := list(restated.values_list("pk", flat=True))):
        return {}
    own = Observation.objects.visible_to(scope).filter(unit__key=unit)
    if as_of is not None:
        own = own.filter(entry__recorded_at__lte=as_of)
    found = own.filter(pk__in=known).values_list("measure_id", "measure__key", "period")
    places = {(measure, period) for measure, key, period in found if period in periods[key]}
    if not places:
        return {}
    rows = own.filter(
        measure_id__in={measure for measure, _period in places}, period__in={period for _m, period in places}
    )
    ordered = rows.select_related("measure").order_by("period", "seq")
    return _flipped(row for row in ordered if row.period in periods[row.measure.key])


def _flipped(rows: Iterable[Observation]) -> dict[str, Flip]:
    """Go through the rows in the order of time and of knowledge."""
    found: dict[str, Flip] = {}
    before: dict[tuple[str, int, int, int], float] = {}
    for row in rows:
        value = _value(row)
        place = (row.measure.key, row.series, row.segment, row.period)
        was = before.get(place)
        if value is None:
            continue
        if was is not None and was * value < 0.0 and row.release_status == "R":
            found[row.measure.key] = Flip(row.period, was, value)
        elif was is not None and row.measure.key in found and found[row.measure.key].period == row.period:
            del found[row.measure.key]
        before[place] = value
    return found


def _value(row: Observation) -> float | None:
    if row.value is not None:
        return float(row.value)
    if row.numerator is None or not row.denominator:
        return None
    return float(row.numerator) / float(row.denominator)
