"""Retire a measure from a day on, and restore it: its history stays either way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Measure
from fourfold.governance.changes.pages.measure_form import editable_measure
from fourfold.governance.changes.pages.measure_formula import operands_of
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.evaluation.queries.final_months import refuse_in_final_month

__all__ = [
    "AlreadyRetired",
    "MeasureRead",
    "MeasureRestored",
    "MeasureRetired",
    "NotRetired",
    "RetiredBeforeItsVersion",
    "restore_measure",
    "retire_measure",
]


class AlreadyRetired(Refusal):
    code, status = "MEASURE_ALREADY_RETIRED", 409
    sentence = _("This measure is retired already. Restore it first.")


class NotRetired(Refusal):
    code, status = "MEASURE_NOT_RETIRED", 409
    sentence = _("This measure is not retired.")


class RetiredBeforeItsVersion(Refusal):
    code, status = "MEASURE_RETIRED_TOO_EARLY", 409
    sentence = _("Version {number} is valid from {day}; a measure ends after its last version has begun.")
    remedy = _("Choose a later day.")


class MeasureRead(Refusal):
    """Retiring an operand would blank whatever is computed from it."""

    code, status = "MEASURE_IS_READ", 409
    sentence = _("These measures are computed from it: {readers}.")
    remedy = _("Change their formulas or retire them first.")


@dataclass(frozen=True, slots=True)
class MeasureRetired(Event):
    """From which day on, and why."""

    on: date
    reason: str
    seq: int


@dataclass(frozen=True, slots=True)
class MeasureRestored(Event):
    """It takes values again."""

    seq: int


@transaction.atomic
def retire_measure(key: str, *, on: date, reason: str, scope: Scope, at: datetime) -> None:
    """Take no more values and count nowhere on pages that end on the day or later.

    Raises:
        MeasureUnknown, OutOfScope, NotPermitted, AlreadyRetired, RetiredBeforeItsVersion, MeasureRead,
        InFinalPeriod.
    """

    def retired(measure: Measure, known: Definitions) -> Measure:
        _refuse(measure, on, known=known)
        refuse_in_final_month(on, unit=measure.units.unit, calendar=known.organisation.calendar)
        return replace(measure, retired_on=on)

    seq = _change(key, retired, scope=scope, at=at)
    audit.record(MeasureRetired(f"measure/{key}", on, reason, seq), scope=scope, at=at)


@transaction.atomic
def restore_measure(key: str, *, scope: Scope, at: datetime) -> None:
    """Take values again, as if it had never been retired.

    Raises:
        MeasureUnknown, OutOfScope, NotPermitted, NotRetired, InFinalPeriod.
    """

    def restored(measure: Measure, known: Definitions) -> Measure:
        if measure.retired_on is None:
            raise NotRetired
        calendar = known.organisation.calendar
        refuse_in_final_month(measure.retired_on, unit=measure.units.unit, calendar=calendar)
        return replace(measure, retired_on=None)

    seq = _change(key, restored, scope=scope, at=at)
    audit.record(MeasureRestored(f"measure/{key}", seq), scope=scope, at=at)


def _change(
    key: str, changed: Callable[[Measure, Definitions], Measure], *, scope: Scope, at: datetime
) -> int:
    unit = editable_measure(read_definitions(), key, scope=scope).units.unit

    def with_it(known: Definitions) -> Definitions:
        after = changed(editable_measure(known, key, scope=scope), known)
        return replace(known, measures=tuple(after if each.key == key else each for each in known.measures))

    return change_definitions(with_it, act=Act.EDIT_MEASURES, unit=unit, scope=scope, at=at).seq


def _refuse(measure: Measure, on: date, *, known: Definitions) -> None:
    if measure.retired_on is not None:
        raise AlreadyRetired
    last = measure.versions[-1]
    if last.valid_from is not None and last.valid_from >= on:
        raise RetiredBeforeItsVersion(number=last.number, day=last.valid_from)
    readers = [each.name for each in readers_of(measure.key, known=known)]
    if readers:
        raise MeasureRead(readers=", ".join(readers))


def readers_of(key: str, *, known: Definitions) -> list[Measure]:
    """The live measures whose latest formula reads this one."""
    return [
        each
        for each in known.measures
        if each.retired_on is None and key in operands_of(each.versions[-1].formula)
    ]
