"""A control chart as a picture: limits, centre, points in the shape and colour of what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import altair as alt
import numpy as np

from fourfold.cli.charted import Charted
from fourfold.engine import spc
from fourfold.engine.quantities import Polarity
from fourfold.platform.ui.charts import ChartTheme, Palette, compiled, drawn, palette

__all__ = ["chart_svg"]

_WIDTH: Final = 860
_HEIGHT: Final = 340
_PAPER: Final = "#ffffff"
_LABELS: Final = 8  # along the foot
_WANTED = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}

Row = dict[str, Any]
Chart = Any
"""Altair's own types do not survive their methods."""


def chart_svg(charted: Charted) -> str:
    """The one series as an SVG of its own on white paper."""
    rows, colours = list(_rows(charted)), palette(ChartTheme.LIGHT)
    layers = [_band(rows, colours), *_limits(rows, colours), _line(rows, colours), _points(rows)]
    if charted.asked.target is not None:
        layers.append(_target(charted.asked.target, colours))
    chart = alt.layer(*layers).properties(
        width=_WIDTH,
        height=_HEIGHT,
        background=_PAPER,
        title=alt.TitleParams(
            charted.table.name(0), subtitle=_subtitle(charted), anchor="start", color=colours.ink
        ),
    )
    return drawn(compiled(chart, theme=ChartTheme.LIGHT))


def _subtitle(charted: Charted) -> str:
    said = spc.Variation(charted.icons.variation[0]).code.replace("_", " ")
    parts = [f"{charted.asked.chart} chart", ", ".join(charted.asked.rules), said]
    if charted.asked.target is not None:
        promised = spc.Assurance(charted.icons.assurance[0]).code.replace("_", " ")
        parts.append(f"target {charted.asked.target:g}: {promised}")
    return " · ".join(parts)


def _rows(charted: Charted) -> Iterator[Row]:
    chart = charted.chart
    lines = {
        "at": chart.shown_points,
        "centre": chart.shown_centre,
        "lower": chart.lower,
        "upper": chart.upper,
        "near_lower": chart.near_lower,
        "near_upper": chart.near_upper,
    }
    number = np.broadcast_to(chart.segments.number, chart.points.shape)[0]
    special, way = charted.signals.is_special[0], charted.signals.direction[0]
    wanted = 0 if charted.asked.polarity is None else _WANTED.get(charted.asked.polarity, 0)
    colours = palette(ChartTheme.LIGHT)
    for place, label in enumerate(charted.table.periods):
        numbers = {name: float(chart.over_points(line)[0, place]) for name, line in lines.items()}
        kind = _kind(bool(special[place]), int(way[place]), wanted=wanted, colours=colours)
        plain = {name: value if np.isfinite(value) else None for name, value in numbers.items()}
        yield {"place": place, "label": label, "segment": int(number[place]), **plain, **kind}


def _kind(special: bool, way: int, *, wanted: int, colours: Palette) -> Row:
    """Shape and colour; never those of a status alone."""
    if not special:
        return {"shape": "circle", "colour": colours.grey, "weight": 40}
    if wanted == 0 or way == 0:
        return {"shape": "square", "colour": colours.ink, "weight": 70}
    if way == wanted:
        return {"shape": "triangle-up", "colour": colours.accent, "weight": 85}
    return {"shape": "diamond", "colour": colours.amber, "weight": 85}


def _band(rows: Sequence[Row], colours: Palette) -> Chart:
    """Where an unchanged process stays."""
    return (
        _over(rows)
        .mark_area(interpolate="step", fill=colours.grey_wash, opacity=0.8)
        .encode(x=_across(rows), y=_up("lower"), y2=alt.Y2("upper:Q"), detail="segment:N")
    )


def _limits(rows: Sequence[Row], colours: Palette) -> Iterator[Chart]:
    drawn_as = {
        "upper": (colours.ink_soft, [5, 4]),
        "lower": (colours.ink_soft, [5, 4]),
        "near_upper": (colours.line_strong, [2, 3]),
        "near_lower": (colours.line_strong, [2, 3]),
        "centre": (colours.ink_soft, []),
    }
    for field, (colour, dash) in drawn_as.items():
        yield (
            _over(rows)
            .mark_line(interpolate="step", stroke=colour, strokeDash=dash, strokeWidth=1.3)
            .encode(x=_across(rows), y=_up(field), detail="segment:N")
        )


def _line(rows: Sequence[Row], colours: Palette) -> Chart:
    return (
        _over(rows)
        .mark_line(stroke=colours.grey, strokeWidth=1.5, invalid="break-paths-show-domains")
        .encode(x=_across(rows), y=_up("at"))
    )


def _points(rows: Sequence[Row]) -> Chart:
    present = [row for row in rows if row["at"] is not None]
    return (
        _over(present)
        .mark_point(filled=True, opacity=1, stroke=_PAPER, strokeWidth=1)
        .encode(
            x=_across(rows),
            y=_up("at"),
            size=alt.Size("weight:Q", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            fill=alt.Fill("colour:N", scale=None),
        )
    )


def _target(target: float, colours: Palette) -> Chart:
    return (
        _over([{"at": target}])
        .mark_rule(stroke=colours.red, strokeWidth=1.4, strokeDash=[1, 0])
        .encode(y=_up("at"))
    )


def _across(rows: Sequence[Row]) -> alt.X:
    every = max(1, -(-len(rows) // _LABELS))
    names = ",".join("'" + row["label"].replace("\\", "\\\\").replace("'", "\\'") + "'" for row in rows)
    axis = alt.Axis(
        title=None,
        values=[row["place"] for row in rows if row["place"] % every == 0],
        labelExpr=f"[{names}][datum.value]",
        labelAngle=0,
        grid=False,
    )
    scale = alt.Scale(domain=[-0.5, len(rows) - 0.5], nice=False, zero=False)
    return alt.X("place:Q", scale=scale, axis=axis)


def _up(field: str) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=6, format=",.10~f")
    return alt.Y(f"{field}:Q", scale=alt.Scale(zero=False), axis=axis)


def _over(rows: Sequence[Row]) -> Chart:
    # Inline data under a name made from its place would change between runs; without a name it cannot.
    return alt.Chart(alt.InlineData(values=list(rows)))
