"""Where the ledger stands, and where it stood."""

from __future__ import annotations

from datetime import datetime

from fourfold.scorecard.measures.models import LedgerEntry, LedgerHead

__all__ = ["definitions_seq", "head_seq", "recorded_at_of", "seq_as_of"]


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


def recorded_at_of(seq: int) -> datetime | None:
    """When the row of this seq became known."""
    entry = LedgerEntry.objects.filter(first_seq__lte=seq).order_by("-first_seq").first()
    return entry.recorded_at if entry else None
