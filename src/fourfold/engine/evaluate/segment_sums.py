"""What the segments of a quotient are made of: numerators and bases, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book
from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Segment
from fourfold.engine.evaluate.lines import observed, totals_of, values_over
from fourfold.engine.evaluate.segments import segments_of
from fourfold.engine.evaluate.view import View, view_of
from fourfold.engine.quantities import Why

__all__ = ["SegmentSums", "segment_sums"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SegmentSums:
    """A measure's segments at one grain; arrays have the shape (segment, period, unit), as `SegmentResults`.

    The value is multiplier · numerator ÷ base; `base` is None for measures without one. A segment nobody was in has
    0 and 0. NaN where a part that is due is missing, and on pages shorter than the measure's own periods.
    """

    segments: tuple[Segment, ...]
    ordinals: range
    units: tuple[str, ...]
    numerator: Floats
    base: Floats | None

    def position(self, ordinal: int) -> int:
        """Where a period stands on the period axis; raises IndexError outside it."""
        if ordinal not in self.ordinals:
            raise IndexError(f"{ordinal} lies outside the evaluated time")
        return ordinal - self.ordinals.start


def segment_sums(
    book: Book, cube: Cube, *, measure: str, grain: Grain = Grain.MONTH, unit: str | None = None
) -> SegmentSums:
    """Add up every segment of one measure over time and units, numerators and bases apart.

    Args: as for `evaluate_segments`.

    Raises:
        UnknownUnit: no such unit. KeyError: no such measure.

    Source: METHOD §2.6, M2.3. Tested in tests/engine/test_segment_sums.py, for example
    `segment_sums(book, cube, measure="otif").base`.
    """
    view = view_of(book, cube, grains=(grain,), unit=unit)
    lines = view.lines_of[book.measure_index(measure)]
    segments = segments_of(lines)
    shape = (len(segments), len(view.pages), len(view.units))
    has_base = all(line.rule.has_denominator for line in lines)
    found = SegmentSums(
        segments=segments,
        ordinals=view.pages.ordinals[grain],
        units=view.units.keys,
        numerator=np.full(shape, np.nan),
        base=np.full(shape, np.nan) if has_base else None,
    )
    places = {segment.key: place for place, segment in enumerate(segments)}
    for line in lines:
        for place, segment in enumerate(line.rule.version.segments):
            _fill(found, line, place=place, at=places[segment.key], cube=cube, view=view)
    return found


def _fill(found: SegmentSums, line: Line, *, place: int, at: int, cube: Cube, view: View) -> None:
    """One segment where one rule is valid."""
    alone = replace(line, target=None)
    native = totals_of([observed(line, cube=cube, view=view)[place]], line=alone, view=view)
    native_map = view.pages.native(line.rule.frequency)
    values = values_over(native, line=alone, view=view, ranges=native_map.ranges, is_cell=native_map.is_cell)
    valid = view.pages.between(line.rule.valid_from, line.rule.valid_until)
    # Somebody who never had the segment has none of it; a base of zero is a number, too.
    is_known = (values.why == Why.PRESENT) | (values.why == Why.ZERO_DENOMINATOR)
    is_nobody = values.why == Why.NOT_APPLICABLE
    is_known &= ~native_map.carried[:, np.newaxis]
    for table, sums in ((found.numerator, values.sums.numerator), (found.base, values.sums.denominator)):
        if table is not None and sums is not None:
            table[at][valid] = np.where(is_known, sums, np.where(is_nobody, 0.0, np.nan))[valid]
