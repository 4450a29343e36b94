"""The colours and lettering of charts: those of `styles/tokens.css`, because a picture cannot read a style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["FONT", "ChartTheme", "Palette", "house_config", "palette"]

FONT = '"Inter Variable", Inter, system-ui, sans-serif'


class ChartTheme(StrEnum):
    """On what a chart is drawn; paper is light."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme's colours by the names of the tokens; washes are for areas behind lines."""

    surface: str
    line: str
    line_strong: str
    ink: str
    ink_soft: str
    accent: str
    green: str
    amber: str
    red: str
    grey: str
    green_wash: str
    amber_wash: str
    red_wash: str
    grey_wash: str


_PALETTES = {
    ChartTheme.LIGHT: Palette(
        surface="#ffffff",
        line="#e0e6ee",
        line_strong="#c3cdd9",
        ink="#16202e",
        ink_soft="#556274",
        accent="#1c5aa6",
        green="#08705e",
        amber="#975400",
        red="#b5232c",
        grey="#56637a",
        green_wash="#e0f3ee",
        amber_wash="#fff0d6",
        red_wash="#fde8e8",
        grey_wash="#ebeff4",
    ),
    ChartTheme.DARK: Palette(
        surface="#17202b",
        line="#2a3645",
        line_strong="#3c4b5d",
        ink="#eef2f7",
        ink_soft="#a3b0bf",
        accent="#83b6ee",
        green="#48c7a8",
        amber="#f6b04a",
        red="#ff8a86",
        grey="#a3b0bf",
        green_wash="#12352f",
        amber_wash="#3b2b10",
        red_wash="#4a1e22",
        grey_wash="#263241",
    ),
}


def palette(theme: ChartTheme) -> Palette:
    """The colours of a theme."""
    return _PALETTES[theme]


def house_config(theme: ChartTheme) -> dict[str, Any]:
    """What every chart has in common, as Vega-Lite's `config`; it takes effect when the chart is compiled."""
    colours = palette(theme)
    return {
        "font": FONT,
        "background": None,
        "aria": False,  # the element around it names the chart, and a table holds its numbers
        "padding": {"left": 4, "right": 6, "top": 6, "bottom": 2},
        "view": {"stroke": None},
        "axis": {
            "labelColor": colours.ink_soft,
            "labelFontSize": 11.5,
            "labelPadding": 7,
            "ticks": False,
            "domain": False,
            "gridColor": colours.line,
            "titleColor": colours.ink_soft,
            "titleFontSize": 11.5,
            "titleFontWeight": 500,
        },
        "text": {"color": colours.ink_soft, "fontSize": 11},
    }
