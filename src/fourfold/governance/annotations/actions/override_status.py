"""Put a judgement beside an objective's computed status, or take it back (METHOD §2.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.quantities import Status
from fourfold.governance.annotations.actions.events import OverrideWithdrawn, StatusOverridden
from fourfold.governance.annotations.actions.saying import speaker, worded
from fourfold.governance.annotations.actions.telling import tell
from fourfold.governance.annotations.models import StatusOverride
from fourfold.governance.annotations.queries.anchors import Anchor, Place, place_of
from fourfold.governance.annotations.queries.overrides import computed_status
from fourfold.governance.annotations.queries.owning import require_to_judge
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile

__all__ = ["NothingToJudge", "ReasonMissing", "Verdict", "override_status", "withdraw_override"]


class ReasonMissing(Refusal):
    code, status = "OVERRIDE_REASON_MISSING", 422
    sentence = _("A judgement beside a number gives its reason.")
    remedy = _("Say in a sentence what the number does not show.")


class NothingToJudge(Refusal):
    code, status = "OVERRIDE_SAME_STATUS", 422
    sentence = _("“{status}” is what is computed anyway.")
    remedy = _("Choose another status, or leave it as it is.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which status somebody sees instead, why, and which judgement they read (0: none)."""

    status: Status
    reason: str
    edition: int = 0


@transaction.atomic
def override_status(anchor: Anchor, verdict: Verdict, *, scope: Scope, at: datetime) -> int:
    """It holds for this unit and this period alone; scores and roll-ups stay as computed. Replaces an earlier one.

    Raises:
        NotPermitted, ReasonMissing, TextTooLong, NothingToJudge, ChangedMeanwhile, and what `place_of` raises.
    """
    place = _place_to_judge(anchor, scope=scope, at=at)
    reason = worded(verdict.reason)
    if not reason:
        raise ReasonMissing
    computed = computed_status(place.anchor, scope=scope, at=at)
    if verdict.status in (computed, Status.GREY):
        raise NothingToJudge(status=verdict.status.label)
    standing = _standing(place, scope=scope)
    if (standing.pk if standing else 0) != verdict.edition:
        raise ChangedMeanwhile
    if standing:
        standing.withdraw(speaker(scope), at=at)
        standing.save(update_fields=["withdrawn_at", "withdrawn_by"])
    row = StatusOverride.objects.create(
        subject=place.anchor.subject,
        key=place.anchor.key,
        unit_id=place.unit_id,
        period=place.anchor.period,
        definitions_seq=place.definitions_seq,
        status=verdict.status.value,
        computed=computed.value,
        reason=reason,
        author_id=speaker(scope),
        given_at=at,
    )
    _record_override(place, row, scope=scope, at=at)
    return row.pk


@transaction.atomic
def withdraw_override(anchor: Anchor, *, scope: Scope, at: datetime) -> None:
    """The computed status stands alone again.

    Raises:
        NotPermitted, OverrideUnknown, and what `place_of` raises.
    """
    place = _place_to_judge(anchor, scope=scope, at=at)
    row = StatusOverride.objects.visible_to(scope).get_or_refuse(
        key=place.anchor.key, unit_id=place.unit_id, period=place.anchor.period, withdrawn_at=None
    )
    row.withdraw(speaker(scope), at=at)
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    event = OverrideWithdrawn(
        place.anchor.object, unit=place.anchor.unit, period=place.anchor.period, status=row.status
    )
    tell(audit.record(event, scope=scope, at=at), place=place, scope=scope, at=at)


def _place_to_judge(anchor: Anchor, *, scope: Scope, at: datetime) -> Place:
    place = place_of(anchor, scope=scope, at=at)
    require_to_judge(Act.OVERRIDE_STATUS, place.owner, unit=place.anchor.unit, scope=scope)
    return place


def _standing(place: Place, *, scope: Scope) -> StatusOverride | None:
    rows = StatusOverride.objects.visible_to(scope).filter(
        key=place.anchor.key, unit_id=place.unit_id, period=place.anchor.period, withdrawn_at=None
    )
    return rows.first()


def _record_override(place: Place, row: StatusOverride, *, scope: Scope, at: datetime) -> None:
    event = StatusOverridden(
        place.anchor.object,
        unit=place.anchor.unit,
        period=place.anchor.period,
        computed=row.computed,
        status=row.status,
        reason=row.reason,
    )
    tell(audit.record(event, scope=scope, at=at), place=place, scope=scope, at=at)
