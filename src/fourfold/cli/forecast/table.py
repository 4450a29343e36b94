"""Forecasts as a table for people; every digit is in the JSON."""

from __future__ import annotations

from math import isfinite

import numpy as np

from fourfold.cli.forecast.document import ForecastsFound
from fourfold.cli.wide_table import print_whole, titled_table
from fourfold.engine import trend
from fourfold.engine.forecast import Forecast, Method
from fourfold.engine.quantities import NotComputable, Why

__all__ = ["print_forecasts"]

_WAYS = {
    trend.Direction.NOT_COMPUTABLE: "–",
    trend.Direction.FALLING: "↓ falling",
    trend.Direction.NO_EVIDENCE: "no evidence",
    trend.Direction.RISING: "↑ rising",
}
_METHODS = {
    Method.NAIVE: "naive",
    Method.LINE: "line",
    Method.ROBUST_LINE: "robust line",
    Method.SEASONAL_LINE: "seasonal line",
    Method.DAMPED: "damped trend",
    Method.DRIVERS: "driver",
}


def print_forecasts(found: ForecastsFound) -> None:
    """One row a series: slope with interval, trend, method, the last period ahead, the chance of the target."""
    table = titled_table(_title(found))
    table.add_column("Series")
    for heading in ("Points", "Latest", "Slope (95 %)"):
        table.add_column(heading, justify="right")
    for heading in ("Trend", "Method"):
        table.add_column(heading)
    for heading in ("MASE", "Expected (80 %)", "P(hit)", "Needed"):
        table.add_column(heading, justify="right")
    table.add_column("Remarks")
    for place in range(len(found.table.keys)):
        table.add_row(*_cells(found, place))
    print_whole(table, width=160)


def _title(found: ForecastsFound) -> str:
    asked = found.asked
    parts = [found.table.columns.value, f"{asked.ahead} periods ahead"]
    if asked.target is not None:
        parts.append(f"target {asked.target:g} ({asked.polarity.value})")
    return " · ".join(parts)


def _cells(found: ForecastsFound, place: int) -> list[str]:
    values, trends, foretold = found.table.values[place], found.trends, found.forecasts[place]
    there = values[np.isfinite(values)]
    slope, low, high = (float(line[place]) for line in (trends.slope, trends.lower, trends.upper))
    return [
        found.table.name(place),
        f"{found.count(place)}",
        _number(float(there[-1])) if there.size else "–",
        _slope(slope, low, high=high),
        _WAYS[trend.Direction(int(trends.direction[place]))],
        *_expected(foretold, found.asked.ahead),
        *_aimed(found, place),
        ", ".join(_remarks(found, place)),
    ]


def _slope(slope: float, low: float, *, high: float) -> str:
    if not isfinite(slope):
        return "–"
    return f"{_number(slope)} ({f'{_number(low)} to {_number(high)}' if isfinite(low) else 'no interval'})"


def _expected(found: Forecast | NotComputable, ahead: int) -> list[str]:
    if isinstance(found, NotComputable):
        return ["–", "–", "–"]
    outcome = found.projection.at(ahead - 1)
    low, high = outcome.interval(0.80)
    return [
        _METHODS[found.method],
        f"{found.trials[found.method].mase:.2f}",
        f"{_number(outcome.mean)} ({_number(low)} to {_number(high)})",
    ]


def _aimed(found: ForecastsFound, place: int) -> list[str]:
    hit = found.hits[place]
    if hit is None:
        return ["–", "–"]
    needed = hit.required if hit.remaining is None else hit.remaining.each
    return [f"{hit.chance:.0%} {hit.outlook.value}", "–" if needed is None else f"{_number(needed)} each"]


def _remarks(found: ForecastsFound, place: int) -> list[str]:
    foretold = found.forecasts[place]
    why = [foretold.reason.code] if isinstance(foretold, NotComputable) else []
    trend_why = Why(int(found.trends.why[place]))
    if trend_why is not Why.PRESENT and trend_why.code not in why:
        why.append(trend_why.code)
    return [_told(remark, found, place=place) for remark in (*why, *found.warnings[place])]


def _told(remark: str, found: ForecastsFound, *, place: int) -> str:
    foretold = found.forecasts[place]
    if remark == "latest_points_only" and isinstance(foretold, Forecast):
        return f"forecast from the latest {foretold.points} of {found.count(place)} points"
    return remark.replace("_", " ")


def _number(value: float) -> str:
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"
