"""A variance and its verdict as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Series
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat
from fourfold.practices.finance.pages.price_card import PriceCard
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.objective.page import InitiativeRow
from fourfold.scorecard.evaluation.pages.past_day import NOW, PastDay

__all__ = ["LeadRow", "MarketLine", "OutsideRow", "PartRow", "PathStep", "VariancePage"]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One driver's estimated part of the variance."""

    name: str
    measure: str
    gap: DisplayNumber
    elasticity: str
    interval: str
    part: float
    text: DisplayNumber
    low: float
    high: float
    remark: str = ""


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A part that the market made, worked out from the measures that tell of it."""

    name: str
    part: float
    text: DisplayNumber


@dataclass(frozen=True, slots=True)
class MarketLine:
    """One choice of the measures that tell of the market: since when, what it says, why, by whom."""

    since: str
    what: str
    reason: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One driver over its lag: statuses of its last periods, oldest first, and what they come to."""

    name: str
    measure: str
    lag: int
    statuses: tuple[Status, ...]
    state: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """One node: its question, the answer in a word, the evidence. `is_reached` False: nothing hangs on it."""

    name: str
    question: str
    answer: str
    evidence: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class VariancePage:
    """Everything on the page. Without `steps` the `reason` says why there is no verdict."""

    place: PageContext
    key: str
    name: str
    value: float | None
    target: float | None
    format: ValueFormat
    verdict: str
    verdict_code: str
    advice: str
    opens_review: bool
    reason: str
    steps: tuple[PathStep, ...]
    parts: tuple[PartRow, ...]
    outside: tuple[OutsideRow, ...]
    market: MarketLine | None
    warning: str
    is_market_known: bool
    residual: float
    residual_text: DisplayNumber
    leads: tuple[LeadRow, ...]
    initiatives: tuple[InitiativeRow, ...]
    sums: Series | None
    skipped: tuple[str, ...]
    prices: PriceCard
    may_choose_market: bool = False
    known: PastDay = NOW

    @property
    def residual_name(self) -> str:
        """What the last bar is called; short, for a telephone's drawing."""
        return _("Unexplained") if self.is_market_known else _("Left over")

    @property
    def plain(self) -> Status:
        """The colour of a line that has no status."""
        return Status.GREY

    @property
    def has_verdict(self) -> bool:
        """Whether a path was walked."""
        return bool(self.steps)
