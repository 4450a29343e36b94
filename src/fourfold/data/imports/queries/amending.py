"""Targets of a file laid over those that hold: a file speaks of its own periods, the others stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fourfold.engine.calendar import FiscalCalendar
from fourfold.engine.definitions import Definitions, Target

__all__ = ["amended_targets"]


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
    points = {point.period: point for point in (*known.points, *said.points)}
    ordered = sorted(points.values(), key=lambda point: calendar.first_day(point.period))
    return replace(
        said, points=tuple(ordered), red=known.red, best=known.best, origin=said.origin or known.origin
    )
