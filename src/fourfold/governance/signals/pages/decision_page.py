"""The page on which limits are decided: the chart's periods to choose from, what stands, and what was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.governance.signals.actions.deciding import ChartMissing
from fourfold.governance.signals.models import ChosenChart, DecisionKind
from fourfold.governance.signals.pages.control_points import ControlView
from fourfold.governance.signals.pages.decision_lines import DecisionLine, decision_line
from fourfold.governance.signals.pages.reading import read_chart
from fourfold.governance.signals.queries.deciding import require_to_decide
from fourfold.governance.signals.queries.decisions import former_decisions
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.accounts.scope import Scope

__all__ = ["CHARTS", "DecisionPage", "read_decision_page"]

CHARTS = ChosenChart.choices
"""What a person may choose, as (key, words)."""


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """What the forms need. `periods` are (key, label) pairs of the chart, the latest first."""

    place: ChartPlace
    view: ControlView
    period_label: str
    periods: tuple[tuple[str, str], ...]
    standing: tuple[DecisionLine, ...]
    former: tuple[DecisionLine, ...]

    @property
    def unit_of_measure(self) -> str:
        """What the limits are written in."""
        return self.view.format.shown(0.0).unit

    def suggested(self, kind: DecisionKind) -> dict[str, str]:
        """What a form begins with: where the latest signal lies; for a specification, where the chart begins."""
        points = self.view.points
        if kind is DecisionKind.SPECIFICATION or not self.view.leading:
            return {"period": points[0 if kind is DecisionKind.SPECIFICATION else -1].key}
        first, last = (points[self.view.leading[0].points[end]].key for end in (0, -1))
        return {"period": first, "last": "" if first == last else last}

    def of_kind(self, kind: DecisionKind) -> tuple[DecisionLine, ...]:
        """What stands of one kind."""
        return tuple(line for line in self.standing if line.kind is kind)


def read_decision_page(place: ChartPlace, *, scope: Scope, at: datetime) -> DecisionPage:
    """The page, for whoever may decide.

    Raises:
        NotPermitted, ChartMissing, and what `read_chart` raises.
    """
    read = read_chart(place, scope=scope, at=at)
    require_to_decide(read.table.series[place.measure].version, unit=place.unit, scope=scope)
    if place.measure not in read.judged.rows:
        raise ChartMissing
    former = former_decisions(place.unit, place.measure, scope=scope)
    return DecisionPage(
        place=place,
        view=read.view,
        period_label=read.table.calendar.label(read.table.shown),
        periods=tuple((point.key, point.label) for point in read.view.points[::-1]),
        standing=tuple(decision_line(each, read.table, measure=place.measure) for each in read.own),
        former=tuple(decision_line(each, read.table, measure=place.measure) for each in former),
    )
