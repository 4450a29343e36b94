"""What the forecasts of a unit's measures hope for next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fourfold.engine.calendar import Frequency, Period
from fourfold.governance.signals.queries.decisions import Decision
from fourfold.governance.signals.queries.forecasts import foreseen
from fourfold.governance.signals.queries.series import SeriesTable

__all__ = ["NextTarget", "next_targets"]


@dataclass(frozen=True, slots=True)
class NextTarget:
    """The nearest target that a forecast is held against; `period` is a fiscal year where its total is."""

    chance: float
    target: float
    period: Period


def next_targets(
    table: SeriesTable, decisions: Sequence[Decision], *, measures: Collection[str]
) -> dict[str, NextTarget]:
    """Of each measure that has a forecast and a target ahead; the forecasts are kept with the table."""
    found = {}
    for key in measures:
        ahead = foreseen(table, decisions, measure=key).prospects
        if ahead:
            first, series = ahead[0], table.series[key]
            period = Period(series.version.frequency, series.ordinals.start + first.place)
            if first.is_total:
                period = table.calendar.containing(period, Frequency.YEAR)
            found[key] = NextTarget(first.chance, first.target, period)
    return found
