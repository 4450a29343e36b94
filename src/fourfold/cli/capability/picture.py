"""Capability as a picture: the values as a histogram, what is asked of them, what the process does, and the indices."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import numpy as np

from fourfold.cli.capability.document import CapabilitiesFound
from fourfold.cli.capability.table import asked_text, index_text, remarks_on
from fourfold.cli.spc.layers import INK, PAPER
from fourfold.engine.quantities import Why
from fourfold.platform.ui.charts import ChartTheme, compiled, drawn
from fourfold.platform.ui.charts.histogram import (
    Bin,
    Histogram,
    HistogramBar,
    HistogramLine,
    Reach,
    bins_of,
    histogram_chart,
)

__all__ = ["capability_svg"]

_WIDTH, _HEIGHT = 860, 320
_SIGMAS = 3.0  # to either side: the width of a process


def capability_svg(found: CapabilitiesFound) -> str:
    """The one series as an SVG of its own on white paper; without indices it says why, and shows the values still."""
    words = alt.TitleParams(
        f"{found.table.title(0)}, capability", subtitle=list(_under(found)), anchor="start", color=INK.ink
    )
    chart = histogram_chart(_shown(found), theme=ChartTheme.LIGHT, width=_WIDTH, height=_HEIGHT)
    return drawn(compiled(chart.properties(background=PAPER, title=words), theme=ChartTheme.LIGHT))


def _shown(found: CapabilitiesFound) -> Histogram:
    asked = found.specification
    wanted = (("lower", asked.lower, False), ("target", asked.target, False), ("upper", asked.upper, True))
    lines = tuple(
        HistogramLine(float(number), f"{word} {number:g}", is_upper)
        for word, number, is_upper in wanted
        if isinstance(number, float | int)
    )
    values = found.judged[0][np.isfinite(found.judged[0])]
    bars = tuple(_bar(each) for each in bins_of(values.tolist()))
    return Histogram(bars, lines, ("value", "points"), _reach(found))


def _bar(each: Bin) -> HistogramBar:
    low, high, count = each
    return HistogramBar(each, f"{low:g} – {high:g}", str(count))


def _reach(found: CapabilitiesFound) -> Reach | None:
    mean, sigma = float(found.found.mean[0]), float(found.found.within.sigma[0])
    if not np.isfinite(mean + sigma):
        return None
    return Reach(mean - _SIGMAS * sigma, mean, mean + _SIGMAS * sigma)


def _under(found: CapabilitiesFound) -> Iterator[str]:
    """What is asked; the indices with their 95 % intervals, or why there are none; what is doubtful."""
    figures, remarks = found.found, remarks_on(found, 0)
    points = f"{int(figures.points[0])} points"
    if Why(int(figures.why[0])) is not Why.PRESENT:
        yield f"{asked_text(found)} · {points} · no index: {remarks[0]}"
        return
    yield " · ".join((asked_text(found), points, *remarks))
    indices = (
        ("C_p", figures.cp, figures.within.spread_interval),
        ("C_pk", figures.cpk, figures.within.centred_interval),
        ("P_p", figures.pp, figures.overall.spread_interval),
        ("P_pk", figures.ppk, figures.overall.centred_interval),
    )
    told = [
        f"{name} {index_text(index, ends, place=0)}" for name, index, ends in indices if np.isfinite(index[0])
    ]
    yield " · ".join([*told, "95 % intervals · bar above: mean ± 3σ within"])
