"""A score on a half ring, with notches where the status changes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fourfold.engine.quantities import Status
from fourfold.platform.ui.numbers import display_score

__all__ = ["gauge"]

_RADIUS = 42.0
_CENTRE = (50.0, 50.0)
_NOTCH = 5.5
"""Half the length of a notch; a little more than half the ring's width."""


def gauge(
    score: float | None,
    *,
    status: Status,
    borders: Sequence[float] = (),
    ceiling: float = 100.0,
    label: str = "",
) -> SafeString:
    """Draw the ring; `borders` are where amber and green begin, `ceiling` is the highest score of the scale."""
    filled = _arc(min(max(score / ceiling, 0.0), 1.0)) if score is not None else ""
    inner = [border / ceiling for border in borders if 0 < border < ceiling]
    notches = format_html_join(
        "", '<path class="gauge-notch" d="{}"/>', ((_notch(share),) for share in inner)
    )
    return format_html(
        '<svg class="gauge gauge-{}" viewBox="0 0 100 62" role="img" aria-label="{}">'
        '<path class="gauge-track" d="{}"/><path class="gauge-fill" d="{}"/>{}'
        '<text class="gauge-score" x="50" y="50">{}</text><text class="gauge-of" x="50" y="60">of {}</text></svg>',
        status.value,
        _words(score, status=status, ceiling=ceiling, label=label),
        _arc(1.0),
        filled,
        notches,
        display_score(score),
        display_score(ceiling),
    )


def _words(score: float | None, *, status: Status, ceiling: float, label: str) -> str:
    if score is None:
        return f"{label}: no score"
    return f"{label}: {display_score(score)} of {display_score(ceiling)}, {status.label}"


def _point(share: float, *, radius: float) -> tuple[float, float]:
    angle = math.pi * (1 - share)
    across, up = radius * math.cos(angle), radius * math.sin(angle)
    return round(_CENTRE[0] + across, 2), round(_CENTRE[1] - up, 2)


def _arc(share: float) -> str:
    start, end = _point(0, radius=_RADIUS), _point(share, radius=_RADIUS)
    return f"M{start[0]} {start[1]}A{_RADIUS} {_RADIUS} 0 0 1 {end[0]} {end[1]}"


def _notch(share: float) -> str:
    inner, outer = _point(share, radius=_RADIUS - _NOTCH), _point(share, radius=_RADIUS + _NOTCH)
    return f"M{inner[0]} {inner[1]}L{outer[0]} {outer[1]}"
