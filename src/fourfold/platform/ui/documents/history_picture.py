"""The scores over time as a picture that explains itself: title, legend, white paper."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fourfold.platform.ui.documents.ink import inked
from fourfold.platform.ui.drawings.history import ScoreHistory, history_chart

__all__ = ["history_picture"]

_WIDTH, _HEIGHT = 760, 310
_HEAD = 58  # for title and legend
_MARGIN = 14
_LETTER = 6.6  # an average letter of the legend, in units of the drawing
_SAMPLE = 34


def history_picture(history: ScoreHistory, *, title: str) -> SafeString:
    """An SVG of its own in the light colours, with the names that a page writes beside the chart."""
    chart = history_chart(history, width=_WIDTH, height=_HEIGHT, title=title)
    return inked(
        format_html(
            '<svg viewBox="0 0 {} {}" width="{}" height="{}"><rect width="100%" height="100%" fill="#ffffff"/>'
            '<text x="{}" y="24" font-size="15" font-weight="700" fill="#16202e">{}</text>{}{}</svg>',
            _WIDTH + 2 * _MARGIN,
            _HEIGHT + _HEAD + _MARGIN,
            _WIDTH + 2 * _MARGIN,
            _HEIGHT + _HEAD + _MARGIN,
            _MARGIN,
            title,
            _legend(history),
            _placed(chart),
        )
    )


def _legend(history: ScoreHistory) -> SafeString:
    entries, left = [], float(_MARGIN)
    for place, line in enumerate(history.lines):
        entries.append((place % 7 + 1, left, 45, left + _SAMPLE, 49, line.name))
        left += _SAMPLE + _LETTER * len(line.name) + 22
    return format_html_join(
        "",
        '<path class="history-line line-{}" d="M{} {}h26"/>'
        '<text x="{}" y="{}" font-size="12" fill="#16202e">{}</text>',
        entries,
    )


def _placed(chart: SafeString) -> SafeString:
    box = f'<svg x="{_MARGIN}" y="{_HEAD}" width="{_WIDTH}" height="{_HEIGHT}"'
    return SafeString(chart.replace("<svg", box, 1))
