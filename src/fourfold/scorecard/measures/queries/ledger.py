"""Where the ledger stands, and where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fourfold.scorecard.measures.models import LedgerEntry, LedgerHead, Measure, Observation

__all__ = ["definitions_seq", "has_rows_of", "head_seq", "seq_as_of"]


def head_seq() -> int:
    """The last seq handed out and committed; 0 where nothing is. One row by its key."""
    return LedgerHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def definitions_seq(upto: int) -> int:
    """The seq at which the definitions known at `upto` were written; 0 where none were."""
    written = LedgerEntry.objects.filter(is_definition=True, last_seq__lte=upto).order_by("-last_seq")
    return written.values_list("last_seq", flat=True).first() or 0


def seq_as_of(time: datetime) -> int:
    """The one seq that “as known on” resolves to: everything recorded at or before `time`; 0 where nothing was."""
    entry = LedgerEntry.objects.filter(recorded_at__lte=time).order_by("-last_seq").first()
    return entry.last_seq if entry else 0


def has_rows_of(measures: Sequence[str], *, units: Sequence[str]) -> bool:
    """Whether one of these measures has a row, or any measure one of these units. For the cube, never for showing.

    Two queries at most, each a look into the index by measure and unit.
    """
    if measures and Observation.objects.filter(measure__key__in=measures).exists():
        return True
    known = Measure.objects.values_list("pk", flat=True)
    return bool(units) and Observation.objects.filter(measure__in=known, unit__key__in=units).exists()
