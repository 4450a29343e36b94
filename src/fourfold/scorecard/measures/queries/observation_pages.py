"""The rows behind a number a page at a time: who said them, when, from which line of which file; when restated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import Observation
from fourfold.scorecard.measures.models.ledger import ObservationQuerySet

__all__ = ["LedgerLine", "LedgerPage", "LedgerPlace", "observation_page", "restated_at"]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One row of the ledger as a person reads it. `superseded_at` is None while the row counts."""

    seq: int
    unit: str
    segment: int
    series: int
    period: int
    value: float | None
    numerator: float | None
    denominator: float | None
    n: float | None
    kind: str
    obs_status: str
    release_status: str
    recorded_at: datetime
    superseded_at: datetime | None
    actor: str
    source_run: str
    source_file: str | None
    source_row: int | None


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """Whose rows: of a measure, of these units and native periods, known up to a seq (None: now)."""

    measure: str
    units: Collection[str]
    periods: range
    as_of_seq: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Rows `start` and following of `total`, the newest period first."""

    lines: tuple[LedgerLine, ...]
    start: int
    total: int


def observation_page(place: LedgerPlace, *, scope: Scope, start: int, at_most: int) -> LedgerPage:
    """Some rows and how many there are. Two queries, whatever the number of rows; beyond the last row, the first ones.

    Units outside the scope are left out, not refused: a subtree shows what one may see of it.
    """
    rows = _rows(place, scope)
    later = _of_the_same_key(place, scope).filter(seq__gt=OuterRef("seq")).order_by("seq")
    shown = (
        rows.annotate(superseded_at=Subquery(later.values("entry__recorded_at")[:1]))
        .select_related("entry", "unit", "source")
        .order_by("-period", "unit__ordinal", "segment", "-seq")
    )
    total = rows.count()
    first = start if start < total else 0
    return LedgerPage(tuple(_line(row) for row in shown[first : first + at_most]), first, total)


def restated_at(place: LedgerPlace, *, scope: Scope, at_most: int = 5) -> tuple[datetime, ...]:
    """The moments at which a row behind the number was replaced, the latest first. One query."""
    earlier = _of_the_same_key(place, scope).filter(seq__lt=OuterRef("seq"))
    moments = (
        _rows(place, scope)
        .filter(Exists(earlier))
        .order_by("-entry__recorded_at")
        .values_list("entry__recorded_at", flat=True)
        .distinct()
    )
    return tuple(moments[:at_most])


def _rows(place: LedgerPlace, scope: Scope) -> ObservationQuerySet:
    return _known(place, scope).filter(
        measure__key=place.measure,
        unit__key__in=list(place.units),
        period__gte=place.periods.start,
        period__lt=place.periods.stop,
    )


def _known(place: LedgerPlace, scope: Scope) -> ObservationQuerySet:
    rows = Observation.objects.visible_to(scope)
    return rows if place.as_of_seq is None else rows.filter(seq__lte=place.as_of_seq)


def _of_the_same_key(place: LedgerPlace, scope: Scope) -> ObservationQuerySet:
    names = ("measure_id", "unit_id", "period", "series", "segment")
    return _known(place, scope).filter(**{name: OuterRef(name) for name in names})


def _line(row: Observation) -> LedgerLine:
    return LedgerLine(
        seq=row.seq,
        unit=row.unit.key,
        segment=row.segment,
        series=row.series,
        period=row.period,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        n=row.n,
        kind=row.get_kind_display(),
        obs_status=row.get_obs_status_display(),
        release_status=row.get_release_status_display(),
        recorded_at=row.entry.recorded_at,
        superseded_at=getattr(row, "superseded_at", None),
        actor=row.entry.actor,
        source_run=row.entry.source_run,
        source_file=row.source.name if row.source else None,
        source_row=row.source_row,
    )
