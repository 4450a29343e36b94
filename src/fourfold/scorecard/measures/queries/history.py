"""The rows behind a number, with who said them, when, and from which line of which file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import Observation

__all__ = ["LedgerLine", "observation_history"]


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


def observation_history(
    measure: str, *, scope: Scope, units: Collection[str], periods: range, as_of_seq: int | None = None
) -> tuple[LedgerLine, ...]:
    """Every row of a measure for these units and period ordinals as known, newest first within a key. One query.

    Units outside the scope are left out, not refused: a subtree shows what one may see of it.
    """
    rows = Observation.objects.visible_to(scope).filter(
        measure__key=measure,
        unit__key__in=list(units),
        period__gte=periods.start,
        period__lt=periods.stop,
    )
    if as_of_seq is not None:
        rows = rows.filter(seq__lte=as_of_seq)
    newest_first = rows.select_related("entry", "unit", "source").order_by(
        "-period", "unit__ordinal", "segment", "-seq"
    )
    lines: list[LedgerLine] = []
    for row in newest_first:
        lines.append(_line(row, newer=lines[-1] if lines else None))
    return tuple(lines)


def _line(row: Observation, *, newer: LedgerLine | None) -> LedgerLine:
    key = (row.unit.key, row.segment, row.series, row.period)
    is_superseded = newer is not None and key == (newer.unit, newer.segment, newer.series, newer.period)
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
        superseded_at=newer.recorded_at if newer is not None and is_superseded else None,
        actor=row.entry.actor,
        source_run=row.entry.source_run,
        source_file=row.source.name if row.source else None,
        source_row=row.source_row,
    )
