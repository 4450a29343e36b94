"""Making one measure's chart out of what was judged for the whole list, so that icons and chart never disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.engine.quantities import Polarity, Why
from fourfold.engine.spc import Assurance, Variation
from fourfold.governance.signals.pages import wording
from fourfold.governance.signals.pages.control_points import (
    ControlPoint,
    ControlView,
    Finding,
    PointMark,
    Stretch,
)
from fourfold.governance.signals.pages.findings import Teller, findings
from fourfold.governance.signals.pages.limits_wording import limits_sentences
from fourfold.governance.signals.pages.memory_course import memory_course, with_course
from fourfold.governance.signals.pages.memory_wording import (
    memory_sentence,
    of_single_values,
    standing_sentence,
)
from fourfold.governance.signals.pages.natural_bounds import bounded
from fourfold.governance.signals.pages.remarks import remarks
from fourfold.governance.signals.queries.decisions import Decision, DecisionKind
from fourfold.governance.signals.queries.judging import Group, Judged, why_none
from fourfold.governance.signals.queries.series import SeriesTable
from fourfold.platform.ui.stepper import short_label
from fourfold.scorecard.evaluation.pages.value_format import format_of

__all__ = ["control_view", "short_of"]

Floats = NDArray[np.float64]

_BETTER = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


def control_view(
    table: SeriesTable, judged: Judged, *, measure: str, decisions: Sequence[Decision]
) -> ControlView:
    """The chart of one measure of the table, with its sentences.

    Raises:
        KeyError: the measure does not belong to the unit.
    """
    series = table.series[measure]
    own = [each for each in decisions if each.measure == measure]
    if measure not in judged.rows:
        return _uncharted(table, series, reason=judged.refused[measure], judged=judged)
    return _Charting(table, judged, series, own).view()


def short_of(table: SeriesTable, series: NativeSeries, *, place: int) -> str:
    """A period's name for an axis."""
    grain = Grain(series.version.frequency.value)
    return short_label(table.calendar, GrainPeriod(grain, series.ordinals[place]))


def _uncharted(table: SeriesTable, series: NativeSeries, *, reason: str, judged: Judged) -> ControlView:
    sentence = wording.no_chart_sentence(reason, points=0, least=judged.rules.trial) if reason else ""
    return ControlView(
        measure=series.measure,
        name=table.names[series.measure],
        unit=table.unit,
        unit_name=table.unit_name,
        period=table.calendar.key_of(table.shown),
        kind=None,
        rules=judged.rules.names,
        points=(),
        findings=(),
        stretches=(),
        variation=Variation.NOT_COMPUTABLE,
        assurance=Assurance.NOT_COMPUTABLE,
        variation_sentence="",
        assurance_sentence="",
        reason=sentence,
        remarks=(),
        target=None,
        format=format_of(series.version),
    )


