"""Which segments of a measure nobody is shown, in which unit and period: too few cases, or what would tell them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book
from fourfold.engine.calendar import Frequency, Grain, GrainPeriod, Period
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.evaluate.segment_sums import segment_sums
from fourfold.engine.explain import ObservationCell
from fourfold.engine.segments import hidden_in_tree, hidden_over_time

__all__ = ["HiddenCells", "HiddenSegments", "hidden_segments"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class HiddenSegments:
    """Of the whole tree at one grain, whoever looks: two people who compare what they see learn no more than one."""

    segments: tuple[str, ...]
    ordinals: range
    units: tuple[str, ...]
    cells: Flags | None

    def on(self, ordinals: range, *, unit: str) -> Flags:
        """(segment, period) of a unit on these periods."""
        found = [
            [self.hides(segment, unit=unit, ordinal=ordinal) for ordinal in ordinals]
            for segment in self.segments
        ]
        return np.array(found, dtype=np.bool_).reshape(len(self.segments), len(ordinals))

    def hides(self, segment: str, *, unit: str, ordinal: int) -> bool:
        """Whether this one number is not shown."""
        if self.cells is None or ordinal not in self.ordinals or segment not in self.segments:
            return False
        row = self.segments.index(segment)
        return bool(self.cells[row, self.ordinals.index(ordinal), self.units.index(unit)])


@dataclass(frozen=True, slots=True)
class HiddenCells:
    """The same for the observations of any measure that an evaluation reads; looked up once a measure."""

    evaluation: Evaluation
    known: dict[str, HiddenSegments] = field(default_factory=dict)

    def hides(self, cell: ObservationCell) -> bool:
        """Whether the observation's number is not shown; reads the cube."""
        if cell.segment is None:
            return False
        if cell.measure not in self.known:
            self.known[cell.measure] = hidden_segments(
                self.evaluation.book, self.evaluation.cube, measure=cell.measure
            )
        return self.known[cell.measure].hides(cell.segment, unit=cell.unit, ordinal=cell.period)


def hidden_segments(book: Book, cube: Cube, *, measure: str, grain: Grain | None = None) -> HiddenSegments:
    """Look through all units and periods; reads the cube. Numbers that stand on no cases (flows) hide nobody.

    Args:
        grain: of the pages; None: the measure's own periods.

    Source: METHOD M2.3 (a segment below n_min is suppressed), §7.3 (7).
    """
    frequency = book.measure(measure).versions[-1].frequency
    native, cases = _hidden(book, cube, measure=measure, grain=Grain(frequency.value))
    if grain is None or grain is Grain(frequency.value) or native.cells is None:
        return native
    if not grain.frequency.is_coarser_than(frequency) and grain is not Grain.YTD:
        return _carried(book, native, grain=grain, frequency=frequency)
    return _over_pages(book, native, cases, grain=grain, frequency=frequency)


def _least(book: Book) -> float:
    return book.policies.number("anonymity.n_min")


def _hidden(book: Book, cube: Cube, *, measure: str, grain: Grain) -> tuple[HiddenSegments, Floats]:
    sums = segment_sums(book, cube, measure=measure, grain=grain)
    keys = tuple(segment.key for segment in sums.segments)
    if sums.base is None or not keys:
        return HiddenSegments(keys, sums.ordinals, sums.units, None), np.empty((0, 0, 0))
    # A quotient that is known has a base; only pages shorter than its periods carry one without (`_carried`).
    cases = np.where(sums.base > 0.0, sums.base, np.inf)
    hidden, least = np.zeros(cases.shape, dtype=np.bool_), _least(book)
    for period in np.flatnonzero((cases < least).any(axis=(0, 2))).tolist():
        hidden[:, period] = hidden_in_tree(cases[:, period], children=_children(book), least=least)
    return HiddenSegments(keys, sums.ordinals, sums.units, hidden if hidden.any() else None), cases


def _children(book: Book) -> list[range]:
    return [book.units.children(unit) for unit in range(len(book.units))]


