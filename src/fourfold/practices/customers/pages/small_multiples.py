"""Each segment's own line, side by side."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.quantities import Status
from fourfold.engine.score import AnchorRule, ThresholdRefused, anchors_at
from fourfold.platform.ui.components import Series
from fourfold.platform.ui.numbers import ValueFormat, display_number
from fourfold.platform.ui.stepper import short_label
from fourfold.practices.customers.pages.segments_page import SmallMultiple
from fourfold.practices.customers.queries.splits import Segmented

__all__ = ["hidden_cells", "share_of", "small_multiples"]

LENGTH = 13  # periods, as every sparkline of the house


def small_multiples(seen: Segmented, *, form: ValueFormat) -> tuple[SmallMultiple, ...]:
    """Every segment that may be shown by itself in the shown period, in listed order."""
    hidden = hidden_cells(seen)
    return tuple(
        _multiple(seen, place, hidden=hidden[place], form=form)
        for place in range(len(seen.sums.segments))
        if not hidden[place, -1]
    )


def hidden_cells(seen: Segmented) -> NDArray[np.bool_]:
    """Which segments are not shown in which of the last periods, (segment, period).

    The two periods that are split hide what stands together there besides.
    """
    span = _span(seen)
    hidden = seen.hidden[:, span.start : span.stop].copy()
    groups = seen.split.shown.groups if seen.split is not None else ()
    together = [place for group in groups if len(group) > 1 for place in group]
    for at in (seen.at, seen.from_):
        if at is not None and at in span:
            hidden[together, span.index(at)] = True
    return hidden


def share_of(weight: float) -> str:
    """A segment's share in the base."""
    return str(display_number(100.0 * weight, decimals=1, unit_of_measure="%"))


def _span(seen: Segmented) -> range:
    return range(max(0, seen.at - LENGTH + 1), seen.at + 1)


def _multiple(seen: Segmented, place: int, *, hidden: NDArray[np.bool_], form: ValueFormat) -> SmallMultiple:
    results, calendar = seen.results, seen.evaluation.book.timeline.calendar
    span = _span(seen)
    shown = np.where(hidden, np.nan, results.value[place, span.start : span.stop, 0])
    values = tuple(_number(value) for value in shown.tolist())
    labels = tuple(short_label(calendar, GrainPeriod(seen.shown.grain, results.ordinals[at])) for at in span)
    target = _number(results.target[place, seen.at, 0])
    return SmallMultiple(
        name=seen.sums.segments[place].name,
        series=Series(labels, values, (), form),
        value=values[-1],
        target=target,
        status=_status(seen, values[-1], target=target),
        share=_share(seen, place),
        format=form.beside(values[-1], target),
    )


def _share(seen: Segmented, place: int) -> str:
    if seen.sums.base is None:
        return ""
    bases = seen.sums.base[:, seen.at, 0]
    whole = float(bases.sum())
    return share_of(float(bases[place]) / whole) if whole > 0.0 and math.isfinite(whole) else ""


def _status(seen: Segmented, value: float | None, *, target: float | None) -> Status:
    """By the measure's own thresholds around the segment's own target; grey without one."""
    rule = _rule(seen)
    if value is None or target is None or rule is None:
        return Status.GREY
    try:
        anchors = anchors_at(rule, target)
    except ThresholdRefused:
        return Status.GREY
    if anchors is None:
        return Status.GREY
    for status, (low, high) in ((Status.GREEN, anchors.green), (Status.AMBER, anchors.amber)):
        if low <= value <= high:
            return status
    return Status.RED


def _rule(seen: Segmented) -> AnchorRule | None:
    """The thresholds that the shown period uses; None where the measure is not scored."""
    book = seen.evaluation.book
    day = book.timeline.calendar.last_day(seen.shown)
    scored = [
        each
        for rule in book.rules[book.measure_index(seen.measure.key)]
        for each in rule.scored
        if each.valid_from is None or each.valid_from <= day
    ]
    return scored[-1].anchors if scored and scored[-1].anchors.is_scored else None


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
