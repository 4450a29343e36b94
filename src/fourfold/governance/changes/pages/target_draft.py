"""A target as somebody is typing it, and how it is laid over the one that holds (METHOD §2.7)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period, PeriodUnknown
from fourfold.engine.definitions import Target, TargetPoint, Trajectory
from fourfold.engine.trajectory import expand
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.queries.target_past import TargetPastRewritten

__all__ = [
    "PointUnread",
    "TargetDraft",
    "draft_of_target",
    "merged_draft",
    "points_from",
    "points_text",
    "with_past",
]


class PointUnread(Refusal):
    code, status = "TARGET_POINT_UNREAD", 422
    sentence = _("Line {line} is not a period and a value: “{text}”. {reason}")
    remedy = _("Write a period of this measure and its value on each line, such as “{example} 95”.")


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What the form says for one measure and unit. `reason` is why it may get easier."""

    measure: str
    unit: str
    trajectory: Trajectory
    points: tuple[TargetPoint, ...]
    red: float | None = None
    best: float | None = None
    origin: str = ""
    reason: str = ""

    @property
    def told_origin(self) -> str:
        """Origin and reason as one text: a target keeps both."""
        return ": ".join(text for text in (self.origin, self.reason) if text)


def draft_of_target(
    said: Mapping[str, Any], *, measure: str, unit: str, frequency: Frequency, calendar: FiscalCalendar
) -> TargetDraft:
    """From a form's cleaned fields.

    Raises:
        PointUnread.
    """
    return TargetDraft(
        measure=measure,
        unit=unit,
        trajectory=Trajectory(said["trajectory"]),
        points=points_from(said["points"], frequency=frequency, calendar=calendar),
        red=said.get("red"),
        best=said.get("best"),
        origin=said.get("origin") or "",
        reason=(said.get("reason") or "").strip(),
    )


def merged_draft(
    before: Target | None,
    *,
    measure: str,
    unit: str,
    points: Mapping[Period, float | None],
    bounds: Mapping[str, float | None] = MappingProxyType({}),
    origin: str = "",
    reason: str = "",
) -> TargetDraft:
    """The target that holds with some periods given anew, and red and best where `bounds` names them.

    A period of None is taken out. Where nothing holds yet it is taken in steps.
    """
    own, standing_origin = (before.points, before.origin) if before else ((), "")
    if reason:  # in place of the one that stood there
        standing_origin = standing_origin.partition(": ")[0]
    standing: dict[Period, float | None] = {**{point.period: point.value for point in own}, **points}
    kept = {period: value for period, value in standing.items() if value is not None}
    ordered = sorted(kept, key=lambda period: period.ordinal)
    return TargetDraft(
        measure,
        unit,
        before.trajectory if before else Trajectory.STEP,
        tuple(TargetPoint(period, kept[period]) for period in ordered),
        red=bounds.get("red", before.red if before else None),
        best=bounds.get("best", before.best if before else None),
        origin=origin or standing_origin,
        reason=reason,
    )


def points_from(text: str, *, frequency: Frequency, calendar: FiscalCalendar) -> tuple[TargetPoint, ...]:
    """One period and value a line, in any order; separated by blanks, tabs or a semicolon."""
    points: dict[int, TargetPoint] = {}
    for line, words in enumerate(text.splitlines(), start=1):
        if words.strip():
            point = _point(words, line=line, frequency=frequency, calendar=calendar)
            if point.period.ordinal in points:
                raise _unread(words, line, _("This period stands here twice."), frequency, calendar)
            points[point.period.ordinal] = point
    return tuple(points[ordinal] for ordinal in sorted(points))


def _point(words: str, *, line: int, frequency: Frequency, calendar: FiscalCalendar) -> TargetPoint:
    parts = words.replace(";", " ").split()
    if len(parts) != 2:
        raise _unread(words, line, "", frequency, calendar)
    try:
        period, value = calendar.parse(parts[0]), float(parts[1])
    except (PeriodUnknown, ValueError) as unread:
        raise _unread(words, line, str(unread), frequency, calendar) from unread
    if period.frequency is not frequency:
        reason = _("The measure is taken every {frequency}.").format(frequency=frequency.value)
        raise _unread(words, line, reason, frequency, calendar)
    if not math.isfinite(value) or float(f"{value:.15g}") != value:
        raise _unread(words, line, _("A value has at most 15 digits."), frequency, calendar)
    return TargetPoint(period, value)


def _unread(
    words: str, line: int, reason: Any, frequency: Frequency, calendar: FiscalCalendar
) -> PointUnread:
    example = calendar.key(Period(frequency, _some_ordinal(frequency)))
    return PointUnread(line=line, text=words.strip(), reason=reason, example=example)


def _some_ordinal(frequency: Frequency) -> int:
    """A period of 2027, for an example."""
    months = frequency.months if frequency.is_coarser_than(Frequency.WEEK) else 0
    return 2027 * 12 // months if months else 0


def points_text(points: Sequence[TargetPoint], *, calendar: FiscalCalendar) -> str:
    """The lines that read back as these points."""
    return "\n".join(f"{calendar.key(point.period)} {point.value:.15g}" for point in points)


def with_past(before: Target | None, draft: TargetDraft, *, ended: int, calendar: FiscalCalendar) -> Target:
    """The draft laid over the target that holds: what periods up to the ordinal `ended` were judged by stays.

    Raises:
        TargetPastRewritten: the draft names another value for a period that had one.
    """
    points = draft.points if before is None else _kept(before, draft, ended=ended, calendar=calendar)
    return Target(
        draft.measure,
        draft.unit,
        points,
        draft.trajectory,
        red=draft.red,
        best=draft.best,
        origin=draft.told_origin,
    )


def _kept(
    before: Target, draft: TargetDraft, *, ended: int, calendar: FiscalCalendar
) -> tuple[TargetPoint, ...]:
    past = [point for point in before.points if point.period.ordinal <= ended]
    offered = {point.period.ordinal: point for point in draft.points}
    if not past:
        return draft.points
    ordinals = range(past[0].period.ordinal, ended + 1)
    wanted = expand(before.points, before.trajectory, ordinals=ordinals)
    for ordinal, value in zip(ordinals, wanted.tolist(), strict=True):
        if ordinal in offered and not math.isnan(value) and offered[ordinal].value != value:
            period = calendar.label(offered[ordinal].period)
            raise TargetPastRewritten(period=period, unit=draft.unit, before=f"{value:g}")
    coming = [point for point in draft.points if point.period.ordinal > ended]
    earlier = [point for point in draft.points if point.period.ordinal < past[0].period.ordinal]
    few = (*earlier, *past, *coming)
    if np.array_equal(expand(few, draft.trajectory, ordinals=ordinals), wanted, equal_nan=True):
        return few
    frequency = past[0].period.frequency
    every = (
        TargetPoint(Period(frequency, ordinal), value)
        for ordinal, value in zip(ordinals, wanted.tolist(), strict=True)
        if not math.isnan(value)
    )
    return (*earlier, *every, *coming)
