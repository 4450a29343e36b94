"""Judgements beside computed statuses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from fourfold.engine.evaluate import evaluate
from fourfold.engine.quantities import Status
from fourfold.engine.tree import ScorecardNode, scorecard_tree
from fourfold.governance.annotations.models import StatusOverride
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = [
    "Judgement",
    "computed_status",
    "former_judgements",
    "judgements_in",
    "judgements_of",
    "standing_tree",
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody judged instead, why, and what was computed then. `withdrawn_at` is None while it holds."""

    edition: int
    status: Status
    computed: Status
    reason: str
    author: str
    given_at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None


def judgements_of(
    objectives: Collection[str], *, unit: str, period: str, scope: Scope
) -> dict[str, Judgement]:
    """For each of these objectives whose status is overridden in this very unit and period. One query."""
    rows = StatusOverride.objects.visible_to(scope).filter(
        key__in=list(objectives), unit__key=unit, period=period, withdrawn_at=None
    )
    return {row.key: _judgement(row) for row in rows.select_related("author", "withdrawn_by")}


def judgements_in(
    units: Collection[str], *, period: str, scope: Scope, at: datetime | None = None
) -> dict[str, dict[str, Judgement]]:
    """By unit, then by objective, what is judged in this very period: now, or as known at a moment. One query."""
    stands = Q(withdrawn_at=None)
    if at is not None:
        stands = Q(given_at__lte=at) & (stands | Q(withdrawn_at__gt=at))
    rows = StatusOverride.objects.visible_to(scope).filter(stands, period=period)
    wanted, found = set(units), dict[str, dict[str, Judgement]]()
    for row in rows.select_related(
        "author", "withdrawn_by", "unit"
    ):  # few in a period, whatever the units asked for
        if row.unit.key in wanted:
            found.setdefault(row.unit.key, {})[row.key] = _judgement(row)
    return found


def former_judgements(anchor: Anchor, *, scope: Scope) -> tuple[Judgement, ...]:
    """Those that were withdrawn or replaced here, the latest first. One query."""
    rows = StatusOverride.objects.visible_to(scope).filter(
        key=anchor.key, unit__key=anchor.unit, period=anchor.period, withdrawn_at__isnull=False
    )
    found = rows.select_related("author", "withdrawn_by").order_by("-pk")
    return tuple(_judgement(row) for row in found)


def computed_status(anchor: Anchor, *, scope: Scope, at: datetime) -> Status:
    """What is computed for the objective now; grey where it has no score or does not belong to the unit.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    tree = standing_tree(scope, anchor.unit, period=anchor.period, at=at)
    found = (each for perspective in tree.children for each in perspective.children)
    return next((each.status for each in found if each.key == anchor.key), Status.GREY)


def standing_tree(scope: Scope, unit: str, *, period: str, at: datetime) -> ScorecardNode:
    """The unit's scorecard, computed now.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with known(at) as cube:
        place = visible_unit(cube.book, unit, scope=scope)
        shown = grain_period(cube.book, period)
        evaluation = evaluate(cube.book, cube.cube, grains=(shown.grain,), unit=place, depth=0)
        try:
            return scorecard_tree(evaluation, unit=place, period=shown)
        except IndexError as outside:
            raise PeriodNotCovered(period=period) from outside


def _judgement(row: StatusOverride) -> Judgement:
    return Judgement(
        edition=row.pk,
        status=Status(row.status),
        computed=Status(row.computed),
        reason=row.reason,
        author=row.author.name,
        given_at=row.given_at,
        withdrawn_by=row.withdrawn_by.name if row.withdrawn_by else "",
        withdrawn_at=row.withdrawn_at,
    )
