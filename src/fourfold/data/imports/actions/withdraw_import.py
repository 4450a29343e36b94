"""Take an import back: the ledger says again what it said before."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.actions.restore_targets import RestoredTargets, restore_targets
from fourfold.data.imports.actions.telling import Tell, own_transaction, silent
from fourfold.data.imports.models import ImportRun
from fourfold.data.imports.queries.runs import wanted_rights
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.jobs.lease import Effect
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.disk_full import refusing_full_disk
from fourfold.scorecard.measures.actions.append_observations import append_batch
from fourfold.scorecard.measures.actions.ledger_batch import LedgerBatch, latest_of_each_key
from fourfold.scorecard.measures.actions.open_entry import take_turn
from fourfold.scorecard.measures.queries.current import CurrentColumns, known_columns
from fourfold.scorecard.measures.queries.runs import KeptKey, keys_told, rows_of_run

__all__ = ["ImportWithdrawn", "ReasonMissing", "Withdrawn", "require_withdrawable", "withdraw_import"]

_WITHDRAWN, _NORMAL = ord("w"), ord("A")
SHOWN = 100


class ReasonMissing(Refusal):
    code, status = "REASON_MISSING", 422
    sentence = _("Taking an import back needs a reason.")
    remedy = _("Say why, in a sentence that the next reader understands.")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """`restored` keys have their earlier value again, `withdrawn` ones none; `kept` were overwritten since and stay.

    `kept` lists the first hundred of `kept_count`. `targets` likewise of targets. All zero where the import was taken
    back before.
    """

    reference: str
    restored: int
    withdrawn: int
    kept_count: int
    kept: tuple[KeptKey, ...] = ()
    targets: RestoredTargets = field(default_factory=RestoredTargets)


@dataclass(frozen=True, slots=True)
class ImportWithdrawn(Event):
    """What was taken back, why, and what stayed."""

    reason: str
    restored: int
    withdrawn: int
    kept: int
    targets: int
    targets_kept: int


def withdraw_import(
    reference: str,
    *,
    reason: str,
    scope: Scope,
    at: datetime,
    tell: Tell = silent,
    within: AbstractContextManager[Effect] | None = None,
) -> Withdrawn:
    """Append, for every value that still comes from this run, what was known before it. A second time does nothing.

    Targets that still are the run's become what they were. Units and measures that the
    import brought stay: others may have built on them, and they are edited as definitions. `within` is
    the transaction where it is somebody else's (a job's, which ends with it).

    Raises:
        RunUnknown, OutOfScope, NotPermitted, ReasonMissing, PeriodFinal, TargetsOfFinalPeriod, DiskFull.
    """
    with refusing_full_disk(), within or own_transaction() as effect:
        take_turn()
        run = require_withdrawable(reference, reason=reason, scope=scope)
        taken = (
            Withdrawn(reference, 0, 0, 0)
            if run.withdrawn_at is not None
            else _withdraw(run, reason=reason.strip(), scope=scope, at=at, tell=tell)
        )
        effect.leaves(
            {
                "run": reference,
                "restored": taken.restored,
                "withdrawn": taken.withdrawn,
                "kept": taken.kept_count,
                "targets": taken.targets.restored,
                "targets_kept": taken.targets.kept,
            }
        )
        return taken


def require_withdrawable(reference: str, *, reason: str, scope: Scope) -> ImportRun:
    """The run, once it is known that this person may take it back and says why; one taken back already needs no reason.

    Raises:
        RunUnknown, OutOfScope, NotPermitted, ReasonMissing. A run whose targets one may not edit is not taken back by
        half: nobody could take back the rest.
    """
    run = ImportRun.objects.visible_to(scope).get_or_refuse(reference=reference)
    scope.require_to(Act.WITHDRAW_IMPORT)
    for act, unit in wanted_rights(run):
        scope.require(unit)
        scope.require_to(act, unit=unit)
    if run.withdrawn_at is None and not reason.strip():
        raise ReasonMissing
    return run


def _withdraw(run: ImportRun, *, reason: str, scope: Scope, at: datetime, tell: Tell) -> Withdrawn:
    before, overwritten = _said_before(rows_of_run(run.reference))
    batch = LedgerBatch.again(before)
    appended = (
        append_batch(
            batch,
            scope=scope,
            at=at,
            run=f"{run.reference}-undone",
            progress=lambda done, total: tell("Taking values back", done=done, total=total),
        )
        if len(batch)
        else None
    )
    gone = int((before["kind"] == _WITHDRAWN).sum())
    kept = keys_told(overwritten[:SHOWN])
    run.withdrawn_at, run.withdrawn_by, run.withdrawal_reason = at, scope.person_key, reason
    run.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    restored = (appended.written if appended else 0) - gone
    targets = restore_targets(run, scope=scope, at=at)
    event = ImportWithdrawn(
        f"import/{run.reference}",
        reason,
        restored,
        gone,
        int(overwritten.size),
        targets=targets.restored,
        targets_kept=targets.kept,
    )
    audit.record(event, scope=scope, at=at)
    return Withdrawn(run.reference, restored, gone, int(overwritten.size), kept, targets)


def _said_before(written: CurrentColumns) -> tuple[CurrentColumns, CurrentColumns]:
    """What was known of each key before the run, as rows to say again; and the run's rows that were overwritten since.

    A key of which nothing was known gets a row that takes the value back.
    """
    if not written.size:
        return written, written
    known = known_columns(
        written["measure"],
        written["unit"],
        first=int(written["period"].min()),
        last=int(written["period"].max()),
    )
    ours = np.isin(known["seq"], written["seq"])
    latest = latest_of_each_key(known)
    is_current = latest & ours
    overwritten = written[~np.isin(written["seq"], known["seq"][is_current])]
    said = known[is_current].copy()
    earlier = known[~ours & (known["seq"] < int(written["seq"].min()))]
    place = LedgerBatch.again(said).places_in(earlier)
    for name in ("value", "numerator", "denominator", "n", "kind", "obs_status", "release_status"):
        found = earlier[name][np.maximum(place, 0)] if earlier.size else said[name]
        said[name] = np.where(place >= 0, found, _NOTHING.get(name, said[name]))
    return said, overwritten


_NOTHING = {
    "value": np.nan,
    "numerator": np.nan,
    "denominator": np.nan,
    "n": np.nan,
    "kind": _WITHDRAWN,
    "obs_status": _NORMAL,
    "release_status": 0,
}
