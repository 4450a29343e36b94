"""What the ledger says now in the cells of a grid, with the notes on it. Two queries, whatever the number of cells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from fourfold.data.entry.models import ObservationNote
from fourfold.data.entry.queries.typed import Numbers
from fourfold.engine.calendar import Frequency
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import Measure, Observation, ObservationKind

__all__ = ["CellKey", "Standing", "measure_ids_by_key", "standing_in"]

CellKey = tuple[str, int, int, int]
"""Measure, series, segment (0: the total), native period."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest row of a key, and the latest note on it."""

    seq: int
    numbers: Numbers
    release: str
    note: str = ""


def standing_in(
    unit: str, wanted: Collection[tuple[str, Frequency, int]], *, scope: Scope
) -> dict[CellKey, Standing]:
    """The rows that count, for (measure, its frequency, native period) of one unit."""
    spans: dict[Frequency, tuple[set[str], list[int]]] = {}
    for measure, frequency, period in wanted:
        measures, periods = spans.setdefault(frequency, (set(), []))
        measures.add(measure)
        periods.append(period)
    inside = Q(pk__in=[])
    for measures, periods in spans.values():
        inside |= Q(measure__key__in=measures, period__gte=min(periods), period__lte=max(periods))
    rows = Observation.objects.visible_to(scope).filter(inside, unit__key=unit).order_by("seq")
    latest = {
        (key, row.series, row.segment, row.period): (row, key)
        for row, key in ((row, row.measure.key) for row in rows.select_related("measure"))
    }
    notes = _notes([row.seq for row, _key in latest.values()], scope)
    return {key: _standing(row, notes.get(row.seq, "")) for key, (row, _measure) in latest.items()}


def measure_ids_by_key(keys: Collection[str]) -> dict[str, int]:
    """For writing rows that refer to a measure."""
    return dict(Measure.objects.filter(key__in=keys).values_list("key", "pk"))


def _standing(row: Observation, note: str) -> Standing:
    if row.kind == ObservationKind.WITHDRAWN.value:
        return Standing(row.seq, Numbers(), row.release_status, note)
    numbers = Numbers(row.value, row.numerator, row.denominator, row.n)
    return Standing(row.seq, numbers, row.release_status, note)


def _notes(seqs: Collection[int], scope: Scope) -> dict[int, str]:
    notes = ObservationNote.objects.visible_to(scope).filter(observation_id__in=seqs).order_by("pk")
    return dict(notes.values_list("observation_id", "text"))
