"""Propose to change final values: nothing changes until two others approve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fourfold.data.entry.actions.keep_draft import discard_draft
from fourfold.data.entry.actions.save_entry import sheet_of, unfit_grid
from fourfold.data.entry.actions.telling_restatements import tell_approvers
from fourfold.data.entry.models import RestatedValue, Restatement, RestatementClass
from fourfold.data.entry.pages.grid import EntryGrid, GridAsked
from fourfold.data.entry.queries.grid import Slip
from fourfold.data.entry.queries.reading import grid_page, person_of
from fourfold.data.entry.queries.standing import measure_ids_by_key
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.actions.open_entry import take_turn

__all__ = ["Proposed", "RestatementProposed", "propose_restatement"]


@dataclass(frozen=True, slots=True)
class RestatementProposed(Event):
    """Which unit's final values should change, of which class (IAS 8), and why."""

    unit: str
    restatement_class: str
    values: int
    reason: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """The restatement, or the grid with what must be mended first."""

    pk: int = 0
    grid: EntryGrid | None = None


@transaction.atomic
def propose_restatement(
    asked: GridAsked, *, restatement_class: str, reason: str, scope: Scope, at: datetime
) -> Proposed:
    """Keep what was typed over final values as a pending restatement.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, NotPermitted, PeriodUnknownHere.
    """
    scope.require_to(Act.RESTATE_VALUES, unit=asked.place.unit)
    take_turn()
    sheet = sheet_of(asked, scope=scope, at=at)
    slips = [slip for slip in sheet.changed if slip.row.is_final]
    unfit = unfit_grid(asked, sheet, scope=scope, at=at)
    code, problem = ("", "") if unfit else _problem(slips, restatement_class, reason=reason)
    if unfit or problem:
        page = unfit or grid_page(scope, asked, draft=None, at=at)
        kept = replace(page, problem=problem, problem_code=code)
        return Proposed(grid=replace(kept, restatement_class=restatement_class, reason=reason))
    restatement = Restatement.objects.create(
        unit=Unit.objects.visible_to(scope).get_or_refuse(key=asked.place.unit),
        restatement_class=restatement_class,
        reason=reason.strip(),
        proposer_id=person_of(scope),
        proposed_at=at,
    )
    measures = measure_ids_by_key({slip.key[0] for slip in slips})
    RestatedValue.objects.bulk_create(
        _value(slip, restatement, measure_id=measures[slip.key[0]]) for slip in slips
    )
    event = RestatementProposed(
        f"restatement/{restatement.pk}",
        unit=asked.place.unit,
        restatement_class=restatement_class,
        values=len(slips),
        reason=reason.strip(),
    )
    audit.record(event, scope=scope, at=at)
    tell_approvers(restatement, at=at)
    discard_draft(asked, scope=scope)
    return Proposed(restatement.pk)


def _problem(slips: list[Slip], restatement_class: str, *, reason: str) -> tuple[str, str]:
    """The code and the words of what keeps it from being proposed; both empty where nothing does."""
    if not slips:
        return "NOTHING_CHANGED", _("No final value was changed: there is nothing to restate.")
    if restatement_class not in RestatementClass.values:
        return "CLASS_MISSING", _("Choose what kind of change it is.")
    if not reason.strip():
        return "REASON_MISSING", _("Say why the published value changes.")
    return "", ""


def _value(slip: Slip, restatement: Restatement, *, measure_id: int) -> RestatedValue:
    _measure, series, segment, period = slip.key
    numbers = slip.numbers
    return RestatedValue(
        restatement=restatement,
        measure_id=measure_id,
        series=series,
        segment=segment,
        segment_key=slip.segment or "",
        period=period,
        period_label=slip.row.period,
        before=_told(*slip.cell.was),
        after=_told(slip.cell.first, slip.cell.second) if not numbers.is_nothing else _("withdrawn"),
        value=numbers.value,
        numerator=numbers.numerator,
        denominator=numbers.denominator,
        n=numbers.n,
        replaces=slip.standing.seq if slip.standing else 0,
    )


def _told(first: str, second: str) -> str:
    return f"{first.strip()} / {second.strip()}" if second.strip() else first.strip()
