"""The one definition of a control chart of values or averages: page, picture and paper draw it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
from django.utils.translation import gettext as _

from fourfold.governance.signals.pages.control_points import ControlPoint, ControlView, PointMark
from fourfold.platform.ui.charts import ChartTheme, Palette, palette
from fourfold.platform.ui.charts.axes import Chart, answering, over, periods_across, values_up
from fourfold.platform.ui.charts.bounds import padded, span_of
from fourfold.platform.ui.numbers import display_number

__all__ = ["MARK_COLOURS", "MARK_SHAPES", "MARK_SIZES", "control_chart"]

MARK_COLOURS: Final = {
    ChartTheme.LIGHT: {
        PointMark.COMMON: "#56637a",
        PointMark.IMPROVEMENT: "#1c5aa6",
        PointMark.CONCERN: "#b85a00",
        PointMark.NEUTRAL: "#7b3fb0",
    },
    ChartTheme.DARK: {
        PointMark.COMMON: "#a3b0bf",
        PointMark.IMPROVEMENT: "#83b6ee",
        PointMark.CONCERN: "#f5a742",
        PointMark.NEUTRAL: "#c79bf2",
    },
}
"""Of `styles/tokens.css`: grey, line-1, line-2 and line-4. Never those of a status: a signal is no status."""

_CROSS = "M-1,-0.55L-0.55,-1L0,-0.45L0.55,-1L1,-0.55L0.45,0L1,0.55L0.55,1L0,0.45L-0.55,1L-1,0.55L-0.45,0Z"
MARK_SHAPES: Final = {
    PointMark.COMMON: "circle",
    PointMark.IMPROVEMENT: "square",
    PointMark.CONCERN: _CROSS,
    PointMark.NEUTRAL: "diamond",
}
MARK_SIZES: Final = {
    PointMark.COMMON: 34,
    PointMark.IMPROVEMENT: 70,
    PointMark.CONCERN: 105,
    PointMark.NEUTRAL: 80,
}

_PADDING = 0.1  # of the span, so that no line runs along an edge
_REACH = 0.75  # a target joins the axis where it widens the span by no more than this share
_ABOVE = -15  # pixels from a point to the number of its sentence


def control_chart(view: ControlView, *, theme: ChartTheme, width: int, height: int) -> Chart:
    """The band of the limits at the back, then lines, the values, their marks, and the points one can ask."""
    sheet = _Sheet(view, palette(theme), MARK_COLOURS[theme], *_bounds(view))
    layers = [
        sheet.band(),
        *sheet.limits(),
        sheet.targets(),
        *sheet.borders(),
        sheet.line(),
        *([sheet.single_values()] if view.is_of_averages else []),
        sheet.rings(),
        sheet.marks(),
        sheet.numbers(),
        sheet.questions(),
    ]
    return alt.layer(*layers).properties(
        width=width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


def _bounds(view: ControlView) -> tuple[float, float]:
    """The axis: all values and limits, and the targets where they do not flatten them."""
    lines = [(point.value, point.plotted, point.lower, point.upper) for point in view.points]
    numbers = [number for line in lines for number in line if number is not None]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    room = span_of(low, high) * (1 + _REACH)
    for target in sorted({point.target for point in view.points if point.target is not None}):
        if max(high, target) - min(low, target) <= room:
            low, high = min(low, target), max(high, target)
    return padded(low, high, by=_PADDING, above=1.5)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all layers of one chart share."""

    view: ControlView
    colours: Palette
    inks: dict[PointMark, str]
    low: float
    high: float

    def band(self) -> Chart:
        """Between the limits: where an unchanged process is expected."""
        rows = [
            {"across": across, "low": point.lower, "high": point.upper, "run": point.segment}
            for point, across in self._steps()
            if point.lower is not None
        ]
        return (
            over(rows)
            .mark_area(interpolate="step-after", fill=self.colours.grey_wash, opacity=0.75)
            .encode(x=self._across("across"), y=self._up("low"), y2=alt.Y2("high:Q"), detail="run:N")
        )

    def limits(self) -> Sequence[Chart]:
        """Mean, limits, and two thirds of the way to them."""
        return (
            self._steps_of("near_lower", width=0.8, dash=[1.5, 3]),
            self._steps_of("near_upper", width=0.8, dash=[1.5, 3]),
            self._steps_of("centre", width=1.4, dash=[1, 0]),
            self._steps_of("lower", width=1.4, dash=[6, 3]),
            self._steps_of("upper", width=1.4, dash=[6, 3]),
        )

    def targets(self) -> Chart:
        """The target of each period as a flight of steps."""
        rows = [
            {"across": across, "at": point.target, "run": "target"}
            for point, across in self._steps()
            if point.target is not None and self.low <= point.target <= self.high
        ]
        return (
            over(rows)
            .mark_line(interpolate="step-after", stroke=self.colours.ink, strokeDash=[2, 3], strokeWidth=1.5)
            .encode(x=self._across("across"), y=self._up("at"), detail="run:N")
        )

    def borders(self) -> Sequence[Chart]:
        """A line where limits begin anew."""
        rows = [
            {
                "across": stretch.first - 0.5,
                "words": _("new limits") if stretch.is_rebased else _("new series"),
            }
            for stretch in self.view.stretches[1:]
        ]
        rule = over(rows).mark_rule(strokeDash=[2, 3], stroke=self.colours.ink, strokeWidth=1.2)
        words = over(rows).mark_text(
            align="left", baseline="top", dx=4, y=2, color=self.colours.ink, fontWeight=600
        )
        across = self._across("across")
        return rule.encode(x=across), words.encode(x=across, text="words:N")

    def line(self) -> Chart:
        """The value; broken where there is none."""
        rows = [
            {"place": place, "at": point.plotted, "run": point.segment}
            for place, point in enumerate(self.view.points)
        ]
        return (
            over(rows)
            .mark_line(
                stroke=self.colours.ink_soft,
                strokeWidth=1.5,
                strokeJoin="round",
                invalid="break-paths-show-domains",
            )
            .encode(x=self._across(), y=self._up("at"), detail="run:N")
        )

    def single_values(self) -> Chart:
        """Beside averages the values they are made of, small and pale."""
        rows = [
            {"place": place, "at": point.value}
            for place, point in enumerate(self.view.points)
            if point.value is not None
        ]
        return (
            over(rows)
            .mark_point(shape="circle", size=14, filled=True, fill=self.colours.grey, opacity=0.75)
            .encode(x=self._across(), y=self._up("at"))
        )

    def rings(self) -> Chart:
        """Around each point that is left out of the limits."""
        rows = [
            {"place": place, "at": point.value}
            for place, point in enumerate(self.view.points)
            if point.is_excluded and point.value is not None
        ]
        return (
            over(rows)
            .mark_point(
                shape="circle",
                size=260,
                filled=False,
                stroke=self.colours.ink,
                strokeDash=[3, 2],
                strokeWidth=1.4,
            )
            .encode(x=self._across(), y=self._up("at"))
        )

    def marks(self) -> Chart:
        """Each value in the shape and colour of what it says."""
        rows = [
            {
                "place": place,
                "at": point.plotted,
                "shape": MARK_SHAPES[point.mark],
                "colour": self.inks[point.mark],
                "weight": MARK_SIZES[point.mark],
            }
            for place, point in enumerate(self.view.points)
            if (point.average if self.view.is_of_averages else point.value) is not None
        ]
        return (
            over(rows)
            .mark_point(filled=True, opacity=1, stroke=self.colours.surface, strokeWidth=0.75)
            .encode(
                x=self._across(),
                y=self._up("at"),
                size=alt.Size("weight:Q", scale=None),
                shape=alt.Shape("shape:N", scale=None),
                fill=alt.Fill("colour:N", scale=None),
            )
        )

    def numbers(self) -> Chart:
        """Over the first point of each finding its number: where the sentence below begins."""
        firsts: dict[int, list[str]] = {}
        for finding in self.view.findings:
            if not finding.is_contained:
                firsts.setdefault(finding.points[0], []).append(str(finding.number))
        rows = [
            {
                "place": place,
                "at": self.view.points[place].plotted,
                "number": ", ".join(numbers),
                "colour": self.inks[self.view.points[place].mark],
            }
            for place, numbers in firsts.items()
        ]
        return (
            over(rows)
            .mark_text(fontSize=11, fontWeight=700, yOffset=_ABOVE, baseline="middle")
            .encode(
                x=self._across(),
                y=self._up("at"),
                text="number:N",
                color=alt.Color("colour:N", scale=None),
            )
        )

    def questions(self) -> Chart:
        """An unseen column over every period that answers the pointer."""
        rows = [
            {"since": place - 0.5, "until": place + 0.5, "at": self.low, **dict(self._words(point))}
            for place, point in enumerate(self.view.points)
        ]
        said = (
            ("label", _("period")),
            ("value", _("Value")),
            *([("average", _("Average"))] if self.view.is_of_averages else []),
            ("centre", _("Mean")),
            ("limits", _("Limits")),
            ("said", _("Says")),
        )
        return answering(rows, across=self._across("since"), up=self._up("at"), high=self.high, said=said)

    def _words(self, point: ControlPoint) -> Iterator[tuple[str, str]]:
        form = self.view.format
        yield "label", point.label
        yield "value", str(form.shown(point.value))
        if self.view.is_of_averages:
            yield "average", str(form.shown(point.average))
        yield "centre", str(form.shown(point.centre))
        between = (form.shown(point.lower).text, form.shown(point.upper))
        yield (
            "limits",
            f"{between[0]} – {between[1]}" if point.upper is not None else str(display_number(None)),
        )
        yield "said", point.reason or (_("left out of the limits") if point.is_excluded else point.mark.label)

    def _steps(self) -> Iterator[tuple[ControlPoint, float]]:
        """Each point at its left edge, and once more at the right edge where its segment ends."""
        points = self.view.points
        for place, point in enumerate(points):
            yield point, place - 0.5
            if place + 1 == len(points) or points[place + 1].segment != point.segment:
                yield point, place + 0.5

    def _steps_of(self, line: str, *, width: float, dash: list[float]) -> Chart:
        rows = [
            {"across": across, "at": getattr(point, line), "run": point.segment}
            for point, across in self._steps()
            if getattr(point, line) is not None
        ]
        return (
            over(rows)
            .mark_line(
                interpolate="step-after", stroke=self.colours.ink_soft, strokeDash=dash, strokeWidth=width
            )
            .encode(x=self._across("across"), y=self._up("at"), detail="run:N")
        )

    def _across(self, field: str = "place") -> alt.X:
        return periods_across([point.short for point in self.view.points], field=field)

    def _up(self, field: str) -> alt.Y:
        return values_up(field, low=self.low, high=self.high)
