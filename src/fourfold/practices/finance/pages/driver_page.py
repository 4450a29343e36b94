"""A driver tree as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fourfold.platform.ui.components import Verdict
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat
from fourfold.scorecard.evaluation.pages.comparison import Comparison
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.past_day import NOW, PastDay

__all__ = ["DriverPage", "DriverRow", "EstimatedCard", "EstimatedRow", "TreeNode", "UnitRow"]


@dataclass(frozen=True, slots=True)
class DriverRow:
    """One leaf: its value at both ends, and its part of the change in the unit of the whole."""

    name: str
    measure: str
    before: float | None
    after: float | None
    format: ValueFormat
    part: float
    text: DisplayNumber
    error: str
    share: str
    verdict: Verdict
    is_current: bool

    @property
    def has_page(self) -> bool:
        """Whether it is one measure's number."""
        return bool(self.measure)


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A line of the tree: `depth` counts from 0; a computed node has a tree of its own."""

    name: str
    measure: str
    depth: int
    is_computed: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit directly below, or a segment: what one leaf did there. `share` is of the whole change of this leaf."""

    key: str
    name: str
    before: float | None
    after: float | None
    change: DisplayNumber
    share: str
    format: ValueFormat


@dataclass(frozen=True, slots=True)
class EstimatedRow:
    """One linked measure: its own change, the elasticity with its interval, and the estimated part."""

    name: str
    measure: str
    lag: str
    change: DisplayNumber
    elasticity: str
    interval: str
    part: float
    text: DisplayNumber
    low: float
    high: float
    points: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class EstimatedCard:
    """What may stand behind one leaf. `reason` says why nothing is estimated; `skipped` which links take no part."""

    name: str
    measure: str
    rows: tuple[EstimatedRow, ...]
    change: DisplayNumber
    unexplained: DisplayNumber
    unexplained_part: float
    sentence: str
    warning: str
    reason: str
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DriverPage:
    """Everything on the page. Without `rows` the `reason` says why there is no tree."""

    place: PageContext
    key: str
    name: str
    formula: str
    comparisons: tuple[Comparison, ...]
    against: str
    before_label: str
    after_label: str
    before: float | None
    after: float | None
    format: ValueFormat
    sentences: tuple[str, ...]
    method: str
    reason: str
    rows: tuple[DriverRow, ...]
    nodes: tuple[TreeNode, ...]
    units: tuple[UnitRow, ...]
    units_of: str
    segments: tuple[UnitRow, ...]
    segments_of: str
    estimated: EstimatedCard | None
    known: PastDay = NOW

    @property
    def has_tree(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.rows)

    @property
    def no_tree_remedy(self) -> str:
        """What to do about it."""
        if self.formula:
            return _("Choose another period or another comparison above.")
        return _("What drives it stands below as far as the strategy map says.") if self.estimated else ""

    @property
    def leaves_out_shares(self) -> bool:
        """Whether a part moved and its share of the change says nothing."""
        return any(row.part and not row.share for row in self.rows)

    @property
    def has_errors(self) -> bool:
        """Whether the parts were sampled."""
        return any(row.error for row in self.rows)

    @property
    def current(self) -> DriverRow | None:
        """The leaf that is opened below."""
        return next((row for row in self.rows if row.is_current), None)
