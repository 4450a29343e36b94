"""A measure by segment as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Series, Verdict
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat
from fourfold.scorecard.evaluation.pages.comparison import Comparison
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.past_day import NOW, PastDay

__all__ = ["PartNumbers", "SegmentPart", "SegmentsPage", "SmallMultiple", "UnitSplit"]


@dataclass(frozen=True, slots=True)
class PartNumbers:
    """What the page writes out, as numbers: shares in per cent, Cohen's h and q; None where there is none."""

    share_before: float | None
    share_after: float | None
    effect: float | None
    q: float | None


@dataclass(frozen=True, slots=True)
class SegmentPart:
    """One segment (or the small ones together): rates and shares at both ends, and what both did to the total."""

    name: str
    before: float | None
    after: float | None
    share_before: str
    share_after: str
    rate: float
    rate_text: DisplayNumber
    rate_verdict: Verdict
    mix: float
    mix_text: DisplayNumber
    mix_verdict: Verdict
    effect: str
    q: str
    numbers: PartNumbers
    is_worth_own_target: bool


@dataclass(frozen=True, slots=True)
class SmallMultiple:
    """One segment's line over the last periods, beside its figures. `target` None: it has none of its own."""

    name: str
    series: Series
    value: float | None
    target: float | None
    status: Status
    share: str
    format: ValueFormat


@dataclass(frozen=True, slots=True)
class UnitSplit:
    """A unit directly below: its total's change, and how much of it is rate and mix."""

    key: str
    name: str
    total: DisplayNumber
    rate: DisplayNumber
    mix: DisplayNumber
    alarm: str


@dataclass(frozen=True, slots=True)
class SegmentsPage:
    """Everything on the page. Without `parts` the `reason` says why there is no split; `hidden`: what is not shown."""

    place: PageContext
    key: str
    name: str
    dimension: str
    comparisons: tuple[Comparison, ...]
    against: str
    before_label: str
    after_label: str
    before: float | None
    after: float | None
    format: ValueFormat
    headline: str
    alarm: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    reason: str
    remedy: str
    parts: tuple[SegmentPart, ...]
    multiples: tuple[SmallMultiple, ...]
    hidden: str
    units: tuple[UnitSplit, ...]
    has_differences: bool
    known: PastDay = NOW

    @property
    def has_split(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.parts)
