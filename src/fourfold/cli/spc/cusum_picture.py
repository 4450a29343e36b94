"""A CUSUM as a picture: what lies above the centre adds up upwards, what lies below it downwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import numpy as np

from fourfold.cli.spc.cusum_document import SumsFound
from fourfold.cli.spc.layers import INK, PAPER
from fourfold.cli.spc.picture import standing_alone
from fourfold.engine import spc
from fourfold.governance.signals.pages.control_drawing import MARK_COLOURS, MARK_SHAPES, MARK_SIZES
from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.platform.ui.charts import ChartTheme
from fourfold.platform.ui.charts.axes import Chart, Row, over, periods_across, values_up

__all__ = ["sums_svg"]

_SIDES: Final = {"high": 1.0, "low": -1.0}
_ROOM: Final = 1.15  # of the largest sum, so that nothing touches an edge


def sums_svg(summed: SumsFound) -> str:
    """The one series as an SVG of its own on white paper; its shortfall has the sign that the drawing gives it."""
    table, found, segments = summed.table, summed.found, summed.segments
    number = spc.Segments.whole(len(table.periods)) if segments is None else segments
    sheet = _Sheet(table.periods, found, number.number[0].tolist())
    under = [
        f"sums of what lies more than half a sigma off the centre · {summed.told(0)}",
        f"in sigma: excess upwards, shortfall downwards · dashed: the decision at {found.decision:g} · ◆ passes it",
    ]
    return standing_alone(list(sheet.layers()), title=f"{table.title(0)}, cusum", under=under)


@dataclass(frozen=True, slots=True)
class _Sheet:
    periods: Sequence[str]
    found: spc.Cusum
    segments: Sequence[int]

    def layers(self) -> Iterator[Chart]:
        """The decision and zero, then each side's line and points."""
        yield self._decision()
        yield self._zero()
        for side in _SIDES:
            yield self._line(side)
            yield self._points(side)

    @property
    def _reach(self) -> float:
        sums = np.concatenate([self.found.high[0], self.found.low[0]])
        return _ROOM * float(np.nanmax([self.found.decision, *sums[np.isfinite(sums)]]))

    def _rows(self, side: str) -> list[Row]:
        sums, sign = getattr(self.found, side)[0], _SIDES[side]
        passed = sums > self.found.decision
        return [
            {
                "place": place,
                "at": sign * float(level) if np.isfinite(level) else None,
                "segment": self.segments[place],
                "mark": PointMark.NEUTRAL if passed[place] else PointMark.COMMON,
            }
            for place, level in enumerate(sums)
        ]

    def _decision(self) -> Chart:
        rows = [{"at": sign * self.found.decision} for sign in _SIDES.values()]
        return (
            over(rows, name="decision")
            .mark_rule(stroke=INK.ink_soft, strokeDash=[6, 3], strokeWidth=1.3)
            .encode(y=self._up())
        )

    def _zero(self) -> Chart:
        return over([{"at": 0.0}]).mark_rule(stroke=INK.line_strong, strokeWidth=1.2).encode(y=self._up())

    def _line(self, side: str) -> Chart:
        return (
            over(self._rows(side), name=f"{side}_course")
            .mark_line(stroke=INK.grey, strokeWidth=1.5, invalid="break-paths-show-domains")
            .encode(x=self._across(), y=self._up(), detail="segment:N")
        )

    def _points(self, side: str) -> Chart:
        rows = [
            {
                **row,
                "shape": MARK_SHAPES[row["mark"]],
                "colour": MARK_COLOURS[ChartTheme.LIGHT][row["mark"]],
                "weight": MARK_SIZES[row["mark"]],
            }
            for row in self._rows(side)
            if row["at"] is not None
        ]
        return (
            over(rows, name=side)
            .mark_point(filled=True, opacity=1, stroke=PAPER, strokeWidth=0.75)
            .encode(
                x=self._across(),
                y=self._up(),
                size=alt.Size("weight:Q", scale=None),
                shape=alt.Shape("shape:N", scale=None),
                fill=alt.Fill("colour:N", scale=None),
            )
        )

    def _across(self) -> alt.X:
        return periods_across(self.periods, field="place")

    def _up(self) -> alt.Y:
        return values_up("at", low=-self._reach, high=self._reach)
