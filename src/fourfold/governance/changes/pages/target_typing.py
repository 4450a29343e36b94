"""Targets typed into the grid of a measure: a field for every unit and period, and for a unit's own red and best.

A field is named `unit.period`, `unit.red` or `unit.best`. What somebody changed is told by what the fields said when
the page was opened: all others follow whoever wrote last.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period, PeriodUnknown
from fourfold.engine.definitions import Target, TargetPoint
from fourfold.folder.mapping.numbers import NumberProblem
from fourfold.platform.refusals.field_errors import FieldError
from fourfold.platform.ui.typed_numbers import read_typed_number, spelt

__all__ = [
    "BOUNDS",
    "TypedRow",
    "TypedTargets",
    "changed_texts",
    "field_name",
    "read_typed_targets",
    "seq_seen",
    "text_of",
    "too_precise",
]

BOUNDS = ("red", "best")
LONGEST_SEQ = 18
"""Digits: a longer number is no seq of a 64-bit ledger."""


@dataclass(slots=True)
class TypedRow:
    """What was typed anew for one unit; None takes a value away."""

    points: dict[Period, float | None] = field(default_factory=dict)
    bounds: dict[str, float | None] = field(default_factory=dict)

    @property
    def given(self) -> tuple[TargetPoint, ...]:
        """The periods as points, NaN where a value is taken away."""
        return tuple(
            TargetPoint(period, math.nan if value is None else value) for period, value in self.points.items()
        )


@dataclass(frozen=True, slots=True)
class TypedTargets:
    """The rows that were changed, by unit, and what cannot be read, by the name of its field."""

    rows: Mapping[str, TypedRow]
    told: Mapping[str, FieldError]
    fields: int


def seq_seen(edition: str) -> int:
    """The seq that a page showed; 0, where no target was known yet, for one that says nothing."""
    return int(edition) if edition.isdecimal() and len(edition) <= LONGEST_SEQ else 0


def field_name(unit: str, part: str) -> str:
    """How the field of a unit's period, red or best is called in the form."""
    return f"{unit}.{part}"


def text_of(target: Target | None, period: Period | None, *, bound: str = "") -> str:
    """What a field says as the target stands: its own point of the period, or its own red or best."""
    if target is None:
        return ""
    if bound:
        return spelt(target.red if bound == "red" else target.best)
    return spelt(next((point.value for point in target.points if point.period == period), None))


def changed_texts(
    texts: Mapping[str, str], *, then: Mapping[str, Target], calendar: FiscalCalendar
) -> dict[str, str]:
    """The fields that say something else than the targets of `then` (by unit) said in them."""
    changed = {}
    for name, text in texts.items():
        unit, _dot, part = name.rpartition(".")
        bound = part if part in BOUNDS else ""
        if text.strip() != text_of(then.get(unit), _period(part, calendar), bound=bound):
            changed[name] = text.strip()
    return changed


def read_typed_targets(
    changed: Mapping[str, str], *, frequency: Frequency, calendar: FiscalCalendar
) -> TypedTargets:
    """Read every changed field; a blank takes away."""
    rows: dict[str, TypedRow] = {}
    told: dict[str, FieldError] = {}
    for name, text in changed.items():
        unit, _dot, part = name.rpartition(".")
        period, value = _period(part, calendar), _number(text)
        if isinstance(value, FieldError):
            told[name] = value
        elif part in BOUNDS:
            rows.setdefault(unit, TypedRow()).bounds[part] = value
        elif period is None or period.frequency is not frequency:
            said = _("“{period}” is not a {frequency}.").format(period=part, frequency=frequency.value)
            told[name] = FieldError("PERIOD_UNKNOWN", said, _("Open the page again."))
        else:
            rows.setdefault(unit, TypedRow()).points[period] = value
    return TypedTargets(rows, told, len(changed))


def too_precise(text: str) -> str:
    """What is said of a number with more digits than a value holds."""
    return _("“{value}” has more than 15 digits.").format(value=text)


def _number(text: str) -> float | FieldError | None:
    if not text:
        return None
    value, problem = read_typed_number(text.removesuffix("%").strip())
    if problem is NumberProblem.VALUE_TOO_PRECISE:
        return FieldError("VALUE_TOO_PRECISE", too_precise(text), _("Round it."))
    if problem is not NumberProblem.NONE:
        said = _("“{text}” is not a number.").format(text=text)
        return FieldError("NOT_A_NUMBER", said, _("Use digits and no words."))
    return value


def _period(part: str, calendar: FiscalCalendar) -> Period | None:
    try:
        return calendar.parse(part)
    except PeriodUnknown:
        return None
