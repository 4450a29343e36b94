"""What the API promises to answer; a test holds the canonical document against it, member by member."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema

__all__ = ["Scorecard"]

Status = Literal["green", "amber", "red", "grey"]


class _Closed(Schema, extra="forbid"):
    """No member is answered that is not promised here."""


class OrganisationNamed(_Closed):
    key: str
    name: str
    currency: str


class UnitNamed(_Closed):
    key: str
    name: str
    level: str


class PeriodNamed(_Closed):
    key: str
    label: str
    grain: str
    first_day: date
    last_day: date


class Scale(_Closed):
    """Where amber and green begin, and the most a score can be."""

    key: str
    amber: float
    green: float
    ceiling: float


class _Scored(_Closed):
    """`why` is null where there is a score, else the reason there is none; `coverage` is a share.

    Only measures have a `value`; above them it is null, so that every node has the same members.
    """

    key: str
    name: str
    value: float | None
    score: float | None
    status: Status
    coverage: float | None
    why: str | None
    weight: float | None = None


class MeasureNode(_Scored):
    """`interval` holds the value with 95 % confidence, null where nobody knows; `uncertain`: it crosses a border."""

    kind: Literal["measure"]
    critical: bool
    held: bool
    uncertain: bool
    interval: tuple[float, float] | None
    value_why: str | None
    unit_of_measure: str | None
    decimals: int | None
    target: float | None
    target_why: str | None
    target_derived: bool
    present: int | None
    due: int | None
    shown_period: str | None
    version: int | None


class _RollUp(_Scored):
    """`low` and `high` bound the score: what is missing counted as 0 and as 100."""

    low: float | None
    high: float | None
    red_children: int | None
    worst_child: str | None


class ObjectiveNode(_RollUp):
    kind: Literal["objective"]
    children: list[MeasureNode]


class PerspectiveNode(_RollUp):
    kind: Literal["perspective"]
    children: list[ObjectiveNode]


class ScorecardNode(_RollUp):
    kind: Literal["scorecard"]
    children: list[PerspectiveNode]


class Judged(_Closed):
    """What an objective's owner judged beside its computed status, which stands in the tree; no number reads it."""

    objective: str
    status_judged: Literal["green", "amber", "red"]
    judged_by: str
    judged_reason: str


class Scorecard(_Closed):
    """One unit's scorecard of one period. `judged` is a member only where somebody judged."""

    format: Literal["fourfold.scorecard/1"]
    organisation: OrganisationNamed
    unit: UnitNamed
    period: PeriodNamed
    scale: Scale
    coverage_min: float
    today: date
    scorecard: ScorecardNode
    judged: list[Judged] = []
