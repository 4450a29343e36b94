"""A drawing with what a page says around it: title, what it is about, and its legend. On a slide it stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from fourfold.engine.quantities import Status
from fourfold.platform.ui.charts import ChartTheme
from fourfold.platform.ui.charts.house_theme import palette
from fourfold.platform.ui.documents.ink import inked
from fourfold.platform.ui.drawings.marks import status_shape

__all__ = ["LegendEntry", "framed_picture", "legend_of_line", "legend_of_status"]

_MARGIN = 16
_HEAD = 84  # for title, second line and legend
_LETTER = 6.7  # an average letter of the legend, in units of the drawing
_TITLE_LETTER = 0.6  # an average letter of the title, as a share of its size: a long title is set smaller
_SAMPLE = 34
_OPENING = re.compile(r"<svg\b[^>]*>")
_SIDE = {side: re.compile(rf'\b{side}="([\d.]+)"') for side in ("width", "height")}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sample of at most 28 × 14 units, and its name."""

    sample: str
    name: str


def legend_of_line(
    name: str, *, colour: str, dash: str = "", width: float = 2.25, double: bool = False
) -> LegendEntry:
    """A piece of line."""
    lines = ("M0 5h26", "M0 9h26") if double else ("M0 7h26",)
    sample = "".join(
        f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dash or "none"}"/>'
        for line in lines
    )
    return LegendEntry(sample, name)


def legend_of_status(status: Status, *, wash: bool = False) -> LegendEntry:
    """The shape of a status, on the wash of its zone where the drawing has zones."""
    ink = palette(ChartTheme.LIGHT)
    under = (
        f'<rect width="26" height="14" rx="3" fill="{getattr(ink, f"{status.value}_wash")}"/>' if wash else ""
    )
    shape = status_shape(status).replace("<svg", f'<svg x="{6 if wash else 8}" y="0"', 1)
    return LegendEntry(f"{under}{shape}", str(status.label))


def framed_picture(drawing: str, *, title: str, under: str, legend: Sequence[LegendEntry]) -> SafeString:
    """The SVG in a larger one on white paper; `under` is the line below the title."""
    opening = _OPENING.search(drawing)
    if opening is None:
        raise ValueError("a picture is made of an <svg>")
    width, height = (float(_SIDE[side].search(opening[0])[1]) for side in ("width", "height"))  # type: ignore[index]
    whole = max(width, 480.0) + 2 * _MARGIN
    rows = _rows(legend, room=whole - 2 * _MARGIN)
    head = _HEAD + 20 * max(len(rows) - 1, 0)
    ink = palette(ChartTheme.LIGHT)
    frame = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        "<title>{title}, {under}</title>"
        '<rect width="100%" height="100%" fill="{paper}"/>'
        '<text x="{x}" y="28" font-size="{size}" font-weight="700" fill="{ink}">{title}</text>'
        '<text x="{x}" y="48" font-size="12.5" fill="{soft}">{under}</text>{legend}{drawing}</svg>',
        w=f"{whole:g}",
        h=f"{height + head + _MARGIN:g}",
        x=_MARGIN,
        title=title,
        size=f"{min(17.0, (whole - 2 * _MARGIN) / (_TITLE_LETTER * max(len(title), 1))):.3g}",
        under=under,
        paper=ink.surface,
        ink=ink.ink,
        soft=ink.ink_soft,
        legend=SafeString("".join(_drawn(row, top=58 + 20 * place) for place, row in enumerate(rows))),
        drawing=SafeString(drawing[opening.start() :].replace("<svg", f'<svg x="{_MARGIN}" y="{head}"', 1)),
    )
    return inked(frame)


def _rows(legend: Sequence[LegendEntry], *, room: float) -> list[list[tuple[float, LegendEntry]]]:
    """The entries from left to right, on as many lines as they need; each with its left edge."""
    rows: list[list[tuple[float, LegendEntry]]] = []
    left = room
    for entry in legend:
        width = _SAMPLE + _LETTER * len(entry.name) + 20
        if not rows or left + width > room:
            rows.append([])
            left = 0.0
        rows[-1].append((left, entry))
        left += width
    return rows


def _drawn(row: Sequence[tuple[float, LegendEntry]], *, top: float) -> str:
    ink = palette(ChartTheme.LIGHT).ink
    return "".join(
        format_html(
            '<g transform="translate({} {})">{}<text x="{}" y="11" font-size="12" fill="{}">{}</text></g>',
            f"{_MARGIN + left:g}",
            top,
            SafeString(entry.sample),
            _SAMPLE,
            ink,
            entry.name,
        )
        for left, entry in row
    )
