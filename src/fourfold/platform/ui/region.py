"""How a reader writes numbers and days: chosen by them, else as their browser asks, else as in Britain.

Only separators and the order of a day change. The digits are the same for everybody, and files and the API know one
way of writing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

__all__ = [
    "REGIONS",
    "REGION_COOKIE",
    "Region",
    "RegionMiddleware",
    "reading_as",
    "region_now",
    "remember_region",
]

REGION_COOKIE = "region"
_ONE_YEAR = 365 * 24 * 60 * 60  # seconds
_NARROW = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Region:
    """Separators, and a day with its month as a word, so that no order of numbers can be misread."""

    key: str
    name: str
    decimal: str
    thousands: str
    day_pattern: str

    def written(self, plain: str) -> str:
        """A number that was written with a point and commas, as this region writes it.

        >>> REGIONS["de"].written("1,234.5")
        '1.234,5'
        """
        return plain.translate({ord(","): self.thousands, ord("."): self.decimal})

    def day(self, day: date) -> str:
        """A day.

        >>> REGIONS["us"].day(date(2026, 10, 8))
        'Oct 8, 2026'
        """
        return self.day_pattern.format(day=day.day, month=f"{day:%b}", year=day.year, iso=f"{day:%Y-%m-%d}")


REGIONS: dict[str, Region] = {
    region.key: region
    for region in (
        Region("gb", "British: 8 Oct 2026 · 1,234.5", ".", ",", "{day} {month} {year}"),
        Region("us", "American: Oct 8, 2026 · 1,234.5", ".", ",", "{month} {day}, {year}"),
        Region(
            "de", "German, Dutch, Spanish, Italian: 8 Oct 2026 · 1.234,5", ",", ".", "{day} {month} {year}"
        ),
        Region("fr", "French, Nordic, Slavic: 8 Oct 2026 · 1 234,5", ",", _NARROW, "{day} {month} {year}"),
        Region(
            "ch",
            "Swiss: 8 Oct 2026 · 1’234.5",
            ".",
            "\N{RIGHT SINGLE QUOTATION MARK}",
            "{day} {month} {year}",
        ),
        Region("iso", "ISO: 2026-10-08 · 1 234.5", ".", _NARROW, "{iso}"),
    )
}
_BRITISH = REGIONS["gb"]

# By language, and by country where it writes otherwise than its language.
_BY_LANGUAGE = {
    **dict.fromkeys(("de", "nl", "es", "it", "pt", "da", "tr", "id", "el", "hr", "sl", "ro"), "de"),
    **dict.fromkeys(
        ("fr", "sv", "nb", "nn", "no", "fi", "pl", "cs", "sk", "uk", "ru", "bg", "hu", "et", "lv", "lt"), "fr"
    ),
    "en-us": "us",
    "de-ch": "ch",
    "fr-ch": "ch",
    "it-ch": "ch",
    "es-mx": "gb",
}

_NOW: ContextVar[Region] = ContextVar("region", default=_BRITISH)


def region_now() -> Region:
    """The region of whoever reads what is being written."""
    return _NOW.get()


@contextmanager
def reading_as(region: Region) -> Iterator[None]:
    """Write for a reader of this region."""
    token = _NOW.set(region)
    try:
        yield
    finally:
        _NOW.reset(token)


class RegionMiddleware:
    """Write every page as its reader does; the API's answers name numbers, which have no region."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading_as(_region_of(request)):
            return self.get_response(request)


def remember_region(response: HttpResponse, region: Region, *, secure: bool) -> None:
    """Keep the choice for a year."""
    response.set_cookie(
        REGION_COOKIE, region.key, max_age=_ONE_YEAR, secure=secure, httponly=True, samesite="Lax"
    )


def _region_of(request: HttpRequest) -> Region:
    chosen = REGIONS.get(request.COOKIES.get(REGION_COOKIE, ""))
    return chosen or _asked(request.headers.get("Accept-Language", ""))


def _asked(header: str) -> Region:
    for language, _weight in parse_accept_lang_header(header.lower()):
        key = _BY_LANGUAGE.get(language) or _BY_LANGUAGE.get(language.partition("-")[0])
        if key or language.startswith("en"):
            return REGIONS[key or "gb"]
    return _BRITISH
