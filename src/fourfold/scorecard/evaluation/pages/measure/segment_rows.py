"""A measure's segments on its page; those of few cases, and those that would tell them, without their numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.evaluate.segments import SegmentResults, evaluate_segments
from fourfold.engine.quantities import Why
from fourfold.platform.ui.components import Series, change_between
from fourfold.scorecard.evaluation.pages.measure.numbers import MeasureNumbers
from fourfold.scorecard.evaluation.pages.measure.page import SegmentRow
from fourfold.scorecard.evaluation.pages.window import number_or_none
from fourfold.scorecard.evaluation.queries.hidden_segments import hidden_segments

__all__ = ["segment_rows"]


def segment_rows(numbers: MeasureNumbers) -> tuple[SegmentRow, ...]:
    """In listed order; reads the cube."""
    seen = numbers.seen
    book, cube, grain = seen.evaluation.book, seen.evaluation.cube, seen.shown.grain
    unit = seen.evaluation.units.keys[seen.unit]
    found = evaluate_segments(book, cube, measure=numbers.key, grain=grain, unit=unit)
    hiding = hidden_segments(book, cube, measure=numbers.key, grain=grain)
    hidden = hiding.on(found.ordinals, unit=unit)
    return tuple(_row(numbers, found, place, is_hidden=hidden[place]) for place in range(len(found.segments)))


def _row(
    numbers: MeasureNumbers, found: SegmentResults, place: int, *, is_hidden: NDArray[np.bool_]
) -> SegmentRow:
    seen, version, segment = numbers.seen, numbers.version, found.segments[place]
    shown = np.where(is_hidden, np.nan, found.value[place, :, 0])
    values = tuple(number_or_none(number) for number in shown)
    before, target = seen.before.ordinal, number_or_none(found.target[place, seen.at, 0])
    earlier = values[found.position(before)] if before in found.ordinals else None
    return SegmentRow(
        key=segment.key,
        name=segment.name,
        value=values[seen.at],
        why=Why.SUPPRESSED if is_hidden[seen.at] else Why(int(found.why[place, seen.at, 0])),
        target=target,
        change=change_between(
            earlier,
            values[seen.at],
            polarity=version.goal.polarity,
            decimals=version.decimals,
            unit_of_measure=version.unit_of_measure,
        ),
        format=numbers.format.beside(values[seen.at], target),
        series=Series(seen.labels, values[seen.start : seen.at + 1], (), numbers.format),
        is_hidden=bool(is_hidden[seen.start : seen.at + 1].any()),
    )
