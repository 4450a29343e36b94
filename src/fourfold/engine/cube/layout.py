"""What the places of a cube's arrays mean, as one short name."""

from __future__ import annotations

import hashlib

from fourfold.engine.book import Book
from fourfold.engine.definitions import Measure

__all__ = ["layout_of"]


def layout_of(book: Book) -> str:
    """A digest that two books share if and only if a number stands at the same place of both their cubes.

    Names units in tree order, every track (measure, series, segment, whether it has a denominator) by frequency, and
    the calendar. The years covered are not part of it: a cube can be widened.

    Source: DESIGN §2 (the cube is derived, never the truth).

    >>> from dataclasses import replace
    >>> from datetime import date
    >>> from fourfold.engine.book import compile_book
    >>> from fourfold.engine.calendar import FiscalCalendar
    >>> from fourfold.engine.definitions import Definitions, Organisation, Strategy, Unit
    >>> acme = Organisation("acme", "Acme", "UTC", "EUR", FiscalCalendar())
    >>> def layout(*units: Unit) -> str:
    ...     whole = Definitions(acme, units, Strategy("", "", (), None, None), *[()] * 9)
    ...     return layout_of(compile_book(whole, today=date(2026, 9, 30)))
    >>> root, shop = Unit("acme", "Acme", None, "company"), Unit("shop", "Shop", "acme", "branch")
    >>> layout(root) == layout(replace(root, name="ACME plc")), layout(root) == layout(root, shop)
    (True, False)
    """
    measures = book.definitions.measures
    tracks = [
        (
            frequency.value,
            tuple(
                (
                    measures[measure].key,
                    series,
                    _segment(measures[measure], segment),
                    int(table.denominator[track]),
                )
                for track, (measure, series, segment) in enumerate(table.keys)
            ),
        )
        for frequency, table in book.tracks.items()
    ]
    kinds = [(each.key, tuple(version.kind.value for version in each.versions)) for each in measures]
    said = (book.units.keys, book.timeline.calendar, tracks, kinds)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _segment(measure: Measure, place: int) -> str:
    """A segment's key; 0 is the total of an unsegmented measure."""
    listed = {segment.key: None for version in measure.versions for segment in version.segments}
    return list(listed)[place - 1] if 0 < place <= len(listed) else str(place)
