"""A control chart as a picture: what it is, what it says, what is doubtful, and the chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import altair as alt

from fourfold.cli.spc.document import ChartsFound
from fourfold.cli.spc.layers import INK, PAPER, course_of, layers_of, way_of
from fourfold.engine import spc
from fourfold.engine.quantities import Why
from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.platform.ui.charts import ChartTheme, compiled, drawn
from fourfold.platform.ui.charts.axes import Chart

__all__ = ["chart_svg", "key_of", "spaced", "standing_alone"]

_WIDTH: Final = 860
_HEIGHT: Final = 340
_KEY: Final = {
    PointMark.COMMON: "● noise",
    PointMark.IMPROVEMENT: "■ better",
    PointMark.CONCERN: "× worse",
    PointMark.NEUTRAL: "◆ changed",
}


def chart_svg(charted: ChartsFound) -> str:
    """The one series as an SVG of its own on white paper."""
    special, way = charted.signals.is_special[0], charted.signals.direction[0]
    marks = {
        place: way_of(int(way[place]), polarity=charted.asked.polarity)
        for place in range(len(charted.table.periods))
        if special[place]
    }
    course = course_of(
        charted.chart, 0, labels=charted.table.periods, marks=marks, target=charted.asked.target
    )
    under = [*_under(charted), f"{key_of(marks.values())} · dashed: limits · line: centre"]
    return standing_alone(layers_of(course), title=charted.table.title(0), under=under)


def key_of(marks: Iterable[PointMark]) -> str:
    """What the shapes mean that occur, and the plain one."""
    there = set(marks)
    return " · ".join(words for mark, words in _KEY.items() if mark in there or mark is PointMark.COMMON)


def standing_alone(layers: Sequence[Chart], *, title: str, under: Sequence[str]) -> str:
    """Layers over periods as an SVG of its own, with a title and lines of words under it."""
    words = alt.TitleParams(title, subtitle=list(under), anchor="start", color=INK.ink)
    chart = alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT, background=PAPER, title=words)
    return drawn(compiled(chart, theme=ChartTheme.LIGHT))


def _under(charted: ChartsFound) -> list[str]:
    asked = charted.asked
    of = " of residuals" if asked.residuals else ""
    parts = [f"{asked.chart} chart{of}", ", ".join(asked.rules), _said(charted)]
    if asked.target is not None:
        promised = spc.Assurance(charted.icons.assurance[0])
        told = "" if promised is spc.Assurance.NOT_COMPUTABLE else f": {spaced(promised.code)}"
        parts.append(f"target {asked.target:g}{told}")
    doubts = " · ".join(spaced(warning) for warning in charted.warnings[0])
    return [" · ".join(parts), *([doubts] if doubts else [])]


def _said(charted: ChartsFound) -> str:
    """What the latest point says; without limits, why there are none."""
    chart, at = charted.chart, max(int(charted.icons.point[0]), 0)
    why = Why(int(chart.over_points(chart.why)[0, at]))
    if why is not Why.PRESENT:
        return f"no limits: {spaced(why.code)}"
    return spaced(spc.Variation(charted.icons.variation[0]).code)


def spaced(code: str) -> str:
    """A stable code in words."""
    return code.replace("_", " ")
