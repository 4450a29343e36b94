"""A measure's segments at both ends of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fourfold.engine.evaluate.segments import evaluate_segments
from fourfold.practices.finance.queries.looking import Looked
from fourfold.scorecard.evaluation.queries.hidden_segments import hidden_segments

__all__ = ["SegmentEnds", "looked_segments"]


@dataclass(frozen=True, slots=True)
class SegmentEnds:
    """NaN where there is no number, or none to be shown."""

    key: str
    name: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """From one end to the other."""
        return self.after - self.before


def looked_segments(looked: Looked, measure: str) -> tuple[SegmentEnds, ...]:
    """In listed order; against the plan, `before` is a segment's own target. Reads the cube.

    Empty for a measure without segments, and where the other period lies outside the evaluated time.
    """
    book, grain = looked.evaluation.book, looked.shown.grain
    found = evaluate_segments(book, looked.cube, measure=measure, grain=grain, unit=looked.unit)
    if looked.from_ is None or not found.segments:
        return ()
    hiding = hidden_segments(book, looked.cube, measure=measure, grain=grain)
    values = np.where(hiding.on(found.ordinals, unit=looked.unit), np.nan, found.value[:, :, 0])
    at = found.position(looked.shown.ordinal)
    if looked.other is None:
        before = found.target[:, at, 0]
    elif looked.other.ordinal in found.ordinals:
        before = values[:, found.position(looked.other.ordinal)]
    else:
        return ()
    return tuple(
        SegmentEnds(segment.key, segment.name, float(before[place]), float(values[place, at]))
        for place, segment in enumerate(found.segments)
    )
