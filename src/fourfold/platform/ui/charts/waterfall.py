"""A waterfall: from one number to another by the parts of the change, one row a part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import altair as alt
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal
from fourfold.platform.ui.charts.axes import Chart, Row, over
from fourfold.platform.ui.charts.compiling import compiled, drawn
from fourfold.platform.ui.charts.house_theme import ChartTheme, Palette, palette

__all__ = ["BarKind", "NothingToDraw", "Waterfall", "WaterfallBar", "waterfall_svg"]

_ROW, _HALF, _EDGE = 34, 0.3, 8  # pixels a row; half a bar's height in rows; pixels above and below
_LETTER = 6.6  # pixels of an average letter
_PADDING = 0.06  # of the span, so that no bar touches an edge


class NothingToDraw(Refusal):
    """The page says why it has no drawing; its picture's address says the same."""

    code, status = "NOTHING_TO_DRAW", 409
    sentence = _("There is nothing to draw here. {reason}")


class BarKind(StrEnum):
    """What a bar tells by its colour: whether the part was wanted. `PLAIN` where up is neither good nor bad."""

    BETTER = "better"
    WORSE = "worse"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class WaterfallBar:
    """One part: its name, its size, the size as it is written.

    An estimated part is dashed and pale, and its interval is drawn through it.
    """

    name: str
    part: float
    text: str
    kind: BarKind = BarKind.PLAIN
    is_estimated: bool = False
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Where the change starts and ends (name, value, the value as written), and the parts between, in order."""

    start: tuple[str, float, str]
    end: tuple[str, float, str]
    bars: tuple[WaterfallBar, ...]


def waterfall_svg(shown: Waterfall, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """The picture for a page of a desk's screen and for paper, or for a telephone; lettering keeps its size there.

    Every text in it was written before: the chart computes no digits. Both ends are marks, not bars: an axis that
    does not begin at zero would make bars of them lie.
    """
    return drawn(compiled(_chart(shown, theme=theme, is_narrow=is_narrow), theme=theme))


def _chart(shown: Waterfall, *, theme: ChartTheme, is_narrow: bool) -> Chart:
    width, left = (330, 116) if is_narrow else (860, 232)
    right = _room_for_sizes(shown, least=66 if is_narrow else 96, most=120 if is_narrow else 220)
    sheet = _Sheet(shown, palette(theme), _axis(shown), left)
    rows = len(shown.bars) + 2
    return alt.layer(*sheet.layers()).properties(
        width=width - left - right,
        height=rows * _ROW,
        padding={"left": left, "right": right, "top": _EDGE, "bottom": 24},
        autosize="none",
    )


def _room_for_sizes(shown: Waterfall, *, least: int, most: int) -> int:
    """Pixels behind the bars: the longest size as it is written."""
    longest = max(len(text) for text in (shown.start[2], shown.end[2], *(bar.text for bar in shown.bars)))
    return min(max(least, round(longest * _LETTER) + 16), most)


def _axis(shown: Waterfall) -> tuple[float, float]:
    """From the lowest to the highest the eye must reach, with a little room."""
    reached = [shown.start[1], shown.end[1]]
    at = shown.start[1]
    for bar in shown.bars:
        if bar.interval is not None:
            reached += [at + end for end in bar.interval]
        at += bar.part
        reached.append(at)
    low, high = min(reached), max(reached)
    room = max(high - low, abs(high) * 1e-3, 1e-9) * _PADDING
    return low - room, high + room


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all layers of one chart share."""

    shown: Waterfall
    colours: Palette
    axis: tuple[float, float]
    left: int

    def layers(self) -> tuple[Chart, ...]:
        """From back to front."""
        bars = (self.bars(estimated=False), self.bars(estimated=True))
        return (self.joints(), *bars, self.whiskers(), self.ends(), *self.words())

    def bars(self, *, estimated: bool) -> Chart:
        """The parts, each from where the one before it ended."""
        dash = {"strokeDash": [4, 3]} if estimated else {}
        return (
            over([row for row in self._part_rows() if row["estimated"] is estimated])
            .mark_rect(
                strokeWidth=1.2,
                cornerRadius=0 if estimated else 2,
                fillOpacity=0.2 if estimated else 0.92,
                **dash,
            )
            .encode(
                x=self._across("from"),
                x2="to:Q",
                y=self._down("top"),
                y2="bottom:Q",
                fill=alt.Fill("colour:N", scale=None),
                stroke=alt.Stroke("colour:N", scale=None),
            )
        )

    def joints(self) -> Chart:
        """Thin lines that carry the level from row to row."""
        rows = [
            {"at": at, "top": place + _HALF, "bottom": place + 1 - _HALF}
            for place, at in enumerate(self._levels())
        ]
        return (
            over(rows)
            .mark_rule(stroke=self.colours.line_strong, strokeWidth=1)
            .encode(x=self._across("at"), y=self._down("top"), y2="bottom:Q")
        )

    def whiskers(self) -> Chart:
        """How far an estimated part may be off."""
        rows = [
            {"low": level + bar.interval[0], "high": level + bar.interval[1], "row": place}
            for place, (bar, level) in enumerate(zip(self.shown.bars, self._levels(), strict=False), start=1)
            if bar.interval is not None
        ]
        return (
            over(rows)
            .mark_rule(stroke=self.colours.ink, strokeWidth=1.4)
            .encode(x=self._across("low"), x2="high:Q", y=self._down("row"))
        )

    def ends(self) -> Chart:
        """Where it started and where it ended: upright strokes."""
        last = len(self.shown.bars) + 1
        rows = [
            {"at": value, "top": row - _HALF - 0.08, "bottom": row + _HALF + 0.08}
            for row, (_name, value, _text) in ((0, self.shown.start), (last, self.shown.end))
        ]
        return (
            over(rows)
            .mark_rule(stroke=self.colours.ink, strokeWidth=4)
            .encode(x=self._across("at"), y=self._down("top"), y2="bottom:Q")
        )

    def words(self) -> tuple[Chart, Chart]:
        """Names at the left, sizes behind the bars."""
        names = over(self._word_rows()).mark_text(
            align="right", baseline="middle", limit=self.left - 16, fontSize=12
        )
        sizes = over(self._word_rows()).mark_text(align="left", baseline="middle", dx=7, fontSize=12)
        ink = alt.Color("ink:N", scale=None)
        return (
            names.encode(x=alt.value(-10), y=self._down("row"), text="name:N", color=ink),
            sizes.encode(
                x=self._across("right"),
                y=self._down("row"),
                text="text:N",
                color=alt.value(self.colours.ink),
            ),
        )

    def _levels(self) -> list[float]:
        """The level after the start and after every part."""
        levels = [self.shown.start[1]]
        for bar in self.shown.bars:
            levels.append(levels[-1] + bar.part)
        return levels

    def _part_rows(self) -> list[Row]:
        return [
            {
                "from": level,
                "to": level + bar.part,
                "top": row - _HALF,
                "bottom": row + _HALF,
                "colour": self._colour(bar.kind),
                "estimated": bar.is_estimated,
            }
            for row, (bar, level) in enumerate(zip(self.shown.bars, self._levels(), strict=False), start=1)
        ]

    def _word_rows(self) -> list[Row]:
        levels = self._levels()
        rows = [self._word(0, self.shown.start[0], text=self.shown.start[2], right=self.shown.start[1])]
        for row, bar in enumerate(self.shown.bars, start=1):
            reach = max(
                levels[row - 1], levels[row], levels[row - 1] + (bar.interval[1] if bar.interval else 0.0)
            )
            rows.append(self._word(row, bar.name, text=bar.text, right=reach))
        name, value, text = self.shown.end
        return [*rows, self._word(len(rows), name, text=text, right=value)]

    def _word(self, row: int, name: str, *, text: str, right: float) -> Row:
        is_end = row in (0, len(self.shown.bars) + 1)
        return {
            "row": row,
            "name": name,
            "text": text,
            "right": right,
            "ink": self.colours.ink if is_end else self.colours.ink_soft,
        }

    def _colour(self, kind: BarKind) -> str:
        return {
            BarKind.BETTER: self.colours.green,
            BarKind.WORSE: self.colours.red,
            BarKind.PLAIN: self.colours.accent,
        }[kind]

    def _across(self, field: str) -> alt.X:
        scale = alt.Scale(domain=list(self.axis), nice=False, zero=False)
        return alt.X(f"{field}:Q", scale=scale, axis=alt.Axis(title=None, tickCount=5, format=",.10~f"))

    def _down(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[len(self.shown.bars) + 1.5, -0.5], nice=False, zero=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)
