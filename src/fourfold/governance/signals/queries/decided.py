"""Where limits begin anew and what has a special cause, everywhere at once: evaluations ask for it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from fourfold.engine.limit_decisions import DecidedLimits
from fourfold.governance.signals.models import DecisionKind, LimitDecision
from fourfold.platform.accounts.scope import INSTALLATION

__all__ = ["decided_limits"]


def decided_limits(as_of: datetime | None) -> dict[tuple[str, str], DecidedLimits]:
    """By measure and unit; an evaluation shows of it what its reader's units show. One query.

    Args:
        as_of: what stood at that moment; None: now.
    """
    rows = LimitDecision.objects.visible_to(INSTALLATION).filter(
        kind__in=(DecisionKind.REBASE, DecisionKind.SPECIAL_CAUSE)
    )
    if as_of is None:
        rows = rows.filter(withdrawal=None)
    else:
        gone_later = Q(withdrawal=None) | Q(withdrawal__recorded_at__gt=as_of)
        rows = rows.filter(gone_later, recorded_at__lte=as_of)
    found: dict[tuple[str, str], DecidedLimits] = {}
    named = rows.order_by("pk").values_list("kind", "measure", "unit__key", "first_period", "last_period")
    for kind, measure, unit, first, last in named:
        before = found.get((measure, unit), DecidedLimits())
        if kind == DecisionKind.REBASE:
            found[measure, unit] = DecidedLimits((*before.anew, first), before.special)
        else:
            found[measure, unit] = DecidedLimits(before.anew, (*before.special, (first, last or first)))
    return found
