"""A measure's last periods out of an evaluation: values, targets, zones, breaks."""

from __future__ import annotations

import math

from fourfold.engine.calendar import Frequency, Grain, GrainPeriod
from fourfold.engine.evaluate.borders import anchors_over
from fourfold.engine.quantities import Status, Why
from fourfold.engine.score import Anchors
from fourfold.platform.ui.stepper import short_label
from fourfold.scorecard.evaluation.pages.measure.history import (
    HistoryPeriod,
    MeasureHistory,
    VersionBreak,
    Zone,
)
from fourfold.scorecard.evaluation.pages.measure.numbers import MeasureNumbers

__all__ = ["measure_history"]


def measure_history(numbers: MeasureNumbers, *, length: int) -> MeasureHistory:
    """The `length` periods that end with the shown one, from the first in which the measure applies.

    Reads the cube for the thresholds: call it while the evaluation's cube holds still.
    """
    seen = numbers.seen
    borders = anchors_over(
        seen.evaluation,
        measure=numbers.key,
        unit=seen.evaluation.units.keys[seen.unit],
        grain=seen.shown.grain,
    )
    places = range(_first(numbers, length), seen.at + 1)
    periods = tuple(_period(numbers, place, anchors=borders[place]) for place in places)
    return MeasureHistory(
        periods,
        _breaks(numbers, places),
        numbers.format,
    )


def _first(numbers: MeasureNumbers, length: int) -> int:
    """Leading periods without a value and without a due one say nothing."""
    start, stop = max(0, numbers.seen.at - length + 1), numbers.seen.at
    quiet = (Why.NOT_APPLICABLE, Why.NOT_DUE)
    while start < stop and numbers.why(numbers.seen.unit, at=start) in quiet:
        start += 1
    return start


def _page(numbers: MeasureNumbers, place: int) -> GrainPeriod:
    return GrainPeriod(numbers.seen.shown.grain, numbers.seen.results.ordinals[place])


def _period(numbers: MeasureNumbers, place: int, *, anchors: Anchors | None) -> HistoryPeriod:
    calendar = numbers.seen.evaluation.book.timeline.calendar
    page, unit, results = _page(numbers, place), numbers.seen.unit, numbers.results
    return HistoryPeriod(
        key=calendar.key_of(page),
        label=calendar.label(page),
        short=short_label(calendar, page),
        value=numbers.number(results.value, unit, at=place),
        why=numbers.why(unit, at=place),
        target=numbers.number(results.target, unit, at=place),
        score=numbers.number(results.score, unit, at=place),
        status=numbers.mark(unit, at=place).status,
        zones=_zones(anchors),
        line=calendar.containing(page.period, Frequency.YEAR).ordinal if page.grain is Grain.YTD else 0,
        shown_period=numbers.shown_period(unit, at=place),
        format=numbers.format_beside(page, unit),
    )


def _zones(anchors: Anchors | None) -> tuple[Zone, ...]:
    """Best first; a side without a limit has no zone beyond."""
    if anchors is None:
        return ()
    (green_low, green_high), (amber_low, amber_high) = anchors.green, anchors.amber
    stretches = (
        (Status.GREEN, green_low, green_high),
        (Status.AMBER, amber_low, green_low),
        (Status.AMBER, green_high, amber_high),
        (Status.RED, -math.inf, amber_low),
        (Status.RED, amber_high, math.inf),
    )
    return tuple(Zone(status, _end(low), _end(high)) for status, low, high in stretches if low < high)


def _end(edge: float) -> float | None:
    return edge if math.isfinite(edge) else None


def _breaks(numbers: MeasureNumbers, places: range) -> tuple[VersionBreak, ...]:
    found = []
    for place in places[1:]:
        page = _page(numbers, place)
        before, after = numbers.version_at(_page(numbers, place - 1)), numbers.version_at(page)
        if before is not None and after is not None and before.number != after.number:
            calendar = numbers.seen.evaluation.book.timeline.calendar
            found.append(
                VersionBreak(
                    calendar.key_of(page),
                    short_label(calendar, page),
                    after.number,
                    after.reason,
                    is_new_series=before.series != after.series,
                )
            )
    return tuple(found)
