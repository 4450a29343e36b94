"""Exceptions as one picture: a chart of each that is told, most urgent first, with its words above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import altair as alt
import numpy as np

from fourfold.cli.exceptions.document import ExceptionsFound
from fourfold.cli.exceptions.table import footer_of, said_of, title_of
from fourfold.cli.spc.layers import INK, PAPER, course_of, layers_of, way_of
from fourfold.cli.spc.picture import key_of
from fourfold.engine.exceptions import ExceptionItem, Line
from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.platform.ui.charts import ChartTheme, compiled, drawn
from fourfold.platform.ui.charts.axes import Chart, over

__all__ = ["exceptions_svg"]

_WIDTH: Final = 860
_HEIGHT: Final = 110
_DRAWN: Final = 36  # the latest periods: three years of months; more would be a smear
_SPACING: Final = 18


def exceptions_svg(found: ExceptionsFound) -> str:
    """All that are told, under what was looked at, with what chance alone would give; nothing to report is said."""
    told = found.ranking.shown
    charts = [_chart(found, line, number=number) for number, line in enumerate(told, 1)] or [_nothing()]
    marks = [mark for line in told for mark in _marks(found, line.item).values()]
    key = [f"{key_of(marks)} · dashed: limits · line: centre · dotted: target"] if told else []
    under = [*footer_of(found), *key]
    words = alt.TitleParams(title_of(found), subtitle=under, anchor="start", color=INK.ink, offset=_SPACING)
    sheet = alt.vconcat(*charts, spacing=_SPACING).properties(background=PAPER, title=words)
    return drawn(compiled(sheet, theme=ChartTheme.LIGHT))


def _chart(found: ExceptionsFound, line: Line, *, number: int) -> Chart:
    item, labels = line.item, found.table.periods
    target = float(found.target[item.series])
    course = course_of(
        found.chart,
        item.series,
        labels=labels,
        marks=_marks(found, item),
        since=max(len(labels) - _DRAWN, 0),
        target=target if np.isfinite(target) else None,
    )
    title = alt.TitleParams(
        f"{number}. {found.table.name(item.series)}",
        subtitle=list(_under(found, line)),
        anchor="start",
        color=INK.ink,
    )
    return alt.layer(*layers_of(course)).properties(width=_WIDTH, height=_HEIGHT, title=title)


def _marks(found: ExceptionsFound, item: ExceptionItem) -> Mapping[int, PointMark]:
    """The points that make its signal, by period; an exception without one has none."""
    kinds = found.found.kinds_of(item.place)
    signal = next((kind for kind in kinds if kind.is_signal), None)
    if signal is None:
        return {}
    moved, latest = int(found.found.moved[item.place, signal]), found.found.recent.marks.shape[1]
    first = len(found.table.periods) - latest
    mark = way_of(moved, polarity=int(found.better[item.series]))
    return {first + point: mark for point in found.found.points_of(item.place, signal)}


def _under(found: ExceptionsFound, line: Line) -> Iterator[str]:
    """What it is, for how many points, how urgent; then what stands in between causes and effects."""
    points = int(found.found.periods[line.item.place, line.item.kind])
    counted = f"{points} point{'' if points == 1 else 's'}"
    yield f"{said_of(found, line.item)} · {counted} · priority {line.item.priority:.2f}"
    if line.follows:
        yield f"follows from {found.table.name(line.follows.series)}"
    if line.folded:
        yield f"followed by {', '.join(found.table.name(item.series) for item in line.folded)}"


def _nothing() -> Chart:
    """An empty line under the words that say so."""
    return over([{}]).mark_text(text="").properties(width=_WIDTH, height=1)
