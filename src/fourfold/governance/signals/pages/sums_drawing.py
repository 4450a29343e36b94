"""The one definition of a CUSUM chart: what exceeds the mean adds up upwards, what falls short of it downwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
from django.utils.translation import gettext as _

from fourfold.governance.signals.pages.control_drawing import MARK_COLOURS, MARK_SHAPES, MARK_SIZES
from fourfold.governance.signals.pages.control_points import ControlPoint, ControlView, PointMark
from fourfold.platform.ui.charts import ChartTheme, Palette, palette
from fourfold.platform.ui.charts.axes import Chart, answering, over, periods_across, values_up
from fourfold.platform.ui.numbers import display_number

__all__ = ["sums_chart"]

_SIDES: Final = (1, -1)
_ROOM: Final = 1.2  # of the largest sum, so that nothing touches an edge


def sums_chart(view: ControlView, *, theme: ChartTheme, width: int, height: int) -> Chart:
    """The border and zero, then each side's line and points, and the periods one can ask."""
    sheet = _Sheet(view, palette(theme), MARK_COLOURS[theme])
    sides = [layer for side in _SIDES for layer in (sheet.line(side), sheet.points(side))]
    layers = [sheet.band(), sheet.zero(), *sheet.borders(), *sides, sheet.numbers(), sheet.questions()]
    return alt.layer(*layers).properties(
        width=width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all layers of one chart share."""

    view: ControlView
    colours: Palette
    inks: dict[PointMark, str]

    @property
    def decision(self) -> float:
        """h, in sigma."""
        return self.view.memory.decision if self.view.memory else 0.0

    @property
    def reach(self) -> float:
        """How far the axis goes either way."""
        sums = [each for point in self.view.points for each in (point.sum_up, point.sum_down)]
        return _ROOM * max([self.decision, *(each for each in sums if each is not None)])

    def band(self) -> Chart:
        """Between the borders: where the sums of an unchanged process stay."""
        last = len(self.view.points) - 0.5
        rows = [{"since": -0.5, "until": last, "low": -self.decision, "high": self.decision}]
        return (
            over(rows)
            .mark_rect(fill=self.colours.grey_wash, opacity=0.75)
            .encode(x=self._across("since"), x2=alt.X2("until:Q"), y=self._up("low"), y2=alt.Y2("high:Q"))
        )

    def zero(self) -> Chart:
        """Where nothing has added up."""
        return (
            over([{"at": 0.0}])
            .mark_rule(stroke=self.colours.ink_soft, strokeWidth=1.2)
            .encode(y=self._up("at"))
        )

    def borders(self) -> Sequence[Chart]:
        """h on either side, and a line where limits begin anew."""
        sides = [{"at": side * self.decision} for side in _SIDES]
        anew = [
            {
                "across": stretch.first - 0.5,
                "words": _("new limits") if stretch.is_rebased else _("new series"),
            }
            for stretch in self.view.stretches[1:]
        ]
        across = self._across("across")
        return (
            over(sides)
            .mark_rule(stroke=self.colours.ink_soft, strokeDash=[6, 3], strokeWidth=1.4)
            .encode(y=self._up("at")),
            over(anew)
            .mark_rule(strokeDash=[2, 3], stroke=self.colours.ink, strokeWidth=1.2)
            .encode(x=across),
            over(anew)
            .mark_text(align="left", baseline="top", dx=4, y=2, color=self.colours.ink, fontWeight=600)
            .encode(x=across, text="words:N"),
        )

    def line(self, side: int) -> Chart:
        """One sum; broken where there is no value."""
        rows = [
            {"place": place, "at": _signed(point, side), "run": point.segment}
            for place, point in enumerate(self.view.points)
        ]
        return (
            over(rows)
            .mark_line(
                stroke=self.colours.ink_soft,
                strokeWidth=1.5,
                strokeJoin="round",
                strokeDash=[1, 0] if side > 0 else [4, 2],
                invalid="break-paths-show-domains",
            )
            .encode(x=self._across(), y=self._up("at"), detail="run:N")
        )

    def points(self, side: int) -> Chart:
        """Each sum that is not zero, in the shape of what it says."""
        rows = [
            {
                "place": place,
                "at": at,
                "shape": MARK_SHAPES[mark],
                "colour": self.inks[mark],
                "weight": MARK_SIZES[mark] if mark is not PointMark.COMMON else 16,
            }
            for place, at, mark in self._marked(side)
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
        """Beside the first point of each finding its number: where the sentence below begins."""
        rows = []
        for finding in self.view.findings:
            point = self.view.points[finding.points[0]]
            side = 1 if _is_beyond(point, 1, decision=self.decision) else -1
            rows.append(
                {
                    "place": finding.points[0],
                    "at": _signed(point, side),
                    "number": str(finding.number),
                    "colour": self.inks[point.mark],
                }
            )
        return (
            over(rows)
            .mark_text(fontSize=11, fontWeight=700, xOffset=-13, baseline="middle")
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
            {"since": place - 0.5, "until": place + 0.5, "at": -self.reach, **dict(self._words(point))}
            for place, point in enumerate(self.view.points)
        ]
        said = (
            ("label", _("period")),
            ("value", _("Value")),
            ("centre", _("Mean")),
            ("up", _("Sum above, in sigma")),
            ("down", _("Sum below, in sigma")),
            ("said", _("Says")),
        )
        return answering(rows, across=self._across("since"), up=self._up("at"), high=self.reach, said=said)

    def _marked(self, side: int) -> Iterator[tuple[int, float, PointMark]]:
        for place, point in enumerate(self.view.points):
            at = _signed(point, side)
            if at:
                beyond = _is_beyond(point, side, decision=self.decision)
                yield place, at, point.mark if beyond else PointMark.COMMON

    def _words(self, point: ControlPoint) -> Iterator[tuple[str, str]]:
        form = self.view.format
        yield "label", point.label
        yield "value", str(form.shown(point.value))
        yield "centre", str(form.shown(point.centre))
        yield "up", display_number(point.sum_up, decimals=1).text
        yield "down", display_number(point.sum_down, decimals=1).text
        yield "said", point.reason or (_("left out of the limits") if point.is_excluded else point.mark.label)

    def _across(self, field: str = "place") -> alt.X:
        return periods_across([point.short for point in self.view.points], field=field)

    def _up(self, field: str) -> alt.Y:
        return values_up(field, low=-self.reach, high=self.reach)


def _signed(point: ControlPoint, side: int) -> float | None:
    if side > 0:
        return point.sum_up
    return None if point.sum_down is None else -point.sum_down


def _is_beyond(point: ControlPoint, side: int, *, decision: float) -> bool:
    reached = point.sum_up if side > 0 else point.sum_down
    return reached is not None and reached > decision
