"""Choosing one of the world's time zones: typed with suggestions, and guessed by the browser where it can."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

__all__ = ["TimeZoneField", "TimeZoneInput", "offered_zones", "zone_named"]

_OLD_NAMES = frozenset({"Etc", "SystemV", "US", "Canada", "Brazil", "Chile", "Mexico", "posix", "right"})
"""Regions of the zone data that only hold other names for zones of the others."""


@cache
def offered_zones() -> tuple[str, ...]:
    """UTC, then every zone that is named after a place, by region."""
    places = (zone for zone in available_timezones() if "/" in zone and zone.split("/")[0] not in _OLD_NAMES)
    return ("UTC", *sorted(places))


def zone_named(text: str) -> str | None:
    """The zone that somebody means: by its name in any case, or by its place alone where there is only one.

    >>> zone_named("europe/vienna"), zone_named("new york"), zone_named("Atlantis")
    ('Europe/Vienna', 'America/New_York', None)
    """
    return _by_name().get("_".join(text.split()).casefold())


@cache
def _by_name() -> dict[str, str]:
    by_place: dict[str, list[str]] = {}
    for zone in offered_zones():
        by_place.setdefault(zone.rsplit("/", 1)[-1].casefold(), []).append(zone)
    unique = {place: zones[0] for place, zones in by_place.items() if len(zones) == 1}
    return unique | {zone.casefold(): zone for zone in available_timezones()}


class TimeZoneInput(forms.TextInput):
    """A line of text with the zones as suggestions; without script too a browser narrows them while one types."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The line, and the list that it takes its suggestions from."""
        listed = f"{(attrs or {}).get('id', name)}-zones"
        said = {
            **(attrs or {}),
            "list": listed,
            "data-own-zone": "",
            "autocomplete": "off",
            "spellcheck": "false",
        }
        line = super().render(name, value, said, renderer)
        zones = format_html_join("", '<option value="{}">', ((zone,) for zone in offered_zones()))
        return format_html('{}<datalist id="{}">{}</datalist>', line, listed, zones)


class TimeZoneField(forms.CharField):
    """Cleans to a zone's proper name."""

    widget = TimeZoneInput

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"max_length": 64, **said})

    def clean(self, value: Any) -> str:
        """Whatever names one zone.

        Raises:
            ValidationError: nothing, or no zone that is known.
        """
        text = str(super().clean(value))
        found = zone_named(text)
        if text and found is None:
            raise ValidationError(_("There is no such time zone."), code="time_zone")
        return found or ""
