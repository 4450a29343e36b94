"""Targets of a file laid over those that hold: a file speaks of its own periods, the others stay."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fourfold.engine.calendar import FiscalCalendar, Period
from fourfold.engine.definitions import Definitions, Target, TargetPoint
from fourfold.engine.trajectory import expand

__all__ = ["AmendedPoint", "amended_points", "amended_targets"]


@dataclass(frozen=True, slots=True)
class AmendedPoint:
    """A point that a file gives and that is not there yet; `before` is what was wanted then, None: nothing."""

    target: Target
    point: TargetPoint
    before: float | None


def amended_points(definitions: Definitions, said: Sequence[Target]) -> Iterator[AmendedPoint]:
    """Every point of the targets of a file that is new or differs, in their order."""
    named = {(each.measure, each.unit, each.segment): each for each in definitions.targets}
    for target in said:
        known = named.get((target.measure, target.unit, target.segment))
        there = {point.period: point.value for point in known.points} if known else {}
        for point in target.points:
            if there.get(point.period) != point.value:
                yield AmendedPoint(target, point, _wanted(known, point.period))


def _wanted(known: Target | None, period: Period) -> float | None:
    """What a target asks for in a period; nothing before its first point, or in periods of another length."""
    if known is None or not known.points or known.points[0].period.frequency != period.frequency:
        return None
    value = float(
        expand(known.points, known.trajectory, ordinals=range(period.ordinal, period.ordinal + 1))[0]
    )
    return None if math.isnan(value) else value


def amended_targets(
    definitions: Definitions, said: Sequence[Target]
) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """All targets as they would be, and those among them that are new or differ."""
    named = {(each.measure, each.unit, each.segment): each for each in definitions.targets}
    differing = []
    for target in said:
        name = (target.measure, target.unit, target.segment)
        amended = _amended(named.get(name), target, calendar=definitions.organisation.calendar)
        if amended != named.get(name):
            differing.append(amended)
        named[name] = amended
    return tuple(named.values()), tuple(differing)


def _amended(known: Target | None, said: Target, *, calendar: FiscalCalendar) -> Target:
    if known is None:
        return said
    points = {point.period: point for point in (*_laid_out(known, said), *said.points)}
    ordered = sorted(points.values(), key=lambda point: calendar.first_day(point.period))
    return replace(
        said, points=tuple(ordered), red=known.red, best=known.best, origin=said.origin or known.origin
    )


def _laid_out(known: Target, said: Target) -> tuple[TargetPoint, ...]:
    """Its points; every period between them where the file's way through time is another, so that those stay too."""
    if known.trajectory is said.trajectory or not known.points:
        return known.points
    first, last = known.points[0].period, known.points[-1].period
    ordinals = range(first.ordinal, last.ordinal + 1)
    values = expand(known.points, known.trajectory, ordinals=ordinals).tolist()
    return tuple(
        TargetPoint(Period(first.frequency, ordinal), value)
        for ordinal, value in zip(ordinals, values, strict=True)
    )
