"""From the keys people use to the ids the ledger keeps, refusing what does not exist or is not whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from django.utils.translation import gettext_lazy as _

from fourfold.engine.quantities import AggregationKind
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import UnitUnknown
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.measures.models import (
    MeasureUnknown,
    MeasureVersion,
    ObservationKind,
    ObservationStatus,
)
from fourfold.scorecard.measures.observation import NewObservation, check_number
from fourfold.scorecard.measures.queries.current import Content, LedgerKey

__all__ = ["NameBook", "ObservationIncomplete", "Resolved", "SegmentUnknown"]


class SegmentUnknown(Refusal):
    code, status = "SEGMENT_UNKNOWN", 422
    sentence = _("Measure “{measure}” has no segment “{segment}”.")
    remedy = _("A segmented measure names a segment on every row; its total is derived.")


class ObservationIncomplete(Refusal):
    code, status = "OBSERVATION_INCOMPLETE", 422
    sentence = _("A row of “{measure}” (row {row}) lacks what a {kind} needs, or has what it does not take.")
    remedy = _(
        "A ratio needs numerator and denominator, a mean value and n, anything undivided only a value."
    )


class Resolved(NamedTuple):
    """A checked row in the ledger's own terms."""

    key: LedgerKey
    content: Content
    unit: str
    recorded_at: datetime | None
    source_file: str | None
    source_row: int | None


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """What the ledger must know of a measure to take its rows."""

    pk: int
    kind: AggregationKind
    segments: Mapping[str, int]


# Plain texts: comparing with a member of a TextChoices costs more than all the rest of a row's checks.
_WITHDRAWN = ObservationKind.WITHDRAWN.value
_WITHOUT_NUMBER = frozenset(
    status.value
    for status in (
        ObservationStatus.NOT_APPLICABLE,
        ObservationStatus.MISSING,
        ObservationStatus.SUPPRESSED,
        ObservationStatus.QUARANTINED,
        ObservationStatus.STALE,
    )
)


@dataclass(frozen=True, slots=True)
class NameBook:
    """Every measure and unit by key. Three queries, whatever the number of rows."""

    measures: Mapping[str, MeasureEntry]
    units: Mapping[str, int]

    @classmethod
    def read(cls) -> Self:
        """The measures as their latest version defines them."""
        versions = (
            MeasureVersion.objects.select_related("measure").prefetch_related("segments").order_by("number")
        )
        measures = {
            version.measure.key: MeasureEntry(
                version.measure_id,
                AggregationKind(version.kind),
                {segment.key: segment.ordinal for segment in version.segments.all()},
            )
            for version in versions
        }
        return cls(measures, unit_ids_by_key())

    def resolve_all(self, rows: Iterable[NewObservation], *, digits_checked: bool) -> list[Resolved]:
        """All rows, or the refusal of the first that cannot be taken."""
        return [self._resolve(row, digits_checked=digits_checked) for row in rows]

    def _resolve(self, row: NewObservation, *, digits_checked: bool) -> Resolved:
        measure = self.measures.get(row.measure)
        if measure is None:
            raise MeasureUnknown(key=row.measure)
        if row.unit not in self.units:
            raise UnitUnknown(key=row.unit)
        for number in row.numbers:
            if number is not None:
                check_number(number, measure=row.measure, row=row.source_row, digits_checked=digits_checked)
        _check_whole(row, measure.kind)
        key = LedgerKey(measure.pk, row.series, self.units[row.unit], _segment(row, measure), row.period)
        content = Content(*row.numbers, row.kind, row.obs_status, row.release_status)
        return Resolved(key, content, row.unit, row.recorded_at, row.source_file, row.source_row)


def _segment(row: NewObservation, measure: MeasureEntry) -> int:
    if row.segment is None and not measure.segments:
        return 0
    if row.segment is None or row.segment not in measure.segments:
        raise SegmentUnknown(measure=row.measure, segment=row.segment or "")
    return measure.segments[row.segment]


def _check_whole(row: NewObservation, kind: AggregationKind) -> None:
    if row.kind == _WITHDRAWN or row.obs_status in _WITHOUT_NUMBER:
        return
    value, numerator, denominator, n = row.numbers
    has = value is not None, numerator is not None, denominator is not None, n is not None
    if has not in _WHOLE[kind.has_denominator]:
        raise ObservationIncomplete(measure=row.measure, row=row.source_row, kind=kind.value)


# Which of value, numerator, denominator, n a whole row names, by whether the kind divides.
_WHOLE = {
    False: {(True, False, False, False)},
    True: {
        (False, True, True, False),
        (False, True, True, True),
        (False, True, False, True),  # net_share: promoters − detractors, and n
        (True, False, True, False),  # index: value and base
        (True, False, False, True),  # mean: value and n
    },
}
