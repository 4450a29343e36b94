"""Take a decision on limits back; what was known before stays known."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.governance.annotations.actions.saying import speaker
from fourfold.governance.signals.actions.events import LimitDecisionWithdrawn
from fourfold.governance.signals.models import DecisionUnknown, LimitDecision, Withdrawal
from fourfold.governance.signals.queries.deciding import require_to_decide
from fourfold.governance.signals.queries.series import series_now
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal

__all__ = ["WithdrawnAlready", "withdraw_decision"]


class WithdrawnAlready(Refusal):
    code, status = "LIMIT_DECISION_WITHDRAWN", 409
    sentence = _("This decision was withdrawn already.")


@transaction.atomic
def withdraw_decision(measure: str, unit: str, *, decision: int, scope: Scope, at: datetime) -> None:
    """Limits are again as if it had not been made.

    Raises:
        DecisionUnknown, NotPermitted, WithdrawnAlready, NotFounded, UnitUnknown, OutOfScope.
    """
    scope.require(unit)
    rows = LimitDecision.objects.visible_to(scope).select_related("unit")
    row = rows.get_or_refuse(pk=decision)
    if (row.measure, row.unit.key) != (measure, unit):
        raise DecisionUnknown
    table = series_now(row.unit.key, scope=scope, at=at)
    if row.measure in table.series:
        require_to_decide(table.series[row.measure].version, unit=row.unit.key, scope=scope)
    else:  # the measure is gone from the unit: whoever keeps the method tidies up
        scope.require_to(Act.DECIDE_LIMITS, unit=row.unit.key)
    if Withdrawal.objects.visible_to(scope).filter(decision=row).exists():
        raise WithdrawnAlready
    Withdrawal.objects.create(decision=row, author_id=speaker(scope), recorded_at=at)
    event = LimitDecisionWithdrawn(
        f"measure/{row.measure}",
        decision=row.pk,
        kind=row.kind,
        unit=row.unit.key,
        period=row.first_period,
    )
    audit.record(event, scope=scope, at=at)
