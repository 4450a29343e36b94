"""The one definition of a measure's chart: page, picture and paper draw it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import altair as alt
from django.utils.translation import gettext as _

from fourfold.engine.quantities import Status
from fourfold.platform.ui.charts import ChartTheme, Palette, compiled, drawn, palette
from fourfold.platform.ui.charts.axes import (
    Chart,
    Row,
    answering,
    over,
    periods_across,
    values_up,
    worded,
)
from fourfold.platform.ui.charts.bounds import padded, span_of
from fourfold.platform.ui.numbers import display_score
from fourfold.scorecard.evaluation.pages.measure.history import HistoryPeriod, MeasureHistory, Zone

__all__ = ["ChartSize", "chart_as_json", "chart_as_svg", "measure_chart"]

_PADDING = 0.1  # of the span, so that no line runs along an edge
_REACH = 0.75  # a border joins the axis where it widens the span by no more than this share
_SHAPES = {
    Status.GREEN: "circle",
    Status.AMBER: "triangle-up",
    Status.RED: "diamond",
    Status.GREY: "circle",
}

# Square pixels; a triangle and a diamond of a circle's area look smaller than it.
_SIZES = {Status.GREEN: 55, Status.AMBER: 85, Status.RED: 80, Status.GREY: 55}

_BUBBLE = "M-1,-1H1V0.55H0.35L0,1L-0.35,0.55H-1Z"
"""What somebody said: a box with a tip that points at the value, in the square from -1 to 1."""

_ABOVE = -19  # pixels from the value to the middle of its bubble


@dataclass(frozen=True, slots=True)
class ChartSize:
    """Of the picture in pixels; the island fits the same chart to its place."""

    width: int
    height: int

    @classmethod
    def wide(cls) -> ChartSize:
        """For a page of a desk's screen and for paper."""
        return cls(860, 340)

    @classmethod
    def narrow(cls) -> ChartSize:
        """For a telephone: lettering keeps its size there."""
        return cls(320, 240)


