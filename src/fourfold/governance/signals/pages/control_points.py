"""One measure's control chart as values: what the drawing, the table and the sentences share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from fourfold.engine.quantities import Why
from fourfold.engine.spc import Assurance, ChartKind, MemoryTerms, Variation
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.platform.ui.reasons import reason_sentence

__all__ = ["ControlPoint", "ControlView", "Finding", "PointMark", "Stretch"]


class PointMark(StrEnum):
    """What a point says, with the shape and word that go with it."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"

    @property
    def label(self) -> str:
        """What a person reads."""
        return str(_LABELS[self])

    @classmethod
    def of(cls, variation: Variation) -> PointMark:
        """The mark that goes with an icon."""
        return _OF_VARIATION.get(variation, cls.NEUTRAL)


_LABELS = {
    PointMark.COMMON: _("Noise"),
    PointMark.IMPROVEMENT: _("Improvement"),
    PointMark.CONCERN: _("Concern"),
    PointMark.NEUTRAL: _("Change"),
}
_OF_VARIATION = {
    Variation.NOT_COMPUTABLE: PointMark.COMMON,
    Variation.COMMON_CAUSE: PointMark.COMMON,
    Variation.IMPROVEMENT: PointMark.IMPROVEMENT,
    Variation.CONCERN: PointMark.CONCERN,
}


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One period, in the measure's unit of measure; None where there is nothing, and `why` for an absent value.

    `findings` are the numbers of the sentences that name it, `is_excluded`: no limits are made of it. On an EWMA chart
    the limits are those of `average`; `sum_up` and `sum_down` are those of a CUSUM, in sigma.
    """

    key: str
    label: str
    short: str
    value: float | None
    why: Why
    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    segment: int
    mark: PointMark
    is_excluded: bool
    target: float | None = None
    findings: tuple[int, ...] = ()
    numerator: float | None = None
    denominator: float | None = None
    average: float | None = None
    sum_up: float | None = None
    sum_down: float | None = None

    @property
    def plotted(self) -> float | None:
        """What is drawn as the line: the average where there is one, else the value."""
        return self.value if self.average is None else self.average

    @property
    def reason(self) -> str:
        """Why there is no value; empty where there is one."""
        return reason_sentence(self.why) if self.value is None else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One signal: the points it names as places, and what it says in a sentence.

    `is_contained`: another signal of the same direction names all its points.
    """

    number: int
    rule: str
    mark: PointMark
    points: tuple[int, ...]
    sentence: str
    is_latest: bool
    is_contained: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment with limits of its own: where it begins and why; `is_rebased`: by a decision, else by a break.

    Its limits are made of `used` values, those from `made_from` to `made_to`, as places; 0 where there are no limits.
    """

    first: int
    last: int
    is_rebased: bool
    reason: str
    used: int = 0
    made_from: int = 0
    made_to: int = 0


@dataclass(frozen=True, slots=True)
class ControlView:
    """A measure's chart in a unit up to a period. `reason` says why there are no limits at its end; empty: there are.

    `kind` is None where these values make no chart of any kind; `points` are then empty. `memory` and its sentence
    belong to an EWMA and a CUSUM.
    """

    measure: str
    name: str
    unit: str
    unit_name: str
    period: str
    kind: ChartKind | None
    rules: str
    points: tuple[ControlPoint, ...]
    findings: tuple[Finding, ...]
    stretches: tuple[Stretch, ...]
    variation: Variation
    assurance: Assurance
    variation_sentence: str
    assurance_sentence: str
    reason: str
    remarks: tuple[str, ...]
    target: float | None
    format: ValueFormat
    is_trial: bool = False
    memory: MemoryTerms | None = None
    memory_sentence: str = ""
    limits_sentences: tuple[str, ...] = ()

    @property
    def is_of_sums(self) -> bool:
        """Whether the chart draws sums of deviations instead of values."""
        return self.kind is ChartKind.CUSUM

    @property
    def is_of_averages(self) -> bool:
        """Whether the chart draws averages beside the values."""
        return self.kind is ChartKind.EWMA

    @property
    def has_near_limits(self) -> bool:
        """Whether two thirds of the way to the limits are marked."""
        return any(point.near_upper is not None for point in self.points)

    @property
    def has_promise(self) -> bool:
        """Whether the limits say anything of the target: not while the latest value shows a change."""
        return self.assurance is not Assurance.NOT_COMPUTABLE and not self.variation.is_special

    @property
    def has_chart(self) -> bool:
        """Whether anything can be drawn."""
        return any(point.value is not None for point in self.points)

    @property
    def has_limits(self) -> bool:
        """Whether any point has limits."""
        return any(point.upper is not None for point in self.points)

    @property
    def marks(self) -> tuple[PointMark, ...]:
        """The marks that occur, for the legend; a point without limits says nothing, not even that it is noise."""
        there = {point.mark for point in self.points if point.value is not None and point.upper is not None}
        return tuple(mark for mark in PointMark if mark in there)

    @property
    def leading(self) -> tuple[Finding, ...]:
        """The findings that say something of their own, the latest first."""
        return tuple(each for each in self.findings[::-1] if not each.is_contained)

    @property
    def contained(self) -> tuple[Finding, ...]:
        """Those whose points another one names too, the latest first."""
        return tuple(each for each in self.findings[::-1] if each.is_contained)

    @property
    def excluded(self) -> tuple[ControlPoint, ...]:
        """The points that no limits are made of."""
        return tuple(point for point in self.points if point.is_excluded)
