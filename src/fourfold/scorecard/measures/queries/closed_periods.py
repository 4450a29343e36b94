"""What the state of its period means for a row of the ledger: how final it is, and whether it may be written at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from fourfold.engine.calendar import Frequency, Period
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import Closing, known_closing, known_organisation, month_of
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.models import Measure, MeasureVersion, ReleaseStatus

__all__ = ["RELEASE_OF_STATE", "LedgerPlaces", "PeriodFinal", "refuse_final_periods", "releases_of"]

Ints = NDArray[np.int64]

RELEASE_OF_STATE = {
    PeriodState.OPEN: ReleaseStatus.FLASH.value,  # collecting: what arrives is a flash by definition (METHOD M7.5)
    PeriodState.FLASH: ReleaseStatus.FLASH.value,
    PeriodState.PROVISIONAL: ReleaseStatus.PROVISIONAL.value,
    PeriodState.FINAL: ReleaseStatus.FINAL.value,
}


class PeriodFinal(Refusal):
    code, status = "PERIOD_FINAL", 409
    sentence = _(
        "{period} is final for “{unit}”: {rows} values would change, the first of measure “{measure}”."
    )
    remedy = _("Propose a restatement with its reason, or have the period reopened.")


@dataclass(frozen=True, slots=True)
class LedgerPlaces:
    """Where rows stand: parallel arrays of the database's ids, series, and native periods."""

    measures: Ints
    series: Ints
    units: Ints
    periods: Ints

    @classmethod
    def of(cls, keys: Sequence[tuple[int, int, int, int, int]]) -> LedgerPlaces:
        """From ledger keys (measure, series, unit, segment, period)."""
        table = np.array(keys, dtype=np.int64).reshape(-1, 5)
        return cls(table[:, 0], table[:, 1], table[:, 2], table[:, 4])


def refuse_final_periods(places: LedgerPlaces) -> list[str]:
    """Refuse rows of final periods; answer each row's release status, for those that do not say their own.

    The whole cost where no period was ever moved is one query; otherwise four, and a pass over the distinct pairs of
    unit and month. Call it inside the writing transaction with the rows that would change something.

    Raises:
        PeriodFinal: a row stands in a period that is closed for its unit.
    """
    closing = known_closing()
    if closing.is_untouched or not places.measures.size:
        return [RELEASE_OF_STATE[PeriodState.OPEN]] * int(places.measures.size)
    states = _states(places, closing)
    closed = np.flatnonzero(states == PeriodState.FINAL.rank)
    if closed.size:
        raise _refusal(places, closed)
    return _releases(states)


def releases_of(places: LedgerPlaces) -> list[str]:
    """Each row's release status by the state of its period, refusing nothing."""
    closing = known_closing()
    if closing.is_untouched or not places.measures.size:
        return [RELEASE_OF_STATE[PeriodState.OPEN]] * int(places.measures.size)
    return _releases(_states(places, closing))


def _releases(states: Ints) -> list[str]:
    by_rank = [RELEASE_OF_STATE[state] for state in PeriodState]
    return [by_rank[rank] for rank in states.tolist()]


def _states(places: LedgerPlaces, closing: Closing) -> Ints:
    """The rank of each row's period state; a few hundred distinct places, whatever the number of rows."""
    months = _months(places)
    pairs, back = np.unique(np.stack((places.units, months)), axis=1, return_inverse=True)
    paths = dict(Unit.objects.filter(pk__in=np.unique(places.units).tolist()).values_list("pk", "path"))
    ranks = [closing.state(month, path=paths[unit]).rank for unit, month in pairs.T.tolist()]
    found: Ints = np.array(ranks, dtype=np.int64)[back.reshape(-1)]
    return found


def _months(places: LedgerPlaces) -> Ints:
    calendar = known_organisation().calendar
    frequencies = _frequencies()
    table = np.stack((places.measures, places.series, places.periods))
    kinds, back = np.unique(table, axis=1, return_inverse=True)
    months = [
        month_of(calendar, Period(frequencies.get((measure, series), Frequency.MONTH), period))
        for measure, series, period in kinds.T.tolist()
    ]
    found: Ints = np.array(months, dtype=np.int64)[back.reshape(-1)]
    return found


def _frequencies() -> dict[tuple[int, int], Frequency]:
    rows = MeasureVersion.objects.order_by("number").values_list("measure_id", "series", "frequency")
    return {(measure, series): Frequency(frequency) for measure, series, frequency in rows}


def _refusal(places: LedgerPlaces, closed: Ints) -> PeriodFinal:
    first = int(closed[0])
    measure, series = int(places.measures[first]), int(places.series[first])
    calendar = known_organisation().calendar
    period = Period(_frequencies()[measure, series], int(places.periods[first]))
    return PeriodFinal(
        period=calendar.label(period),
        unit=Unit.objects.values_list("name", flat=True).get(pk=int(places.units[first])),
        measure=Measure.objects.values_list("key", flat=True).get(pk=measure),
        rows=int(closed.size),
    )
