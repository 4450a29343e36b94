"""One scorecard as a tree of plain values, and the one document every surface writes it as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import Status, Why

__all__ = ["ScorecardNode", "as_document", "canonical_json", "scorecard_tree"]


@dataclass(frozen=True, slots=True)
class ScorecardNode:
    """One line of a scorecard: the scorecard itself, a perspective, an objective or a measure.

    `why` is `Why.PRESENT` where there is a score; `value_why` the same for a measure's value. `coverage` is the
    weight share of children with a score for a roll-up, present ÷ due for a measure (None where nothing is due).
    `weight` is the nominal weight under the parent. `shown_period` is the key of the period a measure's value
    belongs to where that is not the page's own (a yearly measure on a monthly page). `held` marks a status kept by
    hysteresis. `key` is the unit's for the scorecard itself.
    """

    kind: str
    key: str
    name: str
    score: float | None
    status: Status
    why: Why
    coverage: float | None
    weight: float | None = None
    low: float | None = None
    high: float | None = None
    red_children: int | None = None
    worst_child: str | None = None
    value: float | None = None
    value_why: Why = Why.PRESENT
    target: float | None = None
    target_why: Why = Why.PRESENT
    target_derived: bool = False
    unit_of_measure: str | None = None
    decimals: int | None = None
    present: int | None = None
    due: int | None = None
    shown_period: str | None = None
    version: int | None = None
    critical: bool = False
    held: bool = False
    children: tuple[ScorecardNode, ...] = ()


def scorecard_tree(evaluation: Evaluation, *, unit: str, period: GrainPeriod) -> ScorecardNode:
    """The scorecard of one unit and period: perspectives, their objectives, their measures, in listed order.

    Objectives and measures whose selector does not include the unit are left out.

    Raises:
        UnknownUnit: the unit is not among the evaluated ones.
        IndexError: the period lies outside the evaluated time.
    """
    raise NotImplementedError


def as_document(node: ScorecardNode, *, evaluation: Evaluation, period: GrainPeriod) -> dict[str, object]:
    """The tree with its scale, organisation, unit and period: what `--json` and the API answer.

    Missing numbers are null, each with its reason beside it.
    """
    raise NotImplementedError


def canonical_json(document: Mapping[str, object]) -> bytes:
    """One spelling per document: UTF-8, keys in the order given, floats shortest, a newline at the end.

    Raises:
        ValueError: a number is not finite.
    """
    raise NotImplementedError