def _over_pages(
    book: Book, native: HiddenSegments, cases: Floats, *, grain: Grain, frequency: Frequency
) -> HiddenSegments:
    """On longer pages: what the periods next in length would tell, and whatever is no sum of shown numbers."""
    assert native.cells is not None
    blocks = _blocks(book, native, frequency=frequency)
    told = hidden_over_time(cases, native.cells, blocks=blocks, children=_children(book), least=_least(book))
    pages = _pages(book, native, grain=grain, frequency=frequency)
    ordinals = range(min(pages), max(pages) + 1)
    cells = np.zeros((len(native.segments), len(ordinals), len(native.units)), dtype=np.bool_)
    for ordinal, page in pages.items():
        inside = [
            place for place, block in enumerate(blocks) if page.start <= block.start < block.stop <= page.stop
        ]
        alone = np.array([not any(place in blocks[each] for each in inside) for place in page])
        own = native.cells[:, page.start : page.stop][:, alone]
        cells[:, ordinals.index(ordinal)] = own.any(axis=1) | told[:, inside].any(axis=1)
    _between(cells, known=[ordinals.index(each) for each in sorted(pages)])
    return HiddenSegments(native.segments, ordinals, native.units, cells)


def _between(cells: Flags, *, known: list[int]) -> None:
    """A page between two that end with a period of the measure shows one of them: hidden where either is."""
    for first, second in pairwise(known):
        for place in range(first + 1, second):
            cells[:, place] = cells[:, first] | cells[:, second]


def _blocks(book: Book, native: HiddenSegments, *, frequency: Frequency) -> list[range]:
    """The longer periods that are next in length and whole: months and up, because weeks lie across them."""
    calendar = book.timeline.calendar
    longer = (Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR)
    grain = next((each for each in longer if each.frequency.is_coarser_than(frequency)), None)
    if grain is None:
        return []
    known_until = calendar.last_day(Period(frequency, native.ordinals.stop - 1))
    pages = _pages(book, native, grain=grain, frequency=frequency)
    return [
        page
        for ordinal, page in pages.items()
        if calendar.last_day(GrainPeriod(grain, ordinal)) <= known_until
    ]


def _pages(book: Book, native: HiddenSegments, *, grain: Grain, frequency: Frequency) -> dict[int, range]:
    """By the ordinal of each longer page: the places of the native periods in it."""
    calendar, found = book.timeline.calendar, dict[int, list[int]]()
    for place, ordinal in enumerate(native.ordinals):
        day = calendar.last_day(Period(frequency, ordinal))
        if grain is Grain.YTD:
            year = calendar.period_of(Frequency.YEAR, day)
            begun = calendar.period_of(frequency, calendar.first_day(year)).ordinal
            found[calendar.period_of(Frequency.MONTH, day).ordinal] = [
                max(begun - native.ordinals.start, 0),
                place,
            ]
        else:
            found.setdefault(calendar.period_of(grain.frequency, day).ordinal, []).append(place)
    return {ordinal: range(places[0], places[-1] + 1) for ordinal, places in found.items()}


def _carried(book: Book, native: HiddenSegments, *, grain: Grain, frequency: Frequency) -> HiddenSegments:
    """On pages shorter than the measure's periods the last known one stands: hidden where either that could be is."""
    calendar = book.timeline.calendar
    first = calendar.first_day(Period(frequency, native.ordinals.start))
    last = calendar.last_day(Period(frequency, native.ordinals.stop - 1))
    ordinals = calendar.ordinals(grain.frequency, first=first, last=last)
    places = [
        native.ordinals.index(
            calendar.period_of(frequency, calendar.first_day(GrainPeriod(grain, each))).ordinal
        )
        for each in ordinals
    ]
    assert native.cells is not None
    before = [max(place - 1, 0) for place in places]
    cells = native.cells[:, places] | native.cells[:, before]
    return HiddenSegments(native.segments, ordinals, native.units, cells)
