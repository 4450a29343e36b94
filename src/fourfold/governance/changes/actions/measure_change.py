"""Change a measure: what was in use stays as it was, and a next version says what holds from a day on (METHOD M6.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Measure
from fourfold.governance.changes.actions.measure_add import refuse_incomplete, refuse_unread_operands
from fourfold.governance.changes.actions.measure_retire import AlreadyRetired
from fourfold.governance.changes.pages.measure_difference import ChangeClass, ProposedChange, proposed_change
from fourfold.governance.changes.pages.measure_draft import MeasureDraft
from fourfold.governance.changes.pages.measure_form import editable_measure
from fourfold.governance.changes.queries.units_taking import refuse_units_in_final_months
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions, edition
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.evaluation.queries.final_months import refuse_in_final_month

__all__ = [
    "MeasureChanged",
    "NothingChanged",
    "ReasonMissing",
    "VersionOrder",
    "VersionWithoutDay",
    "change_measure",
    "propose_change",
]


class NothingChanged(Refusal):
    code, status = "NOTHING_CHANGED", 422
    sentence = _("Nothing differs from what holds already.")
    remedy = _("Change a field, or leave this page.")


class VersionWithoutDay(Refusal):
    code, status = "VERSION_WITHOUT_DAY", 422
    sentence = _("A new version needs the day it is valid from.")
    remedy = _("Usually the first day of the next period.")


class VersionOrder(Refusal):
    code, status = "VERSION_ORDER", 409
    sentence = _("Version {number} is valid from {day}; the next one starts later.")
    remedy = _("Choose a later day.")


class ReasonMissing(Refusal):
    code, status = "REASON_MISSING", 422
    sentence = _("A change of this class ({change_class}) needs a reason.")
    remedy = _("Say why, for those who read the history in three years.")


@dataclass(frozen=True, slots=True)
class MeasureChanged(Event):
    """Which version it has now, how grave the change was, why, and at which seq it is known."""

    number: int
    change_class: str
    reason: str
    seq: int


def propose_change(key: str, draft: MeasureDraft, *, scope: Scope) -> ProposedChange:
    """What saving would do, and what it `awaits`: saving refuses nothing that this does not tell; nothing is written.

    Raises:
        MeasureUnknown, OutOfScope, NotPermitted.
    """
    known = read_definitions()
    before = editable_measure(known, key, scope=scope)
    proposed = proposed_change(before, draft, units=known.units)
    if proposed.is_nothing:
        return proposed
    try:
        _refuse_as_it_stands(before, proposed, draft, known=known, scope=scope)
    except Refusal as refusal:
        return replace(proposed, awaits=refusal)
    return proposed


@transaction.atomic
def change_measure(
    key: str, draft: MeasureDraft, *, edition_seen: str, scope: Scope, at: datetime
) -> ProposedChange:
    """Write what differs: the listing in place, everything else as a next version.

    Raises:
        MeasureUnknown, OutOfScope, NotPermitted, ChangedMeanwhile, NothingChanged, VersionWithoutDay, VersionOrder,
        ReasonMissing, InFinalPeriod, AlreadyRetired, and what `add_measure` refuses.
    """
    proposals: list[ProposedChange] = []

    def with_it(known: Definitions) -> Definitions:
        before = editable_measure(known, key, scope=scope)
        if edition(before) != edition_seen:
            raise ChangedMeanwhile
        if before.retired_on is not None:
            raise AlreadyRetired
        proposed = proposed_change(before, draft, units=known.units)
        _refuse_as_it_stands(before, proposed, draft, known=known, scope=scope)
        proposals.append(proposed)
        measures = tuple(proposed.measure if each.key == key else each for each in known.measures)
        return replace(known, measures=measures)

    written = change_definitions(with_it, act=Act.EDIT_MEASURES, unit=draft.units.unit, scope=scope, at=at)
    proposed = proposals[0]
    number = proposed.measure.versions[-1].number
    event = MeasureChanged(f"measure/{key}", number, proposed.change_class.value, draft.reason, written.seq)
    audit.record(event, scope=scope, at=at)
    return proposed


def _refuse_as_it_stands(
    before: Measure, proposed: ProposedChange, draft: MeasureDraft, *, known: Definitions, scope: Scope
) -> None:
    if proposed.is_nothing:
        raise NothingChanged
    refuse_incomplete(proposed.measure, known=known, before=before)
    _refuse(before, proposed, draft)
    refuse_unread_operands(proposed.measure, known=known, scope=scope)
    if proposed.new_version and draft.valid_from is not None:
        calendar = known.organisation.calendar
        refuse_in_final_month(draft.valid_from, unit=before.units.unit, calendar=calendar)
    if proposed.restates:
        refuse_units_in_final_months(before, proposed.measure, known=known)


def _refuse(before: Measure, proposed: ProposedChange, draft: MeasureDraft) -> None:
    if proposed.change_class is not ChangeClass.PATCH and not draft.reason:
        raise ReasonMissing(change_class=proposed.change_class.label)
    if not proposed.new_version:
        return
    if draft.valid_from is None:
        raise VersionWithoutDay
    last = before.versions[-1]
    if last.valid_from is not None and draft.valid_from <= last.valid_from:
        raise VersionOrder(number=last.number, day=last.valid_from)
