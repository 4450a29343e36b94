"""Say which chart is right for a measure in a unit, where its numbers alone cannot tell (METHOD M3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.spc import ChartKind
from fourfold.governance.signals.actions.deciding import deciding_on, reason_of
from fourfold.governance.signals.actions.events import ChartChosen
from fourfold.governance.signals.models import ChosenChart
from fourfold.governance.signals.queries.chart_kinds import fits_definition, suits
from fourfold.governance.signals.queries.decisions import DecisionKind
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal

__all__ = ["ChartStands", "ChartUnfit", "ChartUnfitForKind", "ChartUnknown", "Choice", "choose_chart"]


class ChartUnknown(Refusal):
    code, status = "CHART_UNKNOWN", 422
    sentence = _("There is no chart “{chart}” to choose.")
    remedy = _("Choose one of the list.")


class ChartUnfit(Refusal):
    code, status = "CHART_UNFIT", 422
    sentence = _("The values of this measure do not suit a {chart} chart.")
    remedy = _("Counts are whole and never negative, and nothing between two events takes less than no time.")


class ChartUnfitForKind(Refusal):
    code, status = "CHART_UNFIT_FOR_KIND", 422
    sentence = _(
        "A {chart} chart is of events, or of what lies between two of them; by its definition this measure is a {kind}."
    )
    remedy = _("Choose the XmR chart, or chart a flow: events, cases or the time from one event to the next.")


class ChartStands(Refusal):
    code, status = "CHART_CHOSEN_ALREADY", 409
    sentence = _("A chart is chosen already.")
    remedy = _("Withdraw that decision first.")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which chart, and why."""

    chart: str
    reason: str


@transaction.atomic
def choose_chart(measure: str, unit: str, *, choice: Choice, scope: Scope, at: datetime) -> int:
    """From now on the whole series is judged by that chart, until the decision is withdrawn.

    Raises:
        What `deciding_on` raises, ReasonMissing, TextTooLong, ChartUnknown, ChartUnfitForKind, ChartUnfit,
        ChartStands.
    """
    here = deciding_on(measure, unit, scope=scope, at=at)
    reason = reason_of(choice.reason)
    if choice.chart not in ChosenChart.values:
        raise ChartUnknown(chart=choice.chart)
    if here.of_kind(DecisionKind.CHART):
        raise ChartStands
    if not fits_definition(ChartKind(choice.chart), here.series):
        raise ChartUnfitForKind(chart=choice.chart, kind=here.series.version.kind.value)
    if not suits(ChartKind(choice.chart), here.series):
        raise ChartUnfit(chart=choice.chart)
    first = here.key(here.first)
    row = here.keep(kind=DecisionKind.CHART, first=first, reason=reason, at=at, chart=choice.chart)
    event = ChartChosen(here.subject, decision=row.pk, unit=unit, chart=choice.chart, reason=reason)
    audit.record(event, scope=scope, at=at)
    return row.pk
