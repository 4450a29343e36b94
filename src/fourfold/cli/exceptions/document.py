"""Exceptions among a file's series: what `fourfold exceptions` prints, as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.exceptions.about_series import About
from fourfold.cli.series_files.series_table import SeriesTable, segments_of
from fourfold.engine import spc
from fourfold.engine.exceptions import (
    CauseLink,
    ExceptionItem,
    Exceptions,
    Line,
    Ranking,
    Standing,
    Terms,
    exceptions,
    items_of,
    leaning,
    ranked,
    spared,
)
from fourfold.engine.quantities import Polarity, Why
from fourfold.folder.mapping.files import FileRefused

__all__ = ["NO_LATEST_POINTS", "ExceptionTerms", "ExceptionsFound", "exceptions_among"]

Floats = NDArray[np.float64]
_EXECUTIVE = 3
NO_LATEST_POINTS = "no_latest_points"  # limits, but nothing to judge by them
_BETTER = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


@dataclass(frozen=True, slots=True)
class ExceptionTerms:
    """What was asked for on the command line."""

    polarity: Polarity | None = None
    target: float | None = None
    rules: tuple[str, ...] = ("mdc",)
    baseline: int | None = None
    rebase: tuple[str, ...] = ()
    is_cumulative: bool | None = None
    latest: int = 7
    shown: int = 10


@dataclass(frozen=True, slots=True)
class ExceptionsFound:
    """Every series with its chart, the exceptions among them, and their order.

    `better` is +1 where high is better, −1 where low is, 0 where nobody says.
    """

    table: SeriesTable
    terms: ExceptionTerms
    chart: spc.ControlChart
    better: NDArray[np.int8]
    target: Floats
    found: Exceptions
    ranking: Ranking

    def document(self) -> Mapping[str, object]:
        """Everything, as canonical JSON takes it; None where there is no number."""
        found = self.found
        return {
            "rules": list(self.terms.rules),
            "latest": self.terms.latest,
            "periods": list(self.table.periods),
            "series": len(self.table.keys),
            "judged": int(found.judged.sum()),
            "too_few_points": len(self.not_judged.get(Why.TOO_FEW_POINTS.code, ())),
            "not_judged": {why: list(names) for why, names in self.not_judged.items()},
            "expected_false_alarms": round(found.expected_false_alarms, 2),
            "leaning": [self.table.name(place) for place in np.flatnonzero(self.leaning).tolist()],
            "exceptions": [self._line(line) for line in self.ranking.shown],
            "remainder": [self._line(line) for line in self.ranking.rest],
            "normal": [self.table.name(place) for place in found.normal.tolist()],
        }

    @property
    def leaning(self) -> NDArray[np.bool_]:
        """Which judged series are much like themselves a period before: of those chance makes more exceptions."""
        return leaning(self.chart) & self.found.judged

    @property
    def not_judged(self) -> Mapping[str, Sequence[str]]:
        """The names of the series whose latest points could not be judged, by the reason why."""
        at = np.maximum(spc.last_points(self.chart.points), 0)
        why = self.chart.over_points(self.chart.why)[np.arange(len(at)), at]
        told: dict[str, list[str]] = {}
        for place in np.flatnonzero(~self.found.judged).tolist():
            reason = Why(int(why[place]))
            code = NO_LATEST_POINTS if reason is Why.PRESENT else reason.code
            told.setdefault(code, []).append(self.table.name(place))
        return told

    def _line(self, line: Line) -> Mapping[str, object]:
        return {
            **self._item(line.item),
            "folded": [self._item(item) for item in line.folded],
            "follows": self.table.name(line.follows.series) if line.follows else None,
        }

    def _item(self, item: ExceptionItem) -> Mapping[str, object]:
        place, kind = item.place, item.kind
        chart, series = self.chart, item.series
        at = max(int(spc.last_points(chart.points[series : series + 1])[0]), 0)
        lines = {"value": chart.points, "centre": chart.centre, "lower": chart.lower, "upper": chart.upper}
        return {
            "key": dict(zip(self.table.columns.by, self.table.keys[series], strict=True)),
            "name": self.table.name(series),
            "kinds": [each.code for each in self.found.kinds_of(place)],
            "priority": item.priority,
            "severity": float(self.found.severity[place, kind]),
            "periods": int(self.found.periods[place, kind]),
            "confidence": float(self.found.confidence[place, kind]),
            "moved": int(self.found.moved[place, kind]),
            "period": self.table.periods[at],
            "target": _plain(float(self.target[series])),
            **{name: _plain(float(chart.over_points(line)[series, at])) for name, line in lines.items()},
        }


def exceptions_among(
    table: SeriesTable, terms: ExceptionTerms, *, about: About | None, links: Sequence[CauseLink]
) -> ExceptionsFound:
    """Chart the series with limits that their latest points have no part in, and find the exceptions.

    Raises:
        ChartRefused: the request would give a chart that lies.
        FileRefused: a share of materiality outside 0 to 1.
    """
    table = _to_the_latest(table)
    values = table.values if table.columns.period else _at_right_edge(table.values)
    chart = _chart(table, values, terms)
    count = len(values)
    better: NDArray[np.int8] = np.full(
        count, _BETTER.get(terms.polarity, 0) if terms.polarity else 0, np.int8
    )
    target = np.full(count, np.nan if terms.target is None else terms.target)
    tier = None
    if about is not None:
        better = np.where(about.better == 0, better, about.better)
        target, tier = np.where(np.isnan(about.target), target, about.target), about.tier
    standing = _standing(table, chart, about)
    icons = spc.icons(chart, spc.signals(chart, rules=terms.rules), polarity=better, target=target)
    found = exceptions(
        chart,
        icons,
        polarity=better,
        target=target,
        standing=standing,
        rules=",".join(terms.rules),
        terms=Terms(latest=terms.latest),
    )
    names = [(table.name(place),) for place in range(count)]
    executive = None if tier is None else (tier == _EXECUTIVE).tolist()
    items = items_of(found, nodes=names, executive=executive)
    ranking = ranked(items, links=links, cap=terms.shown)
    return ExceptionsFound(table, terms, chart, better, target, found, ranking)


def _chart(table: SeriesTable, values: Floats, terms: ExceptionTerms) -> spc.ControlChart:
    said = terms.is_cumulative
    overlapping = spc.looks_cumulative(values) if said is None else np.full(len(values), said)
    basis = spc.Basis(
        segments=segments_of(table, terms.rebase),
        baseline=terms.baseline,
        excluded=spared(values, latest=terms.latest) if terms.baseline is None else None,
    )
    return spc.xmr(values, basis=basis, overlapping=overlapping)


def _standing(table: SeriesTable, chart: spc.ControlChart, about: About | None) -> Standing:
    """What the file tells beside the values: a period that others have and a series has not is late."""
    overdue = None
    if table.columns.period:
        overdue = len(table.periods) - 1 - spc.last_points(chart.points)
    if about is None:
        return Standing(overdue=overdue)
    if ((about.materiality < 0.0) | (about.materiality > 1.0)).any():
        wrong = float(about.materiality[(about.materiality < 0.0) | (about.materiality > 1.0)][0])
        raise FileRefused(
            "SHARE_WRONG", f"A materiality of {wrong:g}.", remedy="Write a share between 0 and 1."
        )
    return Standing(overdue=overdue, tier=about.tier, materiality=about.materiality)


def _to_the_latest(table: SeriesTable) -> SeriesTable:
    """Periods that nobody has a value of yet are still to come: the latest points end before them."""
    there = np.flatnonzero(np.isfinite(table.values).any(axis=0))
    count = int(there[-1]) + 1 if there.size else len(table.periods)
    return replace(table, periods=table.periods[:count], members=table.members[:, :count])


def _at_right_edge(values: Floats) -> Floats:
    """Series whose rows are counted all end now, however many points they have."""
    last = spc.last_points(values)
    found = np.full(values.shape, np.nan)
    for row, (points, at) in enumerate(zip(values, last.tolist(), strict=True)):
        found[row, values.shape[1] - 1 - at :] = points[: at + 1]
    return found


def _plain(number: float) -> float | None:
    return number if np.isfinite(number) else None
