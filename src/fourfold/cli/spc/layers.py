"""One series of a file as a control chart is drawn: limits, centre, points in the shape and colour of what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import numpy as np

from fourfold.engine import spc
from fourfold.engine.quantities import Polarity
from fourfold.governance.signals.pages.control_drawing import MARK_COLOURS, MARK_SHAPES, MARK_SIZES
from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.platform.ui.charts import ChartTheme, palette
from fourfold.platform.ui.charts.axes import Chart, Row, over, periods_across, values_up
from fourfold.platform.ui.charts.bounds import padded

__all__ = ["INK", "PAPER", "Course", "course_of", "layers_of", "way_of"]

PAPER: Final = "#ffffff"
INK: Final = palette(ChartTheme.LIGHT)
_COLOURS: Final = MARK_COLOURS[ChartTheme.LIGHT]
_ROOM: Final = 0.08  # of the span, above and below
_BETTER: Final = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}
_LINES: Final = {
    "upper": (INK.ink_soft, [6, 3]),
    "lower": (INK.ink_soft, [6, 3]),
    "near_upper": (INK.line_strong, [1.5, 3]),
    "near_lower": (INK.line_strong, [1.5, 3]),
    "centre": (INK.ink_soft, [1, 0]),
}


@dataclass(frozen=True, slots=True)
class Course:
    """The periods that are drawn, a row each with None where there is no number, and the target where there is one."""

    rows: tuple[Row, ...]
    target: float | None

    @property
    def span(self) -> tuple[float, float]:
        """From the least to the greatest number that must be seen."""
        named = ("at", "lower", "upper", "centre")
        numbers = [row[name] for row in self.rows for name in named if row[name] is not None]
        numbers += [] if self.target is None else [self.target]
        low, high = min(numbers, default=0.0), max(numbers, default=1.0)
        return padded(low, high, by=_ROOM)


def course_of(
    chart: spc.ControlChart,
    place: int,
    *,
    labels: Sequence[str],
    marks: Mapping[int, PointMark],
    since: int = 0,
    target: float | None = None,
) -> Course:
    """The series at that place; `marks` by period, `since`: from which on it is drawn."""
    lines = {
        "at": chart.shown_points,
        "centre": chart.shown_centre,
        "lower": chart.lower,
        "upper": chart.upper,
        "near_lower": chart.near_lower,
        "near_upper": chart.near_upper,
    }
    numbers = {name: chart.over_points(line)[place] for name, line in lines.items()}
    segments = np.broadcast_to(chart.segments.number, chart.points.shape)[place]
    rows = tuple(
        {
            "place": at - since,
            "label": labels[at],
            "segment": int(segments[at]),
            "mark": marks.get(at, PointMark.COMMON),
            **{name: _plain(float(line[at])) for name, line in numbers.items()},
        }
        for at in range(since, len(labels))
    )
    return Course(rows, target)


def way_of(direction: int, *, polarity: Polarity | int | None) -> PointMark:
    """What a signal that way says; `polarity` as it is told, or +1 where high is better and −1 where low is."""
    wanted = _BETTER.get(polarity, 0) if isinstance(polarity, Polarity) else (polarity or 0)
    if not direction or not wanted:
        return PointMark.NEUTRAL
    return PointMark.IMPROVEMENT if direction == wanted else PointMark.CONCERN


def layers_of(course: Course) -> list[Chart]:
    """From back to front: the band, limits and centre, the target, the line, the points."""
    sheet = _Sheet(course, *course.span)
    return [sheet.band(), *sheet.limits(), *sheet.target(), sheet.line(), sheet.points()]


@dataclass(frozen=True, slots=True)
class _Sheet:
    course: Course
    low: float
    high: float

    def band(self) -> Chart:
        """Where an unchanged process stays."""
        rows = [row for row in self._steps() if row["lower"] is not None]
        return (
            over(rows)
            .mark_area(interpolate="step-after", fill=INK.grey_wash, opacity=0.8)
            .encode(x=self._across("edge"), y=self._up("lower"), y2=alt.Y2("upper:Q"), detail="run:N")
        )

    def limits(self) -> Iterator[Chart]:
        """Each in a flight of steps, broken where there are none."""
        for field, (colour, dash) in _LINES.items():
            rows = [row for row in self._steps() if row[field] is not None]
            yield (
                over(rows, name=field)
                .mark_line(interpolate="step-after", stroke=colour, strokeDash=dash, strokeWidth=1.3)
                .encode(x=self._across("edge"), y=self._up(field), detail="run:N")
            )

    def target(self) -> Iterator[Chart]:
        """What is to be reached, in all periods."""
        if self.course.target is not None:
            rows = [{"at": self.course.target}]
            yield (
                over(rows, name="target")
                .mark_rule(stroke=INK.ink, strokeWidth=1.5, strokeDash=[2, 3])
                .encode(y=self._up("at"))
            )

    def line(self) -> Chart:
        """Broken where there is no value, and where limits begin anew."""
        return (
            over(self.course.rows, name="course")
            .mark_line(stroke=INK.grey, strokeWidth=1.5, invalid="break-paths-show-domains")
            .encode(x=self._across("place"), y=self._up("at"), detail="segment:N")
        )

    def points(self) -> Chart:
        """A shape and a colour for what each says."""
        rows = [
            {
                "place": row["place"],
                "at": row["at"],
                "shape": MARK_SHAPES[row["mark"]],
                "colour": _COLOURS[row["mark"]],
                "weight": MARK_SIZES[row["mark"]],
            }
            for row in self.course.rows
            if row["at"] is not None
        ]
        return (
            over(rows, name="points")
            .mark_point(filled=True, opacity=1, stroke=PAPER, strokeWidth=0.75)
            .encode(
                x=self._across("place"),
                y=self._up("at"),
                size=alt.Size("weight:Q", scale=None),
                shape=alt.Shape("shape:N", scale=None),
                fill=alt.Fill("colour:N", scale=None),
            )
        )

    def _steps(self) -> Iterator[Row]:
        """Each row at its left edge, and once more at the right edge where its run of limits ends."""
        rows, run = self.course.rows, 0
        for here, after in zip(rows, (*rows[1:], None), strict=True):
            yield {**here, "edge": here["place"] - 0.5, "run": run}
            is_end = after is None or (after["segment"], after["upper"] is None) != (
                here["segment"],
                here["upper"] is None,
            )
            if is_end:
                yield {**here, "edge": here["place"] + 0.5, "run": run}
                run += 1

    def _across(self, field: str) -> alt.X:
        return periods_across([row["label"] for row in self.course.rows], field=field)

    def _up(self, field: str) -> alt.Y:
        return values_up(field, low=self.low, high=self.high)


def _plain(number: float) -> float | None:
    return number if np.isfinite(number) else None
