"""Take numbers from the ledger's head: the one place where `seq` is handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal
from fourfold.scorecard.measures.models import LedgerEntry, LedgerHead

__all__ = ["HistoryNotAllowed", "LedgerTurn", "take_turn"]


class HistoryNotAllowed(Refusal):
    code, status = "HISTORY_NOT_ALLOWED", 409
    sentence = _("A time of recording may only be given while an organisation is founded.")
    remedy = _("Leave it out: what is written now is known from now on.")


@dataclass(slots=True)
class LedgerTurn:
    """Whoever holds the head's lock: until the transaction ends nobody else gets a number."""

    seq: int
    recorded_at: datetime | None

    def open_entry(
        self,
        count: int,
        *,
        at: datetime,
        actor: str,
        source_run: str = "",
        is_definition: bool = False,
        is_history: bool = False,
    ) -> LedgerEntry:
        """Number `count` rows. A clock that went back does not: `recorded_at` never decreases with seq."""
        if is_history and self.recorded_at is not None and at < self.recorded_at:
            raise HistoryNotAllowed
        at = at if self.recorded_at is None else max(at, self.recorded_at)
        entry = LedgerEntry.objects.create(
            first_seq=self.seq + 1,
            last_seq=self.seq + count,
            recorded_at=at,
            actor=actor,
            source_run=source_run,
            is_definition=is_definition,
            is_history=is_history,
        )
        LedgerHead.objects.filter(pk=1).update(seq=entry.last_seq, recorded_at=at)
        self.seq, self.recorded_at = entry.last_seq, at
        return entry


def take_turn() -> LedgerTurn:
    """Lock the head by UPDATE inside the caller's transaction; numbers then follow the order of commits."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a seq is taken inside the transaction that uses it")
    LedgerHead.objects.get_or_create(pk=1, defaults={"seq": 0})
    LedgerHead.objects.filter(pk=1).update(seq=F("seq"))
    head = LedgerHead.objects.get(pk=1)
    return LedgerTurn(head.seq, head.recorded_at)
