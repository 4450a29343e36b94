"""What somebody knows of the market behind a variance; kept nowhere but in the page's address."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.engine.variance import Market, market_variance

__all__ = ["MarketGiven", "OutsideParts"]


@dataclass(frozen=True, slots=True)
class OutsideParts:
    """In the measure's unit: what came from outside, and what one's share of the market made."""

    external: float
    share: float


@dataclass(frozen=True, slots=True)
class MarketGiven:
    """The market in units sold, shares as fractions, the margin in the measure's unit for one unit sold.

    The five numbers of the market stand together or not at all; `other` is currency, prices and the like.
    """

    planned_size: float | None = None
    size: float | None = None
    planned_share: float | None = None
    share: float | None = None
    margin: float | None = None
    other: float | None = None

    @property
    def parts(self) -> OutsideParts | None:
        """What the numbers come to; None where none was given."""
        numbers = (self.planned_size, self.size, self.planned_share, self.share, self.margin)
        given = [number for number in numbers if number is not None]
        if len(given) < len(numbers):
            return None if self.other is None else OutsideParts(self.other, 0.0)
        planned_size, size, planned_share, share, margin = given
        found = market_variance(Market(planned_size, planned_share), Market(size, share), margin=margin)
        return OutsideParts(found.size + (self.other or 0.0), found.share)
