"""The exceptions of a unit: charts, statuses, forecasts and data of all its measures judged at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine import spc
from fourfold.engine.calendar import Grain
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.evaluate.borders import anchors_over
from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.engine.exceptions import (
    CauseLink,
    ExceptionItem,
    ExceptionKind,
    Exceptions,
    Marked,
    Ranking,
    Terms,
    exceptions,
    items_of,
    leaning,
    ranked,
)
from fourfold.engine.policies import Policies
from fourfold.engine.quantities import Polarity
from fourfold.engine.variance import Materiality
from fourfold.governance.signals.queries.exception_standing import MeasureStanding, standing_over
from fourfold.governance.signals.queries.judging import Judged
from fourfold.governance.signals.queries.remembering import marked_of
from fourfold.governance.signals.queries.series import SeriesTable

__all__ = ["ExceptedMeasure", "UnitExceptions", "exceptions_among", "terms_of"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_EXECUTIVE = 3
_BETTER = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


@dataclass(frozen=True, slots=True)
class ExceptedMeasure:
    """One measure that is an exception: its kinds, the most urgent first, and how it was found.

    `points` are the places of the points that make its latest signal, if it has one, counted back from the series' end
    (−1 the last); `moved` is which way they went.
    """

    key: str
    kinds: tuple[ExceptionKind, ...]
    points: tuple[int, ...]
    moved: int
    priority: float


@dataclass(frozen=True, slots=True)
class UnitExceptions:
    """What deserves attention in a unit, in order; the items' places count the `measures`.

    `judged` measures have limits over their latest points, the `normal` ones among them are no exceptions, and of all
    `judged` chance alone would make about `expected` exceptions, were they without memory; of the `leaning` ones the
    limits are made of values that are much like the one before them.
    """

    measures: tuple[ExceptedMeasure, ...]
    ranking: Ranking
    normal: tuple[str, ...]
    judged: int
    expected: float
    latest: int
    leaning: frozenset[str] = frozenset()


def terms_of(policies: Policies) -> Terms:
    """From where on something is an exception, as the organisation decided."""
    return Terms(
        latest=int(policies.number("exceptions.latest")),
        unlikely=policies.number("forecast.unlikely"),
        red_periods=int(policies.number("exceptions.red_periods")),
    )


def exceptions_among(
    table: SeriesTable, judged: Judged, *, known: Mapping[str, MeasureStanding], evaluation: Evaluation
) -> UnitExceptions:
    """Judge every measure of the unit that applies on the page, rank what was found, fold it along causal links."""
    found = _Finder(table, judged, known, terms_of(table.policies))
    groups = list(found.groups())
    order = {key: place for place, key in enumerate(table.series)}
    measures = sorted(
        (each for group in groups for each in group.excepted()), key=lambda each: order[each.key]
    )
    width = _Width(evaluation, table)
    weighed = tuple(
        replace(each, priority=each.priority * width.materiality(each, groups)) for each in measures
    )
    definitions = evaluation.book.definitions
    nodes = {each.key: tuple(share.objective for share in each.objectives) for each in definitions.measures}
    items = [
        ExceptionItem(
            place,
            place,
            each.kinds[0],
            each.priority,
            nodes[each.key],
            known[each.key].tier == _EXECUTIVE,
            each.kinds,
        )
        for place, each in enumerate(weighed)
    ]
    links = [CauseLink(link.source, link.target, link.sign) for link in definitions.causal_links]
    return UnitExceptions(
        weighed,
        ranked(items, links=links, cap=int(table.policies.number("exceptions.most"))),
        tuple(key for group in groups for key in group.normal()),
        sum(int(group.found.judged.sum()) for group in groups),
        sum(group.found.expected_false_alarms for group in groups),
        found.terms.latest,
        frozenset(key for group in groups for key in group.leaning()),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Measures judged together."""

    keys: tuple[str, ...]
    found: Exceptions
    reach: Floats
    target: Floats
    latest: int
    leans: Bools

    def excepted(self) -> Iterator[ExceptedMeasure]:
        for item in items_of(self.found):
            kinds = self.found.kinds_of(item.place)
            signal = next((kind for kind in kinds if kind.is_signal), item.kind)
            points = self.found.points_of(item.place, signal)
            yield ExceptedMeasure(
                key=self.keys[item.series],
                kinds=kinds,
                points=tuple(point - self.latest for point in points),
                moved=int(self.found.moved[item.place, signal]),
                priority=item.priority,
            )

    def leaning(self) -> list[str]:
        """Those whose limits are too tight because neighbours are alike."""
        there = self.leans & self.found.judged
        return [self.keys[place] for place in np.flatnonzero(there).tolist()]

    def normal(self) -> list[str]:
        return [self.keys[place] for place in self.found.normal.tolist()]


