"""Trend and forecast of a file's series: what `fourfold forecast` prints, as a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.series_files.gaps import with_every_period
from fourfold.cli.series_files.period_labels import Steps, steps_of
from fourfold.cli.series_files.series_table import SeriesTable
from fourfold.engine import forecast, spc, trend
from fourfold.engine.forecast import Aim, Forecast
from fourfold.engine.quantities import NotComputable, Polarity, Why

__all__ = ["BANDS", "ForecastTerms", "ForecastsFound", "Hit", "forecast_series"]

Floats = NDArray[np.float64]

BANDS = (50, 80, 95)  # per cent


@dataclass(frozen=True, slots=True)
class ForecastTerms:
    """What was asked for on the command line."""

    ahead: int
    cycle: int | None = None
    target: float | None = None
    polarity: Polarity = Polarity.MAXIMISE
    tolerance: float = 0.0
    begins: str = ""
    total_from: str = ""
    correction: trend.Correction = "first_order"
    is_cumulative: bool | None = None  # None: judged by how the series runs

    @property
    def aim(self) -> Aim | None:
        """The target with its sides."""
        return None if self.target is None else Aim.at(self.target, self.polarity, tolerance=self.tolerance)


@dataclass(frozen=True, slots=True)
class Hit:
    """The chance of the target in the last period ahead, and the pace it takes from now; a total has `remaining`."""

    chance: float
    expected: float
    required: float | None
    remaining: forecast.Remaining | None

    @property
    def outlook(self) -> forecast.Outlook:
        """Its word."""
        return forecast.outlook(self.chance)


@dataclass(frozen=True, slots=True)
class ForecastsFound:
    """All series with trend, forecast and chance; a forecast that cannot be made says why.

    `begins` is the place of the period before which nothing is used.
    """

    table: SeriesTable
    asked: ForecastTerms
    steps: Steps
    trends: trend.Trends
    forecasts: tuple[Forecast | NotComputable, ...]
    hits: tuple[Hit | None, ...]
    warnings: tuple[tuple[str, ...], ...]
    begins: int = 0

    def count(self, place: int) -> int:
        """How many points of a series count."""
        return int(np.isfinite(self.table.values[place, self.begins :]).sum())

    def document(self) -> Mapping[str, object]:
        """Everything, as canonical JSON takes it; None where there is no number."""
        return {
            "ahead": self.asked.ahead,
            "cycle": self.steps.cycle if self.asked.cycle is None else self.asked.cycle,
            "target": self.asked.target,
            "polarity": None if self.asked.target is None else self.asked.polarity.value,
            "periods": list(self.table.periods),
            "series": [self.series(place) for place in range(len(self.table.keys))],
        }

    def series(self, place: int) -> Mapping[str, object]:
        """One series in full."""
        found = self.forecasts[place]
        values = self.table.values[place]
        return {
            "key": dict(zip(self.table.columns.by, self.table.keys[place], strict=True)),
            "n": self.count(place),
            "points": [_plain(value) for value in values],
            "warnings": list(self.warnings[place]),
            "trend": self._trend(place),
            "why": found.reason.code if isinstance(found, NotComputable) else None,
            "forecast": None if isinstance(found, NotComputable) else self._forecast(found),
            "hit": self._hit(place),
        }

    def _trend(self, place: int) -> Mapping[str, object]:
        found = self.trends
        why = Why(int(found.why[place]))
        numbers = ("slope", "lower", "upper", "intercept", "score", "variance", "z", "p", "autocorrelation")
        return {
            "why": None if why is Why.PRESENT else why.code,
            "direction": trend.Direction(int(found.direction[place])).code,
            "method": trend.Method(int(found.method[place])).code,
            **{name: _plain(getattr(found, name)[place]) for name in numbers},
        }

    def _forecast(self, found: Forecast) -> Mapping[str, object]:
        bands = {share: found.projection.interval(share / 100) for share in BANDS}
        return {
            "method": found.method.value,
            "is_naive_for_want_of_better": found.is_naive_for_want_of_better,
            "mase": {method.value: _plain(trial.mase) for method, trial in found.trials.items()},
            "origins": found.origins,
            "cycle": found.cycle,
            "widening": found.widening,
            "points_used": found.points,
            "periods": list(self.steps.after(found.last, self.asked.ahead)),
            "median": [_plain(number) for number in found.projection.mean],
            **{
                f"{side}_{share}": [_plain(number) for number in ends[at]]
                for share, ends in bands.items()
                for at, side in enumerate(("low", "high"))
            },
        }

    def _hit(self, place: int) -> Mapping[str, object] | None:
        hit = self.hits[place]
        if hit is None:
            return None
        rest = hit.remaining
        return {
            "chance": hit.chance,
            "outlook": hit.outlook.value,
            "expected": hit.expected,
            "required_rate": hit.required,
            "remaining": None if rest is None else rest.needed,
            "remaining_per_period": None if rest is None else rest.each,
            "trailing": None if rest is None else _plain(rest.trailing),
        }


def forecast_series(table: SeriesTable, asked: ForecastTerms) -> ForecastsFound:
    """Find trends, choose forecasts, weigh the target.

    Raises:
        ForecastRefused, TrendRefused; FileRefused: most periods have no row.
    """
    steps = steps_of(table.periods, is_counted=not table.columns.period)
    table = with_every_period(table, steps)
    cycle = steps.cycle if asked.cycle is None else asked.cycle
    begins = _place_of(steps, asked.begins) if asked.begins else 0
    values = np.where(np.arange(len(table.periods)) < begins, np.nan, table.values)
    refused = _totals_to_date(values) & (asked.is_cumulative is None) | bool(asked.is_cumulative)
    found = tuple(
        NotComputable(Why.OVERLAPPING)
        if refused[place]
        else forecast.forecast(
            values[place], ahead=asked.ahead, cycle=cycle, begins=begins, drivers=_drivers(table, place)
        )
        for place in range(len(values))
    )
    trends = _trends_since(begins, values, cycle=cycle, correction=asked.correction)
    hits = tuple(_hit(table, asked, each, place=place, steps=steps) for place, each in enumerate(found))
    warnings = tuple(
        (*_warnings(values[place], found[place]), *_of_trend(trends, place)) for place in range(len(values))
    )
    return ForecastsFound(table, asked, steps, trends, found, hits, warnings, begins)


def _trends_since(begins: int, values: Floats, *, cycle: int, correction: trend.Correction) -> trend.Trends:
    """Of what counts only, with each line's height still at the file's first period."""
    found = trend.trend(values[:, begins:], cycle=cycle, correction=correction)
    return replace(found, intercept=found.intercept - found.slope * begins) if begins else found


def _drivers(table: SeriesTable, place: int) -> Floats | None:
    return None if table.sizes is None else table.sizes[place][np.newaxis]


def _totals_to_date(values: Floats) -> NDArray[np.bool_]:
    """Running totals that begin anew: a mere rise, which looks the same for a while, is what a forecast is for."""
    with np.errstate(invalid="ignore"):
        falls = (np.diff(values, axis=1) < 0.0).any(axis=1)
    return np.asarray(spc.looks_cumulative(values) & falls)


def _hit(
    table: SeriesTable, asked: ForecastTerms, found: Forecast | NotComputable, *, place: int, steps: Steps
) -> Hit | None:
    if asked.aim is None or asked.target is None or isinstance(found, NotComputable):
        return None
    values = table.values[place]
    if asked.total_from:
        since = _place_of(steps, asked.total_from)
        known = float(np.nansum(values[since : found.last + 1]))
        outcome = found.projection.combined(np.ones(asked.ahead), known=known)
        rest = forecast.remaining(
            values[: found.last + 1], asked.aim.nearest(known), known=known, left=asked.ahead
        )
        return Hit(asked.aim.chance(outcome), outcome.mean, None, rest)
    outcome = found.projection.at(asked.ahead - 1)
    now = float(values[found.last])
    required = forecast.required_rate(now, asked.aim.nearest(now), left=asked.ahead)
    return Hit(asked.aim.chance(outcome), outcome.mean, required, None)


def _place_of(steps: Steps, label: str) -> int:
    if label not in steps.labels:
        raise forecast.HorizonWrong(f"there is no period {label}")
    return steps.labels.index(label)


def _warnings(values: Floats, found: Forecast | NotComputable) -> tuple[str, ...]:
    """What makes a forecast doubtful, in stable codes."""
    there = np.flatnonzero(np.isfinite(values))
    span = there[-1] - there[0] + 1 if there.size else 0
    said = {
        "gaps": span > there.size,
        "looks_cumulative": bool(spc.looks_cumulative(values[np.newaxis])[0]),
        "naive_for_want_of_better": isinstance(found, Forecast) and found.is_naive_for_want_of_better,
        "latest_points_only": isinstance(found, Forecast) and found.points < there.size,
        "widened": isinstance(found, Forecast) and found.widening > 1.0,
    }
    return tuple(code for code, holds in said.items() if holds)


def _of_trend(trends: trend.Trends, place: int) -> tuple[str, ...]:
    """Why a slope has no 95 % interval."""
    if trends.why[place] != Why.PRESENT or np.isfinite(trends.lower[place]):
        return ()
    seasonal = (trend.Method.SEASONAL, trend.Method.SEASONAL_CORRECTED)
    return (f"no_slope_interval_from_so_few_{'years' if trends.method[place] in seasonal else 'periods'}",)


def _plain(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
