"""How a page asks for the picture of a chart: for which theme, and how wide."""

from __future__ import annotations

from django.http import HttpRequest

from fourfold.platform.ui.charts.house_theme import ChartTheme

__all__ = ["is_narrow", "theme_asked"]


def theme_asked(request: HttpRequest) -> ChartTheme:
    """`theme=dark` in the address, else light."""
    return ChartTheme.DARK if request.GET.get("theme") == "dark" else ChartTheme.LIGHT


def is_narrow(request: HttpRequest) -> bool:
    """`size=narrow` in the address: for a telephone."""
    return request.GET.get("size") == "narrow"