@dataclass(frozen=True, slots=True)
class _Charting:
    """One row of a group, from the series' first value on."""

    table: SeriesTable
    judged: Judged
    series: NativeSeries
    decisions: list[Decision]

    def view(self) -> ControlView:
        group, row = self.judged.place(self.series.measure)
        plain = tuple(self._points(group, row))
        polarity = self.series.version.goal.polarity
        wanted = 0 if polarity is None else _BETTER.get(polarity, 0)
        form = format_of(self.series.version)
        course = memory_course(group, row, start=self._start(group), series=self.series)
        plain = with_course(plain, course)
        teller = Teller(plain, self.series.version.frequency, wanted, form, course)
        found = findings(group.signals, row, first=self._start(group), teller=teller)
        points = _marked(plain, found)
        last = points[int(group.icons.point[row]) - self._start(group)]
        used = int(group.chart.over_points(group.chart.used)[row, -1])
        is_trial = last.upper is not None and used < self.judged.rules.firm
        stretches = tuple(self._stretches(points))
        view = replace(
            _uncharted(self.table, self.series, reason="", judged=self.judged),
            kind=group.kind,
            rules=group.kind.value if group.remembered else self.judged.rules.names,
            points=points,
            findings=found,
            stretches=stretches,
            limits_sentences=limits_sentences(points, stretches),
            reason="" if last.upper is not None else self._reason(group, row, used=used),
            remarks=remarks(self.table, self.series, group=group, row=row, points=points, is_trial=is_trial),
            target=self._target(group, row),
            is_trial=is_trial,
            memory=self.judged.rules.memory if group.remembered else None,
            memory_sentence=memory_sentence(group.kind, self.judged.rules.memory, form=form, course=course),
        )
        return _with_icons(view, self._natural(group, row), last=last, group=group, row=row)

    def _reason(self, group: Group, row: int, *, used: int) -> str:
        why = why_none(group.chart, row)
        return wording.no_chart_sentence(why, points=used, least=self.judged.rules.trial)

    def _start(self, group: Group) -> int:
        """Where the first value stands in the group's arrays."""
        width, count = group.chart.points.shape[1], len(self.series.ordinals)
        return int(width) - count + self._first

    @property
    def _first(self) -> int:
        return int(np.isfinite(self.series.value).argmax())

    def _natural(self, group: Group, row: int) -> tuple[float | None, float | None]:
        """The limits of single values at the latest point: what they promise is promised of values, not of averages."""
        place, scale = int(group.icons.point[row]), float(group.scale[row])
        lower, upper = (
            bounded(group.chart.over_points(each)[row, [place]] * scale, self.series)[0]
            for each in (group.chart.lower, group.chart.upper)
        )
        return _number(lower), _number(upper)

    def _target(self, group: Group, row: int) -> float | None:
        place = int(group.icons.point[row]) - group.chart.points.shape[1]
        return _number(self.series.target[place])

    def _points(self, group: Group, row: int) -> Iterator[ControlPoint]:
        chart, scale, start = group.chart, float(group.scale[row]), self._start(group)
        lines = [
            bounded(chart.over_points(each)[row, start:] * scale, self.series)
            for each in (chart.shown_centre, chart.lower, chart.upper, chart.near_lower, chart.near_upper)
        ]
        number = np.broadcast_to(chart.segments.number, chart.points.shape)[row, start:]
        special, way = group.signals.is_special[row, start:], group.signals.direction[row, start:]
        polarity = self.series.version.goal.polarity
        wanted = 0 if polarity is None else _BETTER.get(polarity, 0)
        for place in range(number.size):
            at = self._first + place
            centre, lower, upper, near_lower, near_upper = (_number(line[place]) for line in lines)
            value = _number(self.series.value[at])
            yield ControlPoint(
                key=self.table.calendar.key(self.table.period(self.series, at)),
                label=self.table.calendar.label(self.table.period(self.series, at)),
                short=short_of(self.table, self.series, place=at),
                value=value,
                why=Why(int(self.series.why[at])),
                centre=centre,
                lower=lower,
                upper=upper,
                near_lower=near_lower,
                near_upper=near_upper,
                segment=int(number[place]),
                mark=_mark(int(way[place]), wanted)
                if special[place] and value is not None
                else PointMark.COMMON,
                is_excluded=bool(group.excluded[row, start + place]),
                target=_number(self.series.target[at]),
                numerator=None if self.series.numerator is None else _number(self.series.numerator[at]),
                denominator=None if self.series.denominator is None else _number(self.series.denominator[at]),
            )

    def _stretches(self, points: Sequence[ControlPoint]) -> Iterator[Stretch]:
        firsts = [
            place
            for place, point in enumerate(points)
            if not place or point.segment != points[place - 1].segment
        ]
        rebased = {
            each.places(self.series, calendar=self.table.calendar)[0] - self._first: each.reason
            for each in self.decisions
            if each.kind is DecisionKind.REBASE
        }
        for first, after in zip(firsts, [*firsts[1:], len(points)], strict=True):
            reason = rebased.get(first, "") if first else ""
            yield Stretch(
                first, after - 1, first in rebased, reason, *self._made_of(points, first, after=after)
            )

    def _made_of(self, points: Sequence[ControlPoint], first: int, *, after: int) -> tuple[int, int, int]:
        """Of how many values a segment's limits are made, and of which."""
        kept = [
            place
            for place in range(first, after)
            if points[place].value is not None and not points[place].is_excluded
        ]
        if not kept or all(points[place].upper is None for place in kept):
            return 0, 0, 0
        made = kept[: self.judged.rules.baseline]
        return len(made), made[0], made[-1]


def _with_icons(
    view: ControlView,
    natural: tuple[float | None, float | None],
    *,
    last: ControlPoint,
    group: Group,
    row: int,
) -> ControlView:
    """Both icons, each with its sentence about the latest point."""
    variation = Variation(int(group.icons.variation[row]))
    assurance = Assurance(int(group.icons.assurance[row]))
    form, target = view.format, view.target
    lower, upper = natural
    words = {
        "target": str(form.beside(target, lower).beside(target, upper).shown(target)),
        "lower": str(form.beside(target, lower).shown(lower)),
        "upper": str(form.beside(target, upper).shown(upper)),
    }
    is_withheld = variation.is_special and assurance is not Assurance.NOT_COMPUTABLE
    promised = (
        wording.changed_sentence(**words) if is_withheld else wording.assurance_sentence(assurance, **words)
    )
    return replace(
        view,
        variation=variation,
        assurance=assurance,
        variation_sentence=(
            standing_sentence(variation, period=last.label)
            if view.memory
            else wording.variation_sentence(variation, period=last.label)
        ),
        assurance_sentence=of_single_values(promised) if view.memory else promised,
    )


def _marked(points: Sequence[ControlPoint], found: Sequence[Finding]) -> tuple[ControlPoint, ...]:
    numbers: dict[int, list[int]] = {}
    for finding in found:
        for place in finding.points:
            numbers.setdefault(place, []).append(finding.number)
    return tuple(replace(point, findings=tuple(numbers.get(place, ()))) for place, point in enumerate(points))


def _mark(direction: int, wanted: int) -> PointMark:
    if not direction or not wanted:
        return PointMark.NEUTRAL
    return PointMark.IMPROVEMENT if direction == wanted else PointMark.CONCERN


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
