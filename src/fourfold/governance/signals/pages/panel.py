"""What stands on a measure's page: its control chart, the decisions behind it, and its capability."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from fourfold.governance.signals.pages.capability_view import CapabilityView, capability_view
from fourfold.governance.signals.pages.control_points import ControlPoint, ControlView, Finding, PointMark
from fourfold.governance.signals.pages.decision_lines import DecisionLine, decision_line
from fourfold.governance.signals.pages.reading import ChartRead, read_chart
from fourfold.governance.signals.pages.wording import chart_name, rules_name
from fourfold.governance.signals.queries.deciding import may_decide
from fourfold.governance.signals.queries.decisions import DecisionKind, specification_on
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = ["NoSpecification", "SignalsPanel", "read_capability", "read_panel"]


SHOWN = 5
"""Findings that stand open; older ones are folded."""


@dataclass(frozen=True, slots=True)
class SignalsPanel:
    """The chart with everything around it. `capability` is None where nothing is asked for."""

    place: ChartPlace
    view: ControlView
    decisions: tuple[DecisionLine, ...]
    capability: CapabilityView | None
    asked: str
    can_decide: bool

    @property
    def table_files(self) -> tuple[tuple[str, str], ...]:
        """The endings of a table's files, in words."""
        return (("csv", str(_("Table as CSV"))), ("xlsx", str(_("Table as XLSX"))))

    @property
    def newest_first(self) -> tuple[ControlPoint, ...]:
        """The points for the table."""
        return self.view.points[::-1]

    @property
    def folded(self) -> tuple[Finding, ...]:
        """The findings beyond the first few, and those whose points another one names too."""
        return (*self.view.leading[SHOWN:], *self.view.contained)

    @property
    def chart_name(self) -> str:
        """Which chart, and why."""
        if self.view.kind is None:
            return ""
        is_chosen = any(line.kind is DecisionKind.CHART for line in self.decisions)
        return chart_name(self.view.kind, is_chosen=is_chosen)

    @property
    def rules_name(self) -> str:
        """The rule set in words."""
        return rules_name(self.view.rules)

    @property
    def query(self) -> str:
        """What the addresses of its parts say beside their place."""
        return urlencode({"as_of": self.place.as_of}) if self.place.as_of else ""

    @property
    def icons(self) -> tuple[PointMark, ...]:
        """What the legend explains besides the line."""
        return self.view.marks


def read_panel(place: ChartPlace, *, scope: Scope, at: datetime) -> SignalsPanel:
    """The panel. Three queries when nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, AsOfMalformed, MeasureUnknown.
    """
    read = read_chart(place, scope=scope, at=at)
    capability = _capability(read)
    return SignalsPanel(
        place=place,
        view=read.view,
        decisions=tuple(decision_line(each, read.table, measure=place.measure) for each in read.own),
        capability=capability,
        asked=decision_line(capability.asked, read.table, measure=place.measure).what if capability else "",
        can_decide=not place.as_of
        and may_decide(read.table.series[place.measure].version, unit=place.unit, scope=scope),
    )


class NoSpecification(MeasureUnknown):
    """There is no histogram where nothing is asked for."""


def read_capability(place: ChartPlace, *, scope: Scope, at: datetime) -> CapabilityView:
    """The capability of a measure.

    Raises:
        As `read_panel`; NoSpecification.
    """
    found = _capability(read_chart(place, scope=scope, at=at))
    if found is None or not found.values:
        raise NoSpecification(key=place.measure)
    return found


def _capability(read: ChartRead) -> CapabilityView | None:
    series = read.table.series[read.view.measure]
    asked = specification_on(read.own, series, calendar=read.table.calendar)
    return None if asked is None else capability_view(read.table, read.view, asked=asked)
