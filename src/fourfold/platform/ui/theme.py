"""Light, dark, or as the device says: kept in a cookie and set on <html> by the server, so no page flashes."""

from __future__ import annotations

from enum import StrEnum

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

__all__ = ["THEME_COOKIE", "Theme", "remember_theme", "theme_of"]

THEME_COOKIE = "theme"
_ONE_YEAR = 365 * 24 * 60 * 60  # seconds


class Theme(StrEnum):
    """The value of `data-bs-theme`; `auto` leaves the choice to the device's setting."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"

    @property
    def label(self) -> str:
        """What the switch says."""
        return str(_LABELS[self])

    @property
    def icon(self) -> str:
        """The switch's icon."""
        return {Theme.AUTO: "auto", Theme.LIGHT: "sun", Theme.DARK: "moon"}[self]


_LABELS = {Theme.AUTO: _("As the device"), Theme.LIGHT: _("Light"), Theme.DARK: _("Dark")}


def theme_of(request: HttpRequest) -> Theme:
    """What the visitor chose; `auto` where nothing or nonsense is remembered."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return Theme(chosen) if chosen in set(Theme) else Theme.AUTO


def remember_theme(response: HttpResponse, theme: Theme, *, secure: bool) -> None:
    """Keep the choice for a year; no script needs to read it."""
    response.set_cookie(
        THEME_COOKIE, theme.value, max_age=_ONE_YEAR, secure=secure, httponly=True, samesite="Lax"
    )
