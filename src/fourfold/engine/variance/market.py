"""What the market did, and what was done in it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Market", "MarketVariance", "market_variance"]


@dataclass(frozen=True, slots=True)
class Market:
    """The whole market in units sold, and one's share of it (0.2 is a fifth)."""

    size: float
    share: float


@dataclass(frozen=True, slots=True)
class MarketVariance:
    """In money: `size` is external, `share` is one's own doing. Together they are the volume's contribution."""

    size: float
    share: float

    @property
    def total(self) -> float:
        """Both."""
        return self.size + self.share


def market_variance(budget: Market, actual: Market, *, margin: float) -> MarketVariance:
    """Split the contribution of a volume into the market's size and one's share of it.

    Size = (actual − budgeted market) · budgeted share · margin, share = (actual − budgeted share) · actual market ·
    margin.

    Args:
        budget: as planned.
        actual: as it came.
        margin: contribution per unit sold, as planned.

    Source: METHOD M4.5; Horngren, Cost Accounting, ch. 14 (market-size and market-share variance).

    >>> found = market_variance(Market(1000.0, 0.20), Market(900.0, 0.21), margin=10.0)
    >>> round(found.size, 6), round(found.share, 6), round(found.total, 6)
    (-200.0, 90.0, -110.0)
    """
    return MarketVariance(
        size=(actual.size - budget.size) * budget.share * margin,
        share=(actual.share - budget.share) * actual.size * margin,
    )