@dataclass(frozen=True, slots=True)
class _Finder:
    table: SeriesTable
    judged: Judged
    known: Mapping[str, MeasureStanding]
    terms: Terms

    def groups(self) -> Iterator[_Group]:
        """The groups of charts, and what has none: red, late and unlikely need no limits."""
        for group in self.judged.groups:
            rows = [row for row, key in enumerate(group.keys) if key in self.known]
            if rows:
                keys = tuple(group.keys[row] for row in rows)
                all_icons = group.icons
                icons = spc.Icons(all_icons.variation[rows], all_icons.assurance[rows], all_icons.point[rows])
                yield self._group(
                    keys,
                    _rows_of(group.chart, rows),
                    icons=icons,
                    scale=group.scale[rows],
                    marked=marked_of(group, rows, latest=self.terms.latest, rules=self.judged.rules),
                )
        bare = tuple(key for key in self.judged.refused if key in self.known)
        if bare:
            chart = spc.xmr(np.full((len(bare), self.terms.latest), np.nan))
            icons = spc.icons(chart, spc.signals(chart), polarity=None)
            yield self._group(bare, chart, icons=icons, scale=np.ones(len(bare)))

    def _group(
        self,
        keys: tuple[str, ...],
        chart: spc.ControlChart,
        *,
        icons: spc.Icons,
        scale: Floats,
        marked: Marked | None = None,
    ) -> _Group:
        series = [self.table.series[key] for key in keys]
        rules = self.judged.rules
        better = np.array([_wanted(each) for each in series], dtype=np.int8)
        target = np.array([_target_of(each) for each in series])
        found = exceptions(
            chart,
            icons,
            polarity=better,
            target=target / scale,
            standing=standing_over(keys, self.known),
            rules=rules.names,
            screening=rules.screening,
            terms=self.terms,
            marked=marked,
        )
        # As it is shown: the limits of a t chart are made of roots.
        reaches = chart.reach if chart.power == 1.0 else chart.upper - chart.shown_centre
        reach = chart.over_points(reaches)[np.arange(len(keys)), np.maximum(icons.point, 0)] * scale
        latest = min(self.terms.latest, chart.points.shape[1])
        return _Group(keys, found, reach, target, latest, leaning(chart))


@dataclass(frozen=True, slots=True)
class _Width:
    """How large a deviation is beside the size from which it matters (METHOD M1.5), so that trifles rank low.

    That size is the one by which a variance is judged, policy `materiality.share` of the target; nearer where red
    itself begins nearer, as of an availability of 99.9 %.
    """

    evaluation: Evaluation
    table: SeriesTable

    def materiality(self, measure: ExceptedMeasure, groups: Sequence[_Group]) -> float:
        """1 from that size on, and where nobody said what is wanted."""
        kind = measure.kinds[0]
        if kind.is_of_data or kind is ExceptionKind.UNLIKELY:  # what is to come deviates from nothing yet
            return 1.0
        group = next(each for each in groups if measure.key in each.keys)
        row = group.keys.index(measure.key)
        border = self._border(measure.key, target=float(group.target[row]))
        change = self._change(measure, group, row)
        if not border or not np.isfinite(change):
            return 1.0
        return float(min(change / border, 1.0))

    def _change(self, measure: ExceptedMeasure, group: _Group, row: int) -> float:
        """How far from the centre the points lie, or from the target the latest value."""
        if measure.kinds[0].is_signal:
            place = int(np.flatnonzero(group.found.series == row)[0])
            severity = group.found.severity[place, measure.kinds[0]]
            return float(2.0 * severity * group.reach[row])
        values = self.table.series[measure.key].value
        there = values[np.isfinite(values)]
        return float(abs(there[-1] - group.target[row])) if there.size else float("nan")

    def _border(self, key: str, *, target: float) -> float:
        """From which size on a deviation matters; 0 where nobody said what is wanted."""
        width = self._width(key)
        if not np.isfinite(target):
            return width
        share = self.table.policies.number("materiality.share")
        return Materiality(share=share, amber_width=width).border(target)

    def _width(self, key: str) -> float:
        shown = self.table.shown
        anchors = anchors_over(self.evaluation, measure=key, unit=self.table.unit, grain=Grain(shown.grain))
        here = anchors[self.evaluation.at(shown.grain).position(shown.ordinal)]
        return 0.0 if here is None else here.amber_width


def _wanted(series: NativeSeries) -> int:
    polarity = series.version.goal.polarity
    return 0 if polarity is None else _BETTER.get(polarity, 0)


def _rows_of(chart: spc.ControlChart, rows: Sequence[int]) -> spc.ControlChart:
    """The charts of some measures only."""
    picked = list(rows)
    number = chart.segments.number
    return replace(
        chart,
        points=chart.points[picked],
        centre=chart.centre[picked],
        reach=chart.reach[picked],
        why=chart.why[picked],
        used=chart.used[picked],
        segments=chart.segments if len(number) == 1 else spc.Segments(number[picked]),
        dispersion=None if chart.dispersion is None else chart.dispersion[picked],
        deviation=None if chart.deviation is None else chart.deviation[picked],
    )


def _target_of(series: NativeSeries) -> float:
    """What the latest value there is was to reach."""
    there = np.flatnonzero(np.isfinite(series.value))
    return float(series.target[there[-1]]) if there.size else float("nan")
