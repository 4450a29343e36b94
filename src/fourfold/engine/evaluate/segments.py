"""One measure's segments, each evaluated like a measure of its own: what a total is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import UnitLevels
from fourfold.engine.book import Book
from fourfold.engine.book.targets import TargetTable, target_table
from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Segment
from fourfold.engine.evaluate.lines import line_pages, observed, totals_of
from fourfold.engine.evaluate.not_begun import leave_for_later
from fourfold.engine.evaluate.view import View, view_of
from fourfold.engine.quantities import Why

__all__ = ["SegmentResults", "evaluate_segments", "segments_of"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SegmentResults:
    """A measure's segments at one grain; arrays have the shape (segment, period, unit), without the total.

    `segments` names the first axis in listed order, over all versions; `ordinals` the second, `units` the third.
    `value` and `target` are NaN where there is none; `why` says why there is no value (a `Why` code). `present` of
    `due` observations lie behind a value.
    """

    segments: tuple[Segment, ...]
    ordinals: range
    units: tuple[str, ...]
    value: Floats
    target: Floats
    why: NDArray[np.uint8]
    present: Floats
    due: Floats

    @property
    def keys(self) -> tuple[str, ...]:
        """The segments' keys."""
        return tuple(segment.key for segment in self.segments)

    def position(self, ordinal: int) -> int:
        """Where a period stands on the period axis; raises IndexError outside it."""
        if ordinal not in self.ordinals:
            raise IndexError(f"{ordinal} lies outside the evaluated time")
        return ordinal - self.ordinals.start


def evaluate_segments(
    book: Book, cube: Cube, *, measure: str, grain: Grain = Grain.MONTH, unit: str | None = None
) -> SegmentResults:
    """Aggregate every segment of one measure over time and units as its total is aggregated.

    Args:
        book: the definitions.
        cube: the observations; must have been made with this book.
        measure: a measure's key; one without segments yields an empty first axis.
        grain: what pages show.
        unit: the head of the subtree; None: the root.

    Returns:
        Values in the measure's unit of measure. A segment that never had a number in a unit is NOT_APPLICABLE there.

    Raises:
        UnknownUnit: no such unit. KeyError: no such measure.

    Source: METHOD §2.6 (Σ over segments); DESIGN §5 (Segments). Tested in tests/engine/evaluate/test_segments.py, for
    example `evaluate_segments(book, cube, measure="otif").keys`.
    """
    view = view_of(book, cube, grains=(grain,), unit=unit)
    lines = view.lines_of[book.measure_index(measure)]
    segments = segments_of(lines)
    shape = (len(segments), len(view.pages), len(view.units))
    results = SegmentResults(
        segments=segments,
        ordinals=view.pages.ordinals[grain],
        units=view.units.keys,
        value=np.full(shape, np.nan),
        target=np.full(shape, np.nan),
        why=np.full(shape, Why.NOT_APPLICABLE, dtype=np.uint8),
        present=np.zeros(shape),
        due=np.zeros(shape),
    )
    for line in lines:
        for place, segment in enumerate(line.rule.version.segments):
            _fill(results, line, place=place, segment=segment, cube=cube, view=view)
    return results


def segments_of(lines: tuple[Line, ...]) -> tuple[Segment, ...]:
    """Every version's segments once; a later version's name for a key goes."""
    found: dict[str, Segment] = {}
    for line in lines:
        found.update({segment.key: segment for segment in line.rule.version.segments})
    return tuple(found.values())


def _fill(
    results: SegmentResults, line: Line, *, place: int, segment: Segment, cube: Cube, view: View
) -> None:
    """One segment where one rule is valid."""
    alone = replace(line, target=_target(line, segment, view=view))
    native = totals_of([observed(line, cube=cube, view=view)[place]], line=alone, view=view)
    found = line_pages(native, line=alone, view=view, pages=view.pages)
    leave_for_later(found, line=alone, pages=view.pages, today=view.book.today)
    valid = view.pages.between(line.rule.valid_from, line.rule.valid_until)
    at = results.keys.index(segment.key)
    results.value[at][valid] = found.value[valid]
    results.why[at][valid] = found.why[valid]
    results.target[at][valid] = found.targets.value[valid]
    results.present[at][valid] = found.present[valid]
    results.due[at][valid] = found.due[valid]


def _target(line: Line, segment: Segment, *, view: View) -> TargetTable | None:
    book = view.book
    key = book.definitions.measures[line.rule.measure].key
    targets = [
        target
        for target in book.definitions.targets
        if (target.measure, target.segment) == (key, segment.key)
    ]
    if not targets:
        return None
    axis = view.timetable.timeline.ordinals(line.rule.frequency)
    return target_table(
        targets,
        rule=line.rule,
        axis=axis,
        units=book.units,
        levels=UnitLevels(book.units.parent, level_starts=book.units.level_starts),
        expected=line.expectation.expected,
        room=np.empty((len(axis), len(book.units))),
    )
