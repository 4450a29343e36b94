"""Take an import back: a small one here and now, a large one as a job with a progress bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fourfold.data.imports.actions.asking_again import fresh_key
from fourfold.data.imports.actions.withdraw_import import Withdrawn, require_withdrawable, withdraw_import
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.actions.enqueue import enqueue

__all__ = ["UNDO_JOB", "UndoAsked", "undo_import"]

UNDO_JOB = "imports.withdraw"

AT_ONCE = 5_000
"""Values: so many are taken back in less than a second, and nobody waits long for the ledger's lock."""


@dataclass(frozen=True, slots=True)
class UndoAsked:
    """Done already, or the key of the job that does it."""

    withdrawn: Withdrawn | None = None
    job: str = ""


@transaction.atomic
def undo_import(reference: str, *, reason: str, scope: Scope, at: datetime) -> UndoAsked:
    """Take it back if it wrote at most five thousand values; else queue that, after the same questions.

    Raises:
        What `withdraw_import` raises; of a queued one PeriodFinal and DiskFull end the job.
    """
    run = require_withdrawable(reference, reason=reason, scope=scope)
    if run.values_written <= AT_ONCE or run.withdrawn_at is not None:
        return UndoAsked(withdrawn=withdraw_import(reference, reason=reason, scope=scope, at=at))
    key = fresh_key(f"{UNDO_JOB}-{reference}-{scope.person_key}", scope=scope)
    payload = {"run": reference, "reason": reason.strip()}
    return UndoAsked(job=enqueue(UNDO_JOB, payload, key=key, scope=scope, at=at).key)
