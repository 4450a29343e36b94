"""The house's own line icons on a field of 24 by 24."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from django.utils.html import format_html
from django.utils.safestring import SafeString

__all__ = ["ICONS", "icon"]

ICONS: Mapping[str, str] = MappingProxyType(
    {
        "scorecard": "M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z",
        "map": "M4 4h7v5H4zM13 15h7v5h-7zM7.5 9v4a2 2 0 0 0 2 2H13M16.5 15v-4a2 2 0 0 0-2-2H11",
        "flag": "M6 21V4M6 4.500h11l-2.500 4 2.500 4H6",
        "measure": "M4 19h16M7 16v-4M12 16V6M17 16v-7",
        "programming": "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14",
        "menu": "M4 7h16M4 12h16M4 17h16",
        "close": "M6 6l12 12M18 6 6 18",
        "left": "M14.5 6l-6 6 6 6",
        "right": "M9.5 6l6 6-6 6",
        "down": "M6 9.5l6 6 6-6",
        "up": "M6 14.5l6-6 6 6",
        "attention": "M12 4 21 19.500H3zM12 10v4.500M12 16.900v.200",
        "bell": "M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500a2.200 2.200 0 0 0 4 0",
        "design": "M4 20l1-4.500L16.500 4l3.500 3.500L8.500 19zM14 6.500l3.500 3.500",
        "search": "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5",
        "home": "M4 11l8-7 8 7v9h-5.500v-6h-5v6H4z",
        "unit": "M3 20h18M5 20V4h9v16M14 9h5v11M8 8h3M8 12h3M8 16h3M16.500 13v0.100M16.500 16.500v0.100",
        "calendar": "M5 6h14v14H5zM5 10.5h14M9 3.5V8M15 3.5V8",
        "filter": "M4 6h16M7 12h10M10 18h4",
        "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2"
        "M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
        "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10",
        "auto": "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
        "person": "M12 4.5a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4M4.5 20c.8-3.6 3.8-5.4 7.5-5.4s6.7 1.8 7.5 5.4",
        "leave": "M10 4H5v16h5M10 12h10M16 8l4 4-4 4",
        "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
        "history": "M4.5 12a7.5 7.5 0 1 0 2.3-5.4M6.500 3v4h4M12 8v4.500l3 1.800",
        "download": "M12 4v11M7.5 11l4.5 4.500L16.5 11M5 20h14",
        "upload": "M12 15V4M7.5 8.5 12 4l4.5 4.500M5 20h14",
        "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
        "analysis": "M6 4h9l4 4v12H6zM9 11h7M9 14.500h7M9 18h4",
        "talk": "M4 5h16v11h-9l-4.500 4v-4H4z",
        "judge": "M12 4v16M8 20h8M5 7h14M5 7l-2.500 6a3 3 0 0 0 5 0zM19 7l-2.500 6a3 3 0 0 0 5 0z",
        "journal": "M6 4h12v16H6zM9 8h6M9 11.500h6M9 15h4M4 7h2M4 12h2M4 17h2",
        "nothing": "M4 7l8-4 8 4v10l-8 4-8-4zM4 7l8 4 8-4M12 11v10",
        "link": "M5 19 19 5M11 5h8v8",
        "enter": "M4 6h16v12H4zM4 12h16M10 6v12M13 15h4",
        "due": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.500l3 1.800M9 2.500h6",
        "target": "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
    }
)


@cache
def icon(name: str) -> SafeString:
    """The icon of that name; decorative, words stand beside it."""
    return format_html(
        '<svg class="icon icon-{}" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="{}"/></svg>',
        name,
        ICONS[name],
    )
