"""One call per answer about signals: the chart of a measure, and the icons of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fourfold.governance.signals.pages.charting import control_view
from fourfold.governance.signals.pages.control_points import ControlView
from fourfold.governance.signals.queries.decisions import Decision, decisions_of
from fourfold.governance.signals.queries.judging import Judged, Standing, judged
from fourfold.governance.signals.queries.series import ChartPlace, SeriesTable, series_in
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.measure.reading import moment_of
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = ["ChartPlace", "ChartRead", "read_chart", "read_standings", "read_view"]


@dataclass(frozen=True, slots=True)
class ChartRead:
    """A measure's chart with what it was made of: the unit's series, what was judged, and the decisions that stand."""

    table: SeriesTable
    judged: Judged
    decisions: tuple[Decision, ...]
    view: ControlView

    @property
    def own(self) -> tuple[Decision, ...]:
        """The decisions on this measure, the latest first."""
        return tuple(each for each in self.decisions[::-1] if each.measure == self.view.measure)


def read_chart(place: ChartPlace, *, scope: Scope, at: datetime) -> ChartRead:
    """The chart with everything behind it. Two queries when nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, AsOfMalformed; MeasureUnknown where the unit has none.
    """
    as_of = moment_of(place.as_of, at=at) if place.as_of else None
    table = series_in(place.unit, place.period, scope=scope, at=at, as_of=as_of)
    if place.measure not in table.series:
        raise MeasureUnknown(key=place.measure)
    decisions = decisions_of(place.unit, scope=scope, as_of=as_of)
    found = judged(table, decisions)
    view = control_view(table, found, measure=place.measure, decisions=decisions)
    return ChartRead(table, found, decisions, view)


def read_view(place: ChartPlace, *, scope: Scope, at: datetime) -> ControlView:
    """The chart alone.

    Raises:
        As `read_chart`.
    """
    return read_chart(place, scope=scope, at=at).view


def read_standings(
    keys: Sequence[str], *, unit: str, period: str, as_of: str, scope: Scope, at: datetime
) -> dict[str, Standing]:
    """Both icons of each measure; where there are no limits, or no value of the last closed period, none. Two queries
    when nothing changed.

    Raises:
        As `read_chart`.
    """
    moment = moment_of(as_of, at=at) if as_of else None
    table = series_in(unit, period, scope=scope, at=at, as_of=moment)
    found = judged(table, decisions_of(unit, scope=scope, as_of=moment))
    standings = {key: found.standing(key) for key in keys}
    return {key: standing for key, standing in standings.items() if standing.speaks}
