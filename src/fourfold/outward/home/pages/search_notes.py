"""Notes on values among what a search finds: each with the period whose page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from fourfold.engine.calendar import Grain, Period
from fourfold.outward.home.pages.search_definitions import Sight
from fourfold.outward.home.pages.search_matching import Asked
from fourfold.outward.home.pages.search_page import Found, FoundKind
from fourfold.outward.home.queries.searching import ValueNote

__all__ = ["notes_found"]


def notes_found(asked: Asked, *, sight: Sight, notes: Iterable[ValueNote]) -> Iterator[Found]:
    """Those that answer, the newest first; one of a measure that no longer exists has nowhere to be read."""
    definitions = sight.book.definitions
    people = {each.key: each.name for each in definitions.people}
    names = {each.key: each.name for each in definitions.measures}
    frequencies = {
        (each.key, version.series): version.frequency
        for each in definitions.measures
        for version in each.versions
    }
    for note in notes:
        frequency = frequencies.get((note.measure, note.series))
        rank = asked.rank("", note.text) if frequency else None
        if frequency is None or rank is None:
            continue
        page, label = _page(sight, Period(frequency, note.ordinal))
        where = f"{people.get(note.person, note.person)} · {sight.names.get(note.unit, note.unit)} · {label}"
        address = reverse(
            "scorecard:measure", kwargs={"measure": note.measure, "unit": note.unit, "period": page}
        )
        name = names[note.measure]
        yield Found(FoundKind.NOTE, rank, name, asked.marked(name), address, where, asked.excerpt(note.text))


def _page(sight: Sight, period: Period) -> tuple[str, str]:
    """The month at the period's end, as far as time has come, and how the period itself is called."""
    calendar = sight.book.timeline.calendar
    day = min(calendar.last_day(period), sight.book.today)
    return calendar.key_of(calendar.page_of(Grain.MONTH, day)), calendar.label(period)
