"""What one run wrote into the ledger."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fourfold.engine.calendar import Frequency, Period
from fourfold.platform.periods.queries import known_organisation
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.models import LedgerEntry, Measure, MeasureVersion
from fourfold.scorecard.measures.queries.current import CurrentColumns, columns_between

__all__ = ["KeptKey", "keys_told", "rows_of_run"]


@dataclass(frozen=True, slots=True)
class KeptKey:
    """What a value is about, in the words of the definitions; `segment` is its place, 0 the total."""

    measure: str
    unit: str
    segment: int
    period: str


def rows_of_run(reference: str) -> CurrentColumns:
    """Every row of the run's entries, oldest first. For taking it back, never for showing: no scope."""
    entries = LedgerEntry.objects.filter(source_run=reference, is_definition=False).order_by("first_seq")
    found = [columns_between(*ends) for ends in entries.values_list("first_seq", "last_seq")]
    return np.concatenate(found) if found else columns_between(0, -1)


def keys_told(rows: CurrentColumns) -> tuple[KeptKey, ...]:
    """The keys of these rows in words; four queries."""
    measures = dict(Measure.objects.filter(pk__in=rows["measure"].tolist()).values_list("pk", "key"))
    units = dict(Unit.objects.filter(pk__in=rows["unit"].tolist()).values_list("pk", "key"))
    versions = MeasureVersion.objects.filter(measure_id__in=measures).order_by("number")
    frequencies = {pk: Frequency(word) for pk, word in versions.values_list("measure_id", "frequency")}
    calendar = known_organisation().calendar
    return tuple(
        KeptKey(
            measures[row["measure"]],
            units[row["unit"]],
            int(row["segment"]),
            calendar.key(Period(frequencies[row["measure"]], int(row["period"]))),
        )
        for row in rows
    )
