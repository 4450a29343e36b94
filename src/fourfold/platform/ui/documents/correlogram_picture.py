"""A correlogram as a picture that explains itself."""

from __future__ import annotations

from django.utils.safestring import SafeString

from fourfold.platform.ui.charts import ChartTheme
from fourfold.platform.ui.charts.house_theme import palette
from fourfold.platform.ui.documents.framed_picture import LegendEntry, framed_picture, legend_of_line
from fourfold.platform.ui.documents.ink import LINES
from fourfold.platform.ui.drawings.correlogram import Correlogram, correlogram_chart

__all__ = ["correlogram_picture"]

_WIDTH, _HEIGHT = 720, 300


def correlogram_picture(shown: Correlogram, *, title: str, under: str) -> SafeString:
    """An SVG of its own in the light colours, with title and legend."""
    chart = correlogram_chart(shown, width=_WIDTH, height=_HEIGHT, title=title)
    sized = chart.replace("<svg", f'<svg width="{_WIDTH}" height="{_HEIGHT}"', 1)
    return framed_picture(sized, title=title, under=under, legend=_legend(shown))


def _legend(shown: Correlogram) -> list[LegendEntry]:
    ink = palette(ChartTheme.LIGHT)
    bars = (
        (shown.words.strongest, f'fill="{LINES[0]}"'),
        (shown.words.ahead, f'fill="{LINES[0]}" opacity="0.5"'),
        (shown.words.together, f'fill="none" stroke="{ink.grey}"'),
    )
    legend = [LegendEntry(f'<rect x="6" y="2" width="14" height="10" {how}/>', name) for name, how in bars]
    if shown.border < 1.0:
        legend.append(legend_of_line(shown.words.findable, colour=ink.ink_soft, dash="3 3", width=1.2))
    return legend
