"""Apply measures and their objectives to many units at once, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, PeriodUnknown
from fourfold.engine.definitions import Definitions
from fourfold.governance.changes.pages.apply_plan import ApplyPlan, plan_application
from fourfold.governance.changes.pages.measure_form import listed_measures
from fourfold.governance.changes.queries.units_taking import refuse_units_in_final_months
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.periods.queries import today
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = ["Application", "NothingToApply", "ScorecardApplied", "apply_scorecard", "propose_application"]


class NothingToApply(Refusal):
    code, status = "NOTHING_TO_APPLY", 422
    sentence = _("Every chosen unit has every chosen measure already.")
    remedy = _("Choose other measures or units.")


class FirstPeriodUnread(Refusal):
    code, status = "FIRST_PERIOD_UNREAD", 422
    sentence = _("“{text}” is not a period.")
    remedy = _(
        "Write a month such as {example}, a quarter or a year; leave it empty for the measure's first period."
    )


class ApplicationEmpty(Refusal):
    code, status = "APPLICATION_EMPTY", 422
    sentence = _("Choose at least one measure and one unit.")


@dataclass(frozen=True, slots=True)
class Application:
    """Which measures come to which units; `source` is the unit whose targets are copied, empty: none.

    `first_period` is the key of the first one that the new units owe; empty: the measure's own first.
    """

    measures: tuple[str, ...]
    units: tuple[str, ...]
    source: str = ""
    reason: str = ""
    first_period: str = ""


@dataclass(frozen=True, slots=True)
class ScorecardApplied(Event):
    """What came to which units from which period on, and why."""

    measures: tuple[str, ...]
    units: tuple[str, ...]
    reason: str
    seq: int
    first_period: str = ""


def propose_application(asked: Application, *, scope: Scope, at: datetime) -> ApplyPlan:
    """What applying would change; nothing is written.

    Raises:
        NotPermitted, OutOfScope, ApplicationEmpty, FirstPeriodUnread.
    """
    return _planned(read_definitions(), asked, scope=scope, at=at)


@transaction.atomic
def apply_scorecard(asked: Application, *, scope: Scope, at: datetime) -> ApplyPlan:
    """Widen every selector and copy the targets, or nothing at all.

    Raises:
        NotPermitted, OutOfScope, ApplicationEmpty, FirstPeriodUnread, NothingToApply, UnitsTakingInFinalPeriod,
        DefinitionsRefused.
    """
    plans: list[ApplyPlan] = []

    def with_them(known: Definitions) -> Definitions:
        plan = _planned(known, asked, scope=scope, at=at)
        if plan.is_nothing:
            raise NothingToApply
        plans.append(plan)
        held = {measure.key: measure for measure in known.measures}
        for measure in plan.after.measures:
            if measure.units != held[measure.key].units:
                refuse_units_in_final_months(held[measure.key], measure, known=known)
        return plan.after

    if not asked.units:
        raise ApplicationEmpty
    written = change_definitions(with_them, act=Act.APPLY_SCORECARD, unit=asked.units[0], scope=scope, at=at)
    event = ScorecardApplied(
        f"unit/{asked.units[0]}", asked.measures, asked.units, asked.reason, written.seq, asked.first_period
    )
    audit.record(event, scope=scope, at=at)
    return plans[0]


def _planned(known: Definitions, asked: Application, *, scope: Scope, at: datetime) -> ApplyPlan:
    _refuse(known, asked, scope=scope)
    day = today(known.organisation, at=at)
    return plan_application(
        known,
        measures=asked.measures,
        units=_in_listed_order(known, asked.units),
        source=asked.source,
        since=_first_day(asked.first_period, calendar=known.organisation.calendar, today=day),
        today=day,
    )


def _first_day(text: str, *, calendar: FiscalCalendar, today: date) -> date | None:
    if not text:
        return None
    try:
        return calendar.first_day(calendar.parse(text))
    except PeriodUnknown as unknown:
        example = calendar.key(calendar.period_of(Frequency.MONTH, today))
        raise FirstPeriodUnread(text=text, example=example) from unknown


def _refuse(known: Definitions, asked: Application, *, scope: Scope) -> None:
    if not asked.measures or not asked.units:
        raise ApplicationEmpty
    for unit in asked.units:
        scope.require_to(Act.APPLY_SCORECARD, unit=unit)
    if asked.source:
        scope.require(asked.source)
    readable = {measure.key for measure in listed_measures(known, scope=scope)}
    for key in asked.measures:
        if key not in readable:
            raise MeasureUnknown(key=key)


def _in_listed_order(known: Definitions, units: Sequence[str]) -> list[str]:
    return [unit.key for unit in known.units if unit.key in set(units)]
