"""The four shapes of a status and the three of a direction; a shape is read where colour is not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Direction

__all__ = ["direction_arrow", "status_shape"]

# Circle with tick, triangle with exclamation mark, diamond with cross, dashed circle: on a field of 16 by 16.
_SHAPES: Mapping[Status, str] = MappingProxyType(
    {
        Status.GREEN: '<circle class="shape-fill" cx="8" cy="8" r="7"/>'
        '<path class="shape-cut" d="m4.9 8.2 2.2 2.2 4-4.6"/>',
        Status.AMBER: '<path class="shape-fill shape-round" d="M8 2 15 14H1Z"/>'
        '<path class="shape-cut" d="M8 6.4v3.4M8 12v.1"/>',
        Status.RED: '<path class="shape-fill shape-round" d="M8 1.2 14.8 8 8 14.8 1.2 8Z"/>'
        '<path class="shape-cut" d="m6 6 4 4m0-4-4 4"/>',
        Status.GREY: '<circle class="shape-ring" cx="8" cy="8" r="6.2"/><path class="shape-line" d="M5.6 8h4.8"/>',
    }
)
_ARROWS: Mapping[Direction, str] = MappingProxyType(
    {
        Direction.UP: "M8 13.5v-11M3.5 7 8 2.5 12.5 7",
        Direction.DOWN: "M8 2.5v11M3.5 9 8 13.5 12.5 9",
        Direction.FLAT: "M2.5 8h11M9 3.5 13.5 8 9 12.5",
    }
)


@cache
def status_shape(status: Status) -> SafeString:
    """The bare shape; whoever uses it writes the word beside it or names the drawing."""
    shape = mark_safe(_SHAPES[status])  # noqa: S308  a constant of this file
    return format_html(
        '<svg class="shape shape-{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>',
        status.value,
        shape,
    )


@cache
def direction_arrow(direction: Direction) -> SafeString:
    """Up, down or level; says nothing about good or bad."""
    return format_html(
        '<svg class="arrow" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="{}"/></svg>',
        _ARROWS[direction],
    )
