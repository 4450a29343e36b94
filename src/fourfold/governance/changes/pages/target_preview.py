"""The interim targets of a draft, before anything is saved, drawn as a small line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fourfold.engine.calendar import Period
from fourfold.engine.trajectory import TrajectoryRefused, expand
from fourfold.governance.changes.pages.target_draft import draft_of_target, with_past
from fourfold.governance.changes.pages.target_page import OneTarget
from fourfold.platform.periods.queries import today
from fourfold.platform.refusals import Refusal
from fourfold.platform.ui.drawings.scaling import Scale, runs
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from fourfold.scorecard.evaluation.queries.wanted_targets import last_ended, target_of

__all__ = ["InterimTarget", "TargetPreview", "preview_target"]

_WIDTH, _HEIGHT, _MARGIN = 420, 120, 12
MOST_PERIODS = 60
"""Five years of months: a longer line says no more."""


@dataclass(frozen=True, slots=True)
class InterimTarget:
    """What is wanted in one period."""

    period: str
    value: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class TargetPreview:
    """The line, its values, and the problem where it cannot be drawn."""

    drawing: str = ""
    interim: tuple[InterimTarget, ...] = ()
    problem: str = ""
    code: str = ""


def preview_target(shown: OneTarget, said: Mapping[str, Any], *, at: datetime) -> TargetPreview:
    """Lay the draft over the target that holds and expand it; nothing is written."""
    known = known_definitions()
    calendar = known.organisation.calendar
    ended = last_ended(known, shown.frequency, today=today(known.organisation, at=at))
    try:
        draft = draft_of_target(
            said, measure=shown.measure, unit=shown.unit, frequency=shown.frequency, calendar=calendar
        )
        target = with_past(
            target_of(known, shown.measure, unit=shown.unit), draft, ended=ended, calendar=calendar
        )
        if not target.points:
            return TargetPreview()
        last = target.points[-1].period.ordinal
        first = max(target.points[0].period.ordinal, last - MOST_PERIODS + 1)
        ordinals = range(first, max(last, ended + 1) + 1)
        wanted = expand(target.points, target.trajectory, ordinals=ordinals).tolist()
    except Refusal as refused:
        return TargetPreview(problem=refused.told_sentence, code=refused.code)
    except TrajectoryRefused as refused:
        return TargetPreview(problem=str(refused), code=refused.code)
    decimals = next(each.versions[-1].decimals for each in known.measures if each.key == shown.measure)
    form = ValueFormat(decimals, shown.unit_of_measure)
    interim = tuple(
        InterimTarget(
            calendar.key(Period(shown.frequency, ordinal)), str(form.shown(value)), is_past=ordinal <= ended
        )
        for ordinal, value in zip(ordinals, wanted, strict=True)
    )
    return TargetPreview(_line(wanted, interim), interim)


def _line(wanted: list[float], interim: tuple[InterimTarget, ...]) -> SafeString:
    values = [None if math.isnan(value) else value for value in wanted]
    across = Scale(0, max(len(values) - 1, 1), _MARGIN, _WIDTH - _MARGIN)
    up = Scale.over(values, start=_HEIGHT - _MARGIN, end=_MARGIN)
    past = sum(1 for each in interim if each.is_past)
    lines = format_html_join(
        "",
        '<polyline class="target-line" points="{}"/>',
        ((" ".join(f"{across(at)},{up(value)}" for at, value in run),) for run in runs(values)),
    )
    dots = format_html_join(
        "",
        '<circle class="target-dot{}" cx="{}" cy="{}" r="3"/>',
        (
            (" is-past" if interim[at].is_past else "", across(at), up(value))
            for run in runs(values)
            for at, value in run
        ),
    )
    border = (
        format_html(
            '<line class="target-today" x1="{0}" x2="{0}" y1="4" y2="{1}"/>', across(past - 0.5), _HEIGHT - 4
        )
        if 0 < past < len(values)
        else ""
    )
    label = _("Interim targets from {first} to {last}").format(
        first=interim[0].period, last=interim[-1].period
    )
    return format_html(
        '<svg class="target-curve" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        _WIDTH,
        _HEIGHT,
        label,
        border,
        lines,
        dots,
    )
