"""The values of a process against what is asked of them, as a histogram."""

from __future__ import annotations

from math import ceil

import altair as alt
import numpy as np
from django.utils.translation import gettext as _

from fourfold.governance.signals.pages.capability_view import CapabilityView
from fourfold.platform.ui.charts import ChartTheme, compiled, drawn, palette
from fourfold.platform.ui.charts.axes import Chart, over

__all__ = ["Bin", "bins_of", "histogram_as_json", "histogram_as_svg"]

Bin = tuple[float, float, int]
"""From, to, how many."""


def bins_of(view: CapabilityView) -> tuple[Bin, ...]:
    """Equal bins by Rice's rule, 2 · n^⅓: enough to see a shape, too few to see noise."""
    counts, edges = np.histogram(view.values, bins=max(5, ceil(2 * len(view.values) ** (1 / 3))))
    return tuple(
        (float(low), float(high), int(count))
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    )


def histogram_as_json(view: CapabilityView, *, theme: ChartTheme) -> str:
    """What the island draws."""
    return compiled(_chart(view, theme=theme, width=860, height=260), theme=theme).vega


def histogram_as_svg(view: CapabilityView, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """The same as a picture."""
    width, height = (320, 220) if is_narrow else (860, 260)
    return drawn(compiled(_chart(view, theme=theme, width=width, height=height), theme=theme))


def _chart(view: CapabilityView, *, theme: ChartTheme, width: int, height: int) -> Chart:
    colours, bins = palette(theme), bins_of(view)
    wanted = ((view.lower, _("lower")), (view.target, _("best")), (view.upper, _("upper")))
    lines = [
        (number, f"{word} {view.format.shown(number).text}") for number, word in wanted if number is not None
    ]
    asked: list[dict[str, object]] = [{"at": number, "words": words} for number, words in lines]
    edges = [bins[0][0], bins[-1][1], *(number for number, _words in lines)]
    low, high = min(edges), max(edges)
    room = 0.06 * (high - low)
    scale = alt.Scale(domain=[low - room, high + room], nice=False, zero=False)
    across = alt.Axis(title=None, tickCount=8, format=",.10~f", grid=False)
    top = max(count for _low, _high, count in bins)
    up = alt.Y(
        "count:Q",
        scale=alt.Scale(domain=[0, top * 1.2], nice=False),
        axis=alt.Axis(title=None, tickCount=4, format="d"),
    )
    bars = over([_bar(view, each) for each in bins]).mark_rect(
        fill=colours.accent, opacity=0.75, stroke=colours.surface, strokeWidth=1
    )
    said = [alt.Tooltip("label:N", title=_("Value")), alt.Tooltip("said:N", title=_("periods"))]
    x = alt.X("low:Q", scale=scale, axis=across)
    layers = [bars.encode(x=x, x2=alt.X2("high:Q"), y=up, y2=alt.Y2("zero:Q"), tooltip=said)]
    place = alt.X("at:Q", scale=scale, axis=across)
    layers.append(
        over(asked).mark_rule(stroke=colours.ink, strokeDash=[6, 3], strokeWidth=1.6).encode(x=place)
    )
    # Words right of the upper limit would run out of the picture.
    before = len(asked) - (view.upper is not None)
    for side, there in (("left", asked[:before]), ("right", asked[before:])):
        words = over(there).mark_text(
            baseline="top", y=2, dx=4 if side == "left" else -4, align=side, fontWeight=600, color=colours.ink
        )
        layers.append(words.encode(x=place, text="words:N"))
    return alt.layer(*layers).properties(
        width=width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


def _bar(view: CapabilityView, each: Bin) -> dict[str, object]:
    low, high, count = each
    label = f"{view.format.shown(low).text} – {view.format.shown(high)}"
    return {"low": low, "high": high, "count": count, "zero": 0, "label": label, "said": str(count)}
