"""Restatements in one's sight, and what one may do with each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fourfold.data.entry.models import RestatedValue, Restatement, RestatementState, RestatementVerdict
from fourfold.data.entry.models.restatement import APPROVERS_NEEDED
from fourfold.data.entry.pages.restatements import (
    RestatementLine,
    RestatementPage,
    RestatementView,
    VerdictLine,
)
from fourfold.data.entry.queries.restating import reopened_values, standing_approvals
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import MeasureListing

__all__ = ["MOST_DECIDED", "pending_of_measures", "read_restatements"]

MOST_DECIDED = 50
"""Decided ones on the page: the journal holds all."""


def read_restatements(scope: Scope) -> RestatementPage:
    """Those that wait, and the last decided ones. A dozen queries, whatever their number."""
    rows = Restatement.objects.visible_to(scope).select_related("unit", "proposer")
    rows = rows.prefetch_related("values_wanted__measure", "verdicts__person")
    waiting = list(rows.filter(state=RestatementState.PENDING.value))
    decided = list(rows.exclude(state=RestatementState.PENDING.value)[:MOST_DECIDED])
    reader = _Reader(scope, _known_names(), standing_approvals(waiting), reopened_values(waiting))
    return RestatementPage(
        tuple(reader.view(row) for row in waiting), tuple(reader.view(row) for row in decided)
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


@dataclass(frozen=True, slots=True)
class _Reader:
    """What all views of one page share."""

    scope: Scope
    names: Mapping[str, str]
    standing: Mapping[int, frozenset[int]]
    reopened: Mapping[int, RestatedValue]

    def view(self, row: Restatement) -> RestatementView:
        """A restatement; of a decided one every approval stands that was given then."""
        verdicts = list(row.verdicts.all())
        is_pending = row.state == RestatementState.PENDING.value
        standing = self.standing.get(row.pk, frozenset(each.pk for each in verdicts))
        why_not = _why_not(row, self.scope) if is_pending else ""
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
            lines=tuple(self._line(each) for each in row.values_wanted.all()),
            verdicts=tuple(_verdict(each, standing=standing) for each in verdicts),
            approvals_left=max(
                0, APPROVERS_NEEDED - sum(each.is_approval and each.pk in standing for each in verdicts)
            ),
            may_decide=is_pending and not why_not,
            may_withdraw=is_pending and row.proposer_id == self.scope.person_id,
            why_not=why_not,
            reopened=self.reopened[row.pk].period_label if row.pk in self.reopened else "",
        )

    def _line(self, value: RestatedValue) -> RestatementLine:
        key = value.measure.key
        return RestatementLine(
            key,
            self.names.get(key, key),
            value.segment_key,
            value.period_label,
            value.before,
            value.after,
            value.value,
        )


def _verdict(row: RestatementVerdict, *, standing: Collection[int]) -> VerdictLine:
    is_standing = not row.is_approval or row.pk in standing
    return VerdictLine(row.person.name, row.is_approval, is_standing, row.comment, row.at)


def _why_not(row: Restatement, scope: Scope) -> str:
    """Why this person cannot approve it; empty where they can."""
    if row.proposer_id == scope.person_id:
        return _("You proposed it: two others decide.")
    if any(verdict.person_id == scope.person_id for verdict in row.verdicts.all()):
        return _("You have decided; one more person is needed.")
    if not scope.may(Act.APPROVE_RESTATEMENT, unit=row.unit.key):
        return _("Two approvers of this unit decide.")
    return ""