def measure_chart(history: MeasureHistory, *, theme: ChartTheme, size: ChartSize) -> Chart:
    """Zones at the back, then gaps and breaks, the target, the value, and the points one can ask.

    Every text in it, tooltips included, was written by the one formatter: the chart computes no digits.
    """
    sheet = _Sheet(history, palette(theme), *_bounds(history))
    layers = [sheet.zones(), sheet.gaps(), sheet.breaks(), sheet.targets(), sheet.line(), sheet.points()]
    return alt.layer(*layers, sheet.questions(), *sheet.marks()).properties(
        width=size.width, height=size.height, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


def chart_as_json(history: MeasureHistory, *, theme: ChartTheme) -> str:
    """What the island draws."""
    return compiled(measure_chart(history, theme=theme, size=ChartSize.wide()), theme=theme).vega


def chart_as_svg(history: MeasureHistory, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """The same as a picture, at the desk's width or the telephone's."""
    size = ChartSize.narrow() if is_narrow else ChartSize.wide()
    return drawn(compiled(measure_chart(history, theme=theme, size=size), theme=theme))


def _bounds(history: MeasureHistory) -> tuple[float, float]:
    """The axis: all values and targets, borders near enough not to flatten them, and room for bubbles above."""
    drawn = [
        number for period in history.periods for number in (period.value, period.target) if number is not None
    ]
    low, high = min(drawn, default=0.0), max(drawn, default=1.0)
    room = span_of(low, high) * (1 + _REACH)
    for border in _borders(history):
        if max(high, border) - min(low, border) <= room:
            low, high = min(low, border), max(high, border)
    return padded(low, high, by=_PADDING, above=2 if history.points else 1)


def _borders(history: MeasureHistory) -> list[float]:
    edges = (edge for period in history.periods for zone in period.zones for edge in (zone.low, zone.high))
    middle = sorted({edge for edge in edges if edge is not None})
    return sorted(middle, key=lambda edge: (abs(edge - _middle(history)), edge))


def _middle(history: MeasureHistory) -> float:
    values = [period.value for period in history.periods if period.value is not None]
    return math.fsum(values) / len(values) if values else 0.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all layers of one chart share."""

    history: MeasureHistory
    colours: Palette
    low: float
    high: float

    def zones(self) -> Chart:
        """Where green, amber and red lie in each period."""
        return (
            over(list(self._zone_rows()))
            .mark_area(interpolate="step-after", opacity=0.8)
            .encode(
                x=self._across("across"),
                y=self._up("low"),
                y2=alt.Y2("high:Q"),
                detail="run:N",
                fill=alt.Fill("wash:N", scale=None),
            )
        )

    def gaps(self) -> Chart:
        """A dashed ring at the foot of each period that should have a value."""
        rows = [
            self._row(place, at=self.low)
            for place, period in enumerate(self.history.periods)
            if period.is_gap
        ]
        return (
            over(rows)
            .mark_point(
                shape="circle",
                size=70,
                filled=False,
                stroke=self.colours.grey,
                strokeDash=[2.5, 2],
                strokeWidth=1.6,
                yOffset=-12,
            )
            .encode(x=self._across(), y=self._up("at"))
        )

    def breaks(self) -> Chart:
        """A line before the first period of a new version, with its number."""
        places = {period.key: place for place, period in enumerate(self.history.periods)}
        rows = [
            {"across": places[found.key] - 0.5, "words": f"v{found.number}"} for found in self.history.breaks
        ]
        rule = over(rows).mark_rule(strokeDash=[2, 3], stroke=self.colours.ink, strokeWidth=1.2)
        words = over(rows).mark_text(
            align="left", baseline="top", dx=4, y=2, color=self.colours.ink, fontWeight=600
        )
        across = self._across("across")
        return alt.layer(rule.encode(x=across), words.encode(x=across, text="words:N"))

    def targets(self) -> Chart:
        """The target of each period as a flight of steps."""
        wanted = [period.target for period in self.history.periods]
        rows = [
            {"across": across, "at": wanted[place], "run": run} for run, place, across in self._steps(wanted)
        ]
        return (
            over(rows)
            .mark_line(
                interpolate="step-after", stroke=self.colours.ink_soft, strokeDash=[5, 4], strokeWidth=1.5
            )
            .encode(x=self._across("across"), y=self._up("at"), detail="run:N")
        )

    def line(self) -> Chart:
        """The value; broken where there is none."""
        rows = [self._row(place, at=period.value) for place, period in enumerate(self.history.periods)]
        return (
            over(rows)
            .mark_line(
                stroke=self.colours.accent,
                strokeWidth=2.25,
                strokeJoin="round",
                strokeCap="round",
                invalid="break-paths-show-domains",
            )
            .encode(x=self._across(), y=self._up("at"), detail="line:N")
        )

    def points(self) -> Chart:
        """Each value in the shape and colour of its status; the shown period's is the largest."""
        rows = [
            self._row(place, at=period.value)
            for place, period in enumerate(self.history.periods)
            if period.value is not None
        ]
        return (
            over(rows)
            .mark_point(filled=True, opacity=1, stroke=self.colours.surface, strokeWidth=1.25)
            .encode(
                x=self._across(),
                y=self._up("at"),
                size=alt.Size("weight:Q", scale=None),
                shape=alt.Shape("shape:N", scale=None),
                fill=alt.Fill("colour:N", scale=None),
            )
        )

    def questions(self) -> Chart:
        """An unseen column over every period that answers the pointer: what stood there, in words."""
        rows = [self._row(place, at=self.low, until=place + 0.5) for place in range(self._count)]
        said = (
            ("label", _("period")),
            ("value", _("Value")),
            ("target", _("Target")),
            ("score", _("Score")),
            ("word", _("Status")),
        )
        return answering(rows, across=self._across("since"), up=self._up("at"), high=self.high, said=said)

    def marks(self) -> Sequence[Chart]:
        """A numbered bubble over each value that was annotated, filled while its thread is open; it leads there."""
        rows = list(self._mark_rows())
        if not rows:
            return ()
        said = [alt.Tooltip("label:N", title=_("period")), alt.Tooltip("said:N", title=_("Annotation"))]
        place = {"x": self._across(), "y": self._up("at"), "href": alt.Href("address:N"), "tooltip": said}
        bubbles = (
            over(rows)
            .mark_point(shape=_BUBBLE, size=230, filled=True, opacity=1, strokeWidth=1.25, yOffset=_ABOVE)
            .encode(
                **place,
                fill=alt.Fill("fill:N", scale=None),
                stroke=alt.value(self.colours.ink),
            )
        )
        numbers = (
            over(rows)
            .mark_text(fontSize=10, fontWeight=700, yOffset=_ABOVE - 2, baseline="middle")
            .encode(**place, text="number:N", color=alt.Color("ink:N", scale=None))
        )
        return (bubbles, numbers)

    def _mark_rows(self) -> Iterator[Row]:
        places = {period.key: place for place, period in enumerate(self.history.periods)}
        for point in self.history.points:
            period = self.history.periods[places[point.key]]
            yield {
                "place": places[point.key],
                "at": self.low if period.value is None else period.value,
                "label": period.label,
                "said": point.words,
                "number": point.number,
                "address": point.address,
                "fill": self.colours.ink if point.is_open else self.colours.surface,
                "ink": self.colours.surface if point.is_open else self.colours.ink,
            }

    @property
    def _count(self) -> int:
        return len(self.history.periods)

    def _zone_rows(self) -> Iterator[Row]:
        """Each colour's stretches; a goal with two sides has two ambers and two reds."""
        for status in Status:
            for nth in (0, 1):
                zones = [_nth(period, status, nth=nth) for period in self.history.periods]
                for run, place, across in self._steps(zones):
                    zone = zones[place]
                    assert zone is not None
                    yield {
                        "across": across,
                        "run": f"{status}{nth}{run}",
                        "wash": getattr(self.colours, f"{status}_wash"),
                        "low": self._inside(zone.low, self.low),
                        "high": self._inside(zone.high, self.high),
                    }

    def _steps(self, found: Sequence[object | None]) -> Iterator[tuple[int, int, float]]:
        """Unbroken runs of what there is: place, and where its step begins; the last one ends too."""
        run = 0
        for place in range(self._count):
            if found[place] is None:
                continue
            run = run if place and found[place - 1] is not None and self._goes_on(place) else place
            yield run, place, place - 0.5
            if place + 1 == self._count or found[place + 1] is None or not self._goes_on(place + 1):
                yield run, place, place + 0.5

    def _goes_on(self, place: int) -> bool:
        """Whether a period continues the one before it: a year to date begins anew every fiscal year."""
        return self.history.periods[place].line == self.history.periods[place - 1].line

    def _inside(self, edge: float | None, endless: float) -> float:
        return endless if edge is None else min(max(edge, self.low), self.high)

    def _row(self, place: int, *, at: float | None, **more: float) -> Row:
        period = self.history.periods[place]
        return {
            "place": place,
            "since": place - 0.5,
            "at": at,
            "line": period.line,
            "shape": _SHAPES[period.status],
            "colour": self._colour(period.status),
            "weight": _SIZES[period.status] * (2 if place + 1 == self._count else 1),
            **dict(self._words(period)),
            **more,
        }

    def _colour(self, status: Status) -> str:
        """A value without a status is the line's own point."""
        return self.colours.accent if status is Status.GREY else str(getattr(self.colours, status.value))

    def _words(self, period: HistoryPeriod) -> Iterator[tuple[str, str]]:
        yield "value", str(period.format.shown(period.value))
        yield "target", str(period.format.shown(period.target))
        yield "label", f"{period.label} ({period.shown_period})" if period.shown_period else period.label
        yield "score", display_score(period.score)
        yield "word", period.reason or period.status.label

    def _across(self, field: str = "place") -> alt.X:
        return periods_across([period.short for period in self.history.periods], field=field)

    def _up(self, field: str) -> alt.Y:
        yes_no = alt.Axis(title=None, values=[0, 1], labelExpr=worded((_("No"), _("Yes"))))
        axis = yes_no if self.history.format.is_yes_no else None
        return values_up(field, low=self.low, high=self.high, axis=axis)


def _nth(period: HistoryPeriod, status: Status, *, nth: int) -> Zone | None:
    found = [zone for zone in period.zones if zone.status is status]
    return found[nth] if nth < len(found) else None
