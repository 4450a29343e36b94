"""The scores over time as a picture that explains itself: title, legend, white paper."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fourfold.platform.ui.charts import ChartTheme
from fourfold.platform.ui.charts.house_theme import palette
from fourfold.platform.ui.documents.framed_picture import framed_picture, legend_of_line
from fourfold.platform.ui.documents.ink import DASHES, LINES
from fourfold.platform.ui.drawings.history import ScoreHistory, history_chart

__all__ = ["history_picture"]

_WIDTH, _HEIGHT = 760, 310
BORDER = palette(ChartTheme.LIGHT).ink_soft


def history_picture(history: ScoreHistory, *, title: str, under: str) -> SafeString:
    """An SVG of its own in the light colours, with the names that a page writes beside the chart."""
    chart = history_chart(history, width=_WIDTH, height=_HEIGHT, title=title)
    legend = [
        legend_of_line(line.name, colour=LINES[place % len(LINES)], dash=DASHES[place % len(DASHES)], width=2)
        for place, line in enumerate(history.lines)
    ]
    if history.borders:
        border = legend_of_line(_("Where at risk and on target begin"), colour=BORDER, dash="2 3", width=1)
        legend.append(border)
    sized = chart.replace("<svg", f'<svg width="{_WIDTH}" height="{_HEIGHT}"', 1)
    return framed_picture(sized, title=title, under=under, legend=legend)
