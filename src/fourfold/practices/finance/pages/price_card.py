"""Price, volume and mix as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from fourfold.platform.ui.components import Verdict
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat
from fourfold.scorecard.evaluation.pages.comparison import Comparison

__all__ = ["PriceCard", "PricePart", "PricePartKind", "PriceRow"]


class PricePartKind(StrEnum):
    """What a part of the change is: exact ones, and the rest that the lines do not tell."""

    PRICE = "price"
    VOLUME = "volume"
    MIX = "mix"
    NEW = "new"
    GONE = "gone"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class PricePart:
    """One bar: its size over all lines, in the measure's unit of measure."""

    kind: PricePartKind
    name: str
    part: float
    text: DisplayNumber
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One line: pieces and price at both ends (None: there was none), and what it made of each part.

    `unit` is its key where it is a unit.
    """

    name: str
    unit: str
    quantity_before: float | None
    quantity_after: float | None
    price_before: float | None
    price_after: float | None
    parts: tuple[float, ...]
    told: tuple[tuple[str, DisplayNumber], ...]


@dataclass(frozen=True, slots=True)
class PriceCard:
    """The split; without `parts` the `reason` says why there is none, and `is_apt` whether there could be one.

    `kinds` are those of the rows' parts, in order. Everything here is exact: nothing is estimated.
    """

    comparisons: tuple[Comparison, ...]
    against: str
    before_label: str
    after_label: str
    start: float | None
    end: float | None
    volume: str
    volume_name: str
    price: str
    price_name: str
    dimension: str
    format: ValueFormat
    volume_format: ValueFormat
    price_format: ValueFormat
    sentences: tuple[str, ...]
    reason: str
    remedy: str
    parts: tuple[PricePart, ...] = ()
    kinds: tuple[PricePartKind, ...] = ()
    rows: tuple[PriceRow, ...] = ()

    @property
    def has_split(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.parts)

    @property
    def is_apt(self) -> bool:
        """Whether the measure is made of a price and a volume at all."""
        return bool(self.volume)

    @property
    def has_unjudged(self) -> bool:
        """Whether a part is neither good nor bad."""
        return any(part.part and not part.verdict for part in self.parts)

    @property
    def whole_name(self) -> str:
        """What the sums are called."""
        return _("All lines") if self.dimension else _("All units")

    @property
    def headings(self) -> tuple[str, ...]:
        """What the rows' parts are called."""
        return tuple(part.name for part in self.parts if part.kind in self.kinds)
