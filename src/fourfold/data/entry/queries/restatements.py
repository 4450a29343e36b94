"""Restatements in one's sight, and what one may do with each."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from fourfold.data.entry.models import Restatement, RestatementState
from fourfold.data.entry.models.restatement import APPROVERS_NEEDED
from fourfold.data.entry.pages.restatements import (
    RestatementLine,
    RestatementPage,
    RestatementView,
    VerdictLine,
)
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import MeasureListing

__all__ = ["MOST_DECIDED", "pending_of_measures", "read_restatements"]

MOST_DECIDED = 50
"""Decided ones on the page: the journal holds all."""


def read_restatements(scope: Scope) -> RestatementPage:
    """Those that wait, and the last decided ones. Seven queries, whatever their number."""
    rows = Restatement.objects.visible_to(scope).select_related("unit", "proposer")
    rows = rows.prefetch_related("values_wanted__measure", "verdicts__person")
    waiting = list(rows.filter(state=RestatementState.PENDING.value))
    decided = list(rows.exclude(state=RestatementState.PENDING.value)[:MOST_DECIDED])
    names = _known_names()
    return RestatementPage(
        tuple(_view(row, scope, names=names) for row in waiting),
        tuple(_view(row, scope, names=names) for row in decided),
    )


def pending_of_measures(
    measures: Collection[str], unit: str, *, scope: Scope
) -> dict[str, list[Restatement]]:
    """The pending restatements of a unit by measure key. Three queries."""
    rows = Restatement.objects.visible_to(scope).filter(
        unit__key=unit, state=RestatementState.PENDING.value, values_wanted__measure__key__in=list(measures)
    )
    found: dict[str, list[Restatement]] = {}
    for row in rows.distinct().prefetch_related("values_wanted__measure").select_related("proposer"):
        for key in {value.measure.key for value in row.values_wanted.all()}:
            found.setdefault(key, []).append(row)
    return found


def _known_names() -> dict[str, str]:
    """What the measures are called: wording, no value."""
    return dict(MeasureListing.objects.known_at(None).values_list("measure__key", "name"))


def _view(row: Restatement, scope: Scope, *, names: dict[str, str]) -> RestatementView:
    verdicts = list(row.verdicts.all())
    why_not = _why_not(row, scope)
    is_pending = row.state == RestatementState.PENDING.value
    return RestatementView(
        pk=row.pk,
        unit=row.unit.key,
        unit_name=row.unit.name,
        class_label=row.get_restatement_class_display(),
        reason=row.reason,
        proposer=row.proposer.name,
        proposed_at=row.proposed_at,
        state=row.state,
        state_label=row.get_state_display(),
        lines=tuple(
            RestatementLine(
                each.measure.key,
                names.get(each.measure.key, each.measure.key),
                each.segment_key,
                each.period_label,
                each.before,
                each.after,
                each.value,
            )
            for each in row.values_wanted.all()
        ),
        verdicts=tuple(
            VerdictLine(each.person.name, each.is_approval, each.comment, each.at) for each in verdicts
        ),
        approvals_left=max(0, APPROVERS_NEEDED - sum(each.is_approval for each in verdicts)),
        may_decide=is_pending and not why_not,
        may_withdraw=is_pending and row.proposer_id == scope.person_id,
        why_not=why_not if is_pending else "",
    )


def _why_not(row: Restatement, scope: Scope) -> str:
    """Why this person cannot approve it; empty where they can."""
    if row.proposer_id == scope.person_id:
        return _("You proposed it: two others decide.")
    if any(verdict.person_id == scope.person_id for verdict in row.verdicts.all()):
        return _("You have decided; one more person is needed.")
    if not scope.may(Act.APPROVE_RESTATEMENT, unit=row.unit.key):
        return _("Two approvers of this unit decide.")
    return ""
