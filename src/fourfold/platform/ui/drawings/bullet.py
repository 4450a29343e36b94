"""A bar of a value against red, target and best, with the borders of the statuses behind it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fourfold.engine.quantities import Status
from fourfold.platform.ui.drawings.scaling import Scale

__all__ = ["bullet_bar"]

_WIDTH, _HEIGHT = 160.0, 16.0


def bullet_bar(
    value: float | None, *, status: Status, low: float, high: float, borders: Sequence[float] = (), label: str
) -> SafeString:
    """Draw a bar from `low` to the value, ticks at the borders; values outside are drawn at the edge."""
    across = Scale(low, high, 0.0, _WIDTH)
    width = 0.0 if value is None else min(max(across(value), 0.0), _WIDTH)
    ticks = format_html_join(
        "",
        '<path class="bullet-tick" d="M{} 0v{}"/>',
        ((min(max(across(border), 1.0), _WIDTH - 1.0), _HEIGHT) for border in borders),
    )
    return format_html(
        '<svg class="bullet bullet-{}" viewBox="0 0 160 16" width="160" height="16" role="img" aria-label="{}">'
        '<rect class="bullet-track" x="0" y="3" width="160" height="10" rx="3"/>'
        '<rect class="bullet-fill" x="0" y="3" width="{}" height="10" rx="3"/>{}</svg>',
        status.value,
        label,
        width,
        ticks,
    )
