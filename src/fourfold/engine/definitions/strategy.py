"""What is wanted: strategy, perspectives, themes, objectives, links and initiatives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fourfold.engine.definitions.organisation import UnitSelector
from fourfold.engine.definitions.vocabulary import (
    ContributionMode,
    EvidenceState,
    InitiativeStatus,
    RollupMethod,
)
from fourfold.engine.quantities import Weight

__all__ = [
    "CausalLink",
    "IdentityLink",
    "Initiative",
    "Milestone",
    "Objective",
    "Perspective",
    "Strategy",
    "Theme",
    "WeightFrom",
]


@dataclass(frozen=True, slots=True)
class WeightFrom:
    """A weight valid from a day on (None: from the beginning)."""

    weight: Weight
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    """The versioned set of choices with a horizon (METHOD §6)."""

    vision: str
    mission: str
    core_values: tuple[str, ...]
    horizon_from: date | None
    horizon_to: date | None


@dataclass(frozen=True, slots=True)
class Perspective:
    """A viewpoint grouping objectives."""

    key: str
    name: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A vertical cause-and-effect cluster across perspectives; `result` is its intended end state."""

    key: str
    name: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """A continuous-improvement statement without a number (METHOD §3.3)."""

    key: str
    name: str
    description: str
    perspective: str
    themes: tuple[str, ...]
    owner: str | None
    units: UnitSelector
    weights: tuple[WeightFrom, ...]
    contributes_to: tuple[tuple[str, ContributionMode], ...] = ()
    rollup: RollupMethod = RollupMethod.ARITHMETIC


@dataclass(frozen=True, slots=True)
class CausalLink:
    """A hypothesised effect of one objective on another (METHOD §3.2). `lag_months` is None when nobody said."""

    source: str
    target: str
    sign: int
    lag_months: int | None
    strength: str
    evidence: EvidenceState
    hypothesis: str
    feedback: bool = False


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """An accounting or logical relation; never tested statistically."""

    source: str
    target: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step of an initiative; `done` is the day it was reached."""

    name: str
    due: date
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Initiative:
    """A time-boxed undertaking that closes a gap; money is exact and in the organisation's currency."""

    key: str
    name: str
    owner: str | None
    objectives: tuple[str, ...]
    start: date | None
    end: date | None
    status: InitiativeStatus
    milestones: tuple[Milestone, ...] = ()
    budget: Decimal | None = None
    spent: Decimal | None = None
    description: str = ""
