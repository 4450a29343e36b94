"""A segmented measure in a unit and period, split into rate and mix against another period."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Measure, MeasureVersion
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.evaluate.segment_sums import SegmentSums, segment_sums
from fourfold.engine.evaluate.segments import SegmentResults, evaluate_segments
from fourfold.engine.quantities import AggregationKind, Why
from fourfold.engine.segments import (
    Heterogeneity,
    Pooled,
    RateAndMix,
    SegmentCounts,
    SimpsonAlarm,
    heterogeneity,
    pooled,
    rate_and_mix,
    simpson_alarm,
    simpson_alarms,
    standard_mix,
    standardised,
)
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst, measure_seen
from fourfold.scorecard.evaluation.pages.value_format import version_used
from fourfold.scorecard.evaluation.queries.hidden_segments import hidden_segments

__all__ = ["SegmentSplit", "Segmented", "segmented", "segments_of_measure"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SegmentSplit:
    """The split of the shown unit, over `shown.groups` of segments, in the measure's unit of measure.

    `alarm` judges all groups; `fixed` is the total before and after with one mix, None where a group has no rate.
    `differences` is None where nobody is counted in or out.
    """

    shown: Pooled
    split: RateAndMix
    alarm: SimpsonAlarm
    fixed: tuple[float, float] | None
    differences: Heterogeneity | None


@dataclass(frozen=True, slots=True)
class Segmented:
    """The measure looked at while the cube holds still; `why` says why there is no split.

    `hidden` says which segments are not shown in which periods, (segment, period). `at` and `from_` are places on the
    period axis, `from_` None where nothing was known yet. `children` are places of the units directly below, and
    `child_splits` their splits in the same order, over all segments.
    """

    asked: AskedAgainst
    measure: Measure
    version: MeasureVersion
    evaluation: Evaluation
    results: SegmentResults
    sums: SegmentSums
    hidden: NDArray[np.bool_]
    unit: str
    shown: GrainPeriod
    other: GrainPeriod
    at: int
    from_: int | None
    why: Why
    split: SegmentSplit | None
    children: tuple[int, ...]
    child_splits: RateAndMix | None
    child_alarms: tuple[SimpsonAlarm, ...]


@contextmanager
def segmented(asked: AskedAgainst, *, scope: Scope, at: datetime) -> Iterator[Segmented]:
    """Look; holds the process's lock. One query where nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    with measure_seen(asked, scope=scope, at=at) as seen:
        yield segments_of_measure(
            asked, seen.measure, evaluation=seen.evaluation, cube=seen.cube, shown=seen.shown
        )


def segments_of_measure(
    asked: AskedAgainst, measure: Measure, *, evaluation: Evaluation, cube: Cube, shown: GrainPeriod
) -> Segmented:
    """Split; reads the cube."""
    book, grain, unit = evaluation.book, shown.grain, evaluation.units.keys[0]
    other = asked.against.page(book.timeline.calendar, shown) or shown.shifted(-1)
    sums = segment_sums(book, cube, measure=measure.key, grain=grain, unit=unit)
    version = version_used(evaluation, measure.key, page=shown)
    results = evaluate_segments(book, cube, measure=measure.key, grain=grain, unit=unit)
    hidden = hidden_segments(book, cube, measure=measure.key, grain=grain).on(results.ordinals, unit=unit)
    at, from_ = results.position(shown.ordinal), _begun(results, other)
    why = _why(evaluation, measure, version=version, shown=shown, other=other, from_=from_)
    children = tuple(evaluation.units.children(0))
    split, below, alarms = None, None, tuple[SimpsonAlarm, ...]()
    if why is Why.PRESENT and from_ is not None:
        before, after = (_counts(sums, place, columns=(0,)) for place in (from_, at))
        why = Why(int(rate_and_mix(before, after).why[0]))
        if why is Why.PRESENT:
            split = _split(_alone(before), _alone(after), version=version, hidden=hidden[:, [from_, at]])
        if children and split is not None:
            below = rate_and_mix(*(_counts(sums, place, columns=children) for place in (from_, at)))
            alarms = tuple(SimpsonAlarm(int(each)) for each in simpson_alarms(below))
    return Segmented(
        asked=asked,
        measure=measure,
        version=version,
        evaluation=evaluation,
        results=results,
        sums=sums,
        hidden=hidden,
        unit=unit,
        shown=shown,
        other=other,
        at=at,
        from_=from_,
        why=why,
        split=split,
        children=children,
        child_splits=below,
        child_alarms=alarms,
    )


def _begun(results: SegmentResults, other: GrainPeriod) -> int | None:
    """The place of the earlier period; None where nothing was known by then."""
    if other.ordinal not in results.ordinals:
        return None
    place = results.position(other.ordinal)
    return place if np.isfinite(results.value[:, : place + 1, 0]).any() else None


def _why(
    evaluation: Evaluation,
    measure: Measure,
    *,
    version: MeasureVersion,
    shown: GrainPeriod,
    other: GrainPeriod,
    from_: int | None,
) -> Why:
    """Why these two periods cannot be split, before a number is looked at."""
    if not version.segments:
        return Why.NOT_APPLICABLE
    if not version.kind.has_denominator:
        return Why.NOT_ADDITIVE
    if from_ is None:
        return Why.TOO_FEW_POINTS
    then = version_used(evaluation, measure.key, page=other)
    same = (then.series, then.segments, then.kind, then.multiplier)
    if same != (version.series, version.segments, version.kind, version.multiplier):
        return Why.DEFINITION_BREAK
    return Why.PRESENT


def _counts(sums: SegmentSums, place: int, *, columns: tuple[int, ...]) -> SegmentCounts:
    """The counts of some units at a place of the axis, (unit, segment)."""
    assert sums.base is not None
    return SegmentCounts.of(sums.numerator[:, place, list(columns)].T, sums.base[:, place, list(columns)].T)


def _alone(counts: SegmentCounts) -> SegmentCounts:
    return SegmentCounts(counts.numerator[0], counts.base[0])


def _split(
    before: SegmentCounts, after: SegmentCounts, *, version: MeasureVersion, hidden: NDArray[np.bool_]
) -> SegmentSplit:
    shown = pooled(before, after, hidden=np.flatnonzero(hidden.any(axis=1)).tolist())
    split = rate_and_mix(shown.before, shown.after)
    mix = standard_mix(shown.before, shown.after)
    fixed = [float(standardised(counts, mix)) * version.multiplier for counts in (shown.before, shown.after)]
    return SegmentSplit(
        shown=shown,
        split=split,
        alarm=simpson_alarm(split),
        fixed=(fixed[0], fixed[1]) if np.isfinite(fixed).all() else None,
        differences=heterogeneity(shown.after) if version.kind is AggregationKind.RATIO else None,
    )
