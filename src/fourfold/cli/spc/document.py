"""Control charts of a file's series: what `fourfold spc` prints, as a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.series_files.series_table import SeriesTable, segments_of
from fourfold.cli.spc.doubts import coded, doubts_of_gaps, doubts_of_values, last_stretch, overlapping_in
from fourfold.engine import spc
from fourfold.engine.quantities import Polarity, Why

__all__ = ["ChartTerms", "ChartsFound", "chart_series", "freed"]

Floats = NDArray[np.float64]

_COUNTED = {"p", "np", "p-prime", "u", "u-prime"}
_SUBGROUPED = {"xbar-r", "xbar-s"}
_EVENTS = {"g", "t"}


@dataclass(frozen=True, slots=True)
class ChartTerms:
    """What was asked for on the command line."""

    chart: spc.ChartKind
    rules: tuple[str, ...] = ("mdc",)
    baseline: int | None = None
    rebase: tuple[str, ...] = ()
    constants: spc.ConstantSet = "published"
    screening: bool = True
    polarity: Polarity | None = None
    target: float | None = None
    is_cumulative: bool | None = None  # None: judged by how the series runs
    cycle: int | None = None  # None: as the periods tell
    residuals: bool = False

    @property
    def made_of(self) -> str:
        """Which points limits are made of, in words."""
        points = "all points" if self.baseline is None else f"the first {self.baseline} points"
        since = f", anew from {', '.join(self.rebase)}" if self.rebase else ""
        return f"limits of {points}{since}"

    @property
    def needs_size(self) -> bool:
        """Whether every point has a denominator."""
        return self.chart in _COUNTED

    @property
    def is_of_values(self) -> bool:
        """Whether single values are charted, whose neighbours must share no parts."""
        return self.chart in (spc.ChartKind.XMR, spc.ChartKind.EWMA)

    @property
    def needs_members(self) -> bool:
        """Whether several rows make a point."""
        return self.chart in _SUBGROUPED

    @property
    def is_of_events(self) -> bool:
        """Whether a point is a rare event, which stands where it happened."""
        return self.chart in _EVENTS


@dataclass(frozen=True, slots=True)
class ChartsFound:
    """All series with their chart, signals and icons."""

    table: SeriesTable
    asked: ChartTerms
    chart: spc.ControlChart
    signals: spc.Signals
    icons: spc.Icons
    runs: spc.Runs
    warnings: tuple[tuple[str, ...], ...]

    def document(self) -> Mapping[str, object]:
        """Everything, as canonical JSON takes it; None where there is no number."""
        return {
            "chart": str(self.asked.chart),
            "rules": {rule.key: rule.sentence for rule in self.signals.rules},
            "constants": self.asked.constants,
            "residuals": self.asked.residuals,
            "baseline": self.asked.baseline,
            "rebase": list(self.asked.rebase),
            "screening": self.asked.screening and self.asked.chart is spc.ChartKind.XMR,
            "periods": list(self.table.periods),
            "expected_false_alarms": self.false_alarms,
            "series": [self.series(place) for place in range(len(self.table.keys))],
        }

    @property
    def has_limits(self) -> bool:
        """Whether any series could be judged at all."""
        return bool(self.chart.has_limits.any())

    @property
    def false_alarms(self) -> float | None:
        """How many series would signal by chance alone; only of rules on single values is that known."""
        if not self.has_limits or self.asked.chart is not spc.ChartKind.XMR:
            return None
        asked = self.asked
        keys = [rule.key for rule in self.signals.rules]
        chances = spc.chances_of_false_alarm(
            self.chart, keys, baseline=asked.baseline, screening=asked.screening
        )
        return round(float(np.nansum(chances)), 2)

    def series(self, place: int) -> Mapping[str, object]:
        """One series in full."""
        chart = self.chart
        why = Why(int(chart.over_points(chart.why)[place, max(int(self.icons.point[place]), 0)]))
        lines = {
            "points": chart.shown_points,
            "centre": chart.shown_centre,
            "lower": chart.lower,
            "upper": chart.upper,
            "near_lower": chart.near_lower,
            "near_upper": chart.near_upper,
            "sigma": chart.sigma,
        }
        return {
            "key": dict(zip(self.table.columns.by, self.table.keys[place], strict=True)),
            "n": int(np.isfinite(chart.points[place]).sum()),
            "used": int(chart.over_points(chart.used)[place, max(int(self.icons.point[place]), 0)]),
            "why": None if why is Why.PRESENT else why.code,
            "warnings": list(self.warnings[place]),
            "variation": spc.Variation(self.icons.variation[place]).code,
            "assurance": spc.Assurance(self.icons.assurance[place]).code,
            "signals": [
                {"rule": found.rule.key, "direction": found.direction, "points": list(found.points)}
                for found in self.signals.found_in(place)
            ],
            "dispersion": self._dispersion(place),
            "runs": self._runs(place),
            **{name: _listed(chart.over_points(line)[place]) for name, line in lines.items()},
        }

    def _dispersion(self, place: int) -> float | None:
        if self.chart.dispersion is None:
            return None
        return _plain(float(self.chart.over_points(self.chart.dispersion)[place, -1]))

    def _runs(self, place: int) -> Mapping[str, object]:
        runs = self.runs
        return {
            "median": _plain(float(runs.median[place])),
            "useful": int(runs.useful[place]),
            "longest": int(runs.longest[place]),
            "longest_most": int(runs.longest_most[place]),
            "crossings": int(runs.crossings[place]),
            "crossings_least": int(runs.crossings_least[place]),
            "has_shifted": bool(runs.has_shifted[place]),
        }


def chart_series(table: SeriesTable, asked: ChartTerms) -> ChartsFound:
    """Make the chart, judge it, draw the icons.

    Raises:
        ChartRefused: the request would give a chart that lies.
    """
    nobody = np.zeros(len(table.keys), dtype=np.bool_)
    overlapping = overlapping_in(table, asked.is_cumulative) if asked.is_of_values else nobody
    table = freed(table) if asked.residuals else table
    chart = _charted(table, asked, overlapping=overlapping)
    signals = spc.signals(chart, rules=asked.rules)
    icons = spc.icons(chart, signals, polarity=asked.polarity, target=asked.target)
    warnings = _warnings(table, asked, chart=chart, overlapping=overlapping)
    return ChartsFound(table, asked, chart, signals, icons, spc.runs(chart.shown_points), warnings)


def freed(table: SeriesTable) -> SeriesTable:
    """The same with what the point before does not explain (METHOD M3.4)."""
    return replace(table, members=spc.residuals(table.values)[:, :, np.newaxis])


def _basis(table: SeriesTable, asked: ChartTerms) -> spc.Basis:
    return spc.Basis(
        segments=segments_of(table, asked.rebase), baseline=asked.baseline, constants=asked.constants
    )


def _left_unscreened(table: SeriesTable, asked: ChartTerms) -> NDArray[np.bool_]:
    if asked.chart is not spc.ChartKind.XMR or not asked.screening:
        return np.zeros(len(table.keys), dtype=np.bool_)
    return spc.left_unscreened(table.values, basis=_basis(table, asked))


def _charted(table: SeriesTable, asked: ChartTerms, *, overlapping: NDArray[np.bool_]) -> spc.ControlChart:
    """The chart, or a refusal that names the series and the period at fault."""
    try:
        return _chart(table, asked, overlapping=overlapping)
    except spc.CountsWrong as refused:
        if refused.place is None:
            raise
        series, point = refused.place
        told = f"{table.name(series)}, {table.periods[point]}: {refused}"
        raise spc.CountsWrong(told) from refused


def _chart(table: SeriesTable, asked: ChartTerms, *, overlapping: NDArray[np.bool_]) -> spc.ControlChart:
    basis = _basis(table, asked)
    values, sizes = table.values, table.sizes
    match asked.chart:
        case spc.ChartKind.XMR:
            return spc.xmr(values, basis=basis, screening=asked.screening, overlapping=overlapping)
        case spc.ChartKind.XBAR_R | spc.ChartKind.XBAR_S:
            is_range = asked.chart is spc.ChartKind.XBAR_R
            return spc.subgroup_means(table.members, by="range" if is_range else "deviation", basis=basis)
        case spc.ChartKind.C:
            return spc.occurrences(values, basis=basis)
        case spc.ChartKind.G:
            return spc.between_events(values, basis=basis)
        case spc.ChartKind.T:
            return spc.time_between_events(values, basis=basis)
        case spc.ChartKind.EWMA:
            return spc.ewma(values, basis=basis, overlapping=overlapping)
        case spc.ChartKind.P | spc.ChartKind.NP | spc.ChartKind.P_PRIME:
            assert sizes is not None, "asked for before the file was read"
            return spc.proportions(values, sizes, basis=basis, kind=asked.chart.value)  # type: ignore[arg-type]  # its case
        case _:
            assert sizes is not None, "asked for before the file was read"
            return spc.rates(values, sizes, basis=basis, kind=asked.chart.value)  # type: ignore[arg-type]  # its case


def _warnings(
    table: SeriesTable, asked: ChartTerms, *, chart: spc.ControlChart, overlapping: NDArray[np.bool_]
) -> tuple[tuple[str, ...], ...]:
    """What makes a series' limits doubtful, in stable codes."""
    nobody = np.zeros(len(table.keys), dtype=np.bool_)
    counts = asked.chart in {spc.ChartKind.P, spc.ChartKind.NP, spc.ChartKind.U} and table.sizes is not None
    values = last_stretch(table.values if asked.chart is spc.ChartKind.EWMA else chart.points, chart.segments)
    cycle = table.cycle if asked.cycle is None else asked.cycle
    of_values = doubts_of_values(
        values,
        cycle=1 if asked.is_of_events else cycle,
        overlapping=overlapping,
        is_judged=asked.is_cumulative is None,
    )
    judged = np.asarray(chart.has_limits.any(axis=1))
    return coded(
        {
            "gaps": doubts_of_gaps(last_stretch(table.values, chart.segments)),
            "trial_limits": np.asarray(chart.is_trial.any(axis=1)),
            "autocorrelated": of_values["autocorrelated"] & judged,
            "seasonal": of_values["seasonal"] & judged,
            "dispersed": spc.is_dispersed(chart, table.sizes)
            if counts and table.sizes is not None
            else nobody,
            "zero_denominators": nobody
            if table.sizes is None
            else np.asarray((table.sizes == 0.0).any(axis=1)),
            "looks_cumulative": of_values["looks_cumulative"],
            "left_unscreened": _left_unscreened(table, asked) & judged,
        },
        count=len(table.keys),
    )


def _listed(line: Floats) -> list[float | None]:
    return [_plain(float(number)) for number in line]


def _plain(number: float) -> float | None:
    return number if np.isfinite(number) else None
