"""Values of a process as a histogram, with what is asked of them as upright lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import altair as alt
import numpy as np

from fourfold.platform.ui.charts.axes import Chart, Row, over
from fourfold.platform.ui.charts.house_theme import ChartTheme, Palette, palette

__all__ = ["Bin", "Histogram", "HistogramBar", "HistogramLine", "Reach", "bins_of", "histogram_chart"]

Bin = tuple[float, float, int]
"""From, to, how many."""

_ROOM = 0.06  # of the width, left and right of what must be seen
_ABOVE = 1.2  # of the highest bar: the words of the lines stand above it


@dataclass(frozen=True, slots=True)
class HistogramBar:
    """One bin with the words that answer the pointer."""

    bin: Bin
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class HistogramLine:
    """A number that is asked for, and its words; of an upper limit they stand at its left, where there is room."""

    at: float
    words: str
    is_upper: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """What the process does: its mean, and as far as it goes to either side."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars and lines; `titles` name the pointer's two answers, `reach` is drawn under the top where it is known."""

    bars: tuple[HistogramBar, ...]
    lines: tuple[HistogramLine, ...]
    titles: tuple[str, str]
    reach: Reach | None = None

    @property
    def span(self) -> tuple[float, float]:
        """From the least to the greatest number that must be seen, with a little room."""
        edges = [self.bars[0].bin[0], self.bars[-1].bin[1], *(line.at for line in self.lines)]
        if self.reach is not None:
            edges += [self.reach.low, self.reach.high]
        room = _ROOM * (max(edges) - min(edges))
        return min(edges) - room, max(edges) + room


def bins_of(values: Sequence[float]) -> tuple[Bin, ...]:
    """Equal bins by Rice's rule, 2 · n^⅓: enough to see a shape, too few to see noise.

    >>> bins_of([0.0, 1.0, 1.0, 5.0])[0]
    (0.0, 1.0, 1)
    """
    counts, edges = np.histogram(values, bins=max(5, ceil(2 * len(values) ** (1 / 3))))
    return tuple(
        (float(low), float(high), int(count))
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    )


def histogram_chart(shown: Histogram, *, theme: ChartTheme, width: int, height: int) -> Chart:
    """The chart, not yet compiled: whoever draws it may give it a title."""
    sheet = _Sheet(shown, palette(theme))
    layers = [sheet.bars(), sheet.rules(), *sheet.words()]
    if shown.reach is not None:
        layers += sheet.reach(shown.reach)
    return alt.layer(*layers).properties(
        width=width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all layers of one histogram share."""

    shown: Histogram
    colours: Palette

    def bars(self) -> Chart:
        rows = [_bar(each) for each in self.shown.bars]
        drawn = over(rows, name="bins").mark_rect(
            fill=self.colours.accent, opacity=0.75, stroke=self.colours.surface, strokeWidth=1
        )
        value, count = self.shown.titles
        return drawn.encode(
            x=self._across("low"),
            x2=alt.X2("high:Q"),
            y=self._up("count"),
            y2=alt.Y2("zero:Q"),
            tooltip=[alt.Tooltip("label:N", title=value), alt.Tooltip("said:N", title=count)],
        )

    def rules(self) -> Chart:
        """What is asked for."""
        rows = [{"at": line.at} for line in self.shown.lines]
        drawn = over(rows, name="asked").mark_rule(
            stroke=self.colours.ink, strokeDash=[6, 3], strokeWidth=1.6
        )
        return drawn.encode(x=self._across("at"))

    def words(self) -> list[Chart]:
        """Beside the lines; right of the upper limit they would run out of the picture."""
        found = []
        for side, is_upper in (("left", False), ("right", True)):
            rows = [
                {"at": line.at, "words": line.words} for line in self.shown.lines if line.is_upper is is_upper
            ]
            drawn = over(rows).mark_text(
                baseline="top",
                y=2,
                dx=-4 if is_upper else 4,
                align=side,
                fontWeight=600,
                color=self.colours.ink,
            )
            found.append(drawn.encode(x=self._across("at"), text="words:N"))
        return found

    def reach(self, reach: Reach) -> list[Chart]:
        """The width of the process beside the width that is asked for, and its middle."""
        level = self._top / _ABOVE * 1.03
        span = over([{"low": reach.low, "high": reach.high, "level": level}], name="reach")
        middle = over([{"low": reach.middle, "level": level}], name="middle")
        up = self._up("level")
        return [
            span.mark_rule(stroke=self.colours.ink_soft, strokeWidth=2.4).encode(
                x=self._across("low"), x2=alt.X2("high:Q"), y=up
            ),
            middle.mark_point(
                shape="diamond", size=70, filled=True, opacity=1, fill=self.colours.ink_soft
            ).encode(x=self._across("low"), y=up),
        ]

    @property
    def _top(self) -> float:
        return _ABOVE * max(each.bin[2] for each in self.shown.bars)

    def _across(self, field: str) -> alt.X:
        low, high = self.shown.span
        scale = alt.Scale(domain=[low, high], nice=False, zero=False)
        return alt.X(
            f"{field}:Q", scale=scale, axis=alt.Axis(title=None, tickCount=8, format=",.10~f", grid=False)
        )

    def _up(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[0, self._top], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(title=None, tickCount=4, format="d"))


def _bar(bar: HistogramBar) -> Row:
    low, high, count = bar.bin
    return {"low": low, "high": high, "count": count, "zero": 0, "label": bar.label, "said": bar.said}
