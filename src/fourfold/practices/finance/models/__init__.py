"""What stands behind the variance of a measure, append-only."""

from fourfold.practices.finance.models.market_choice import MarketChoice, MarketKind

__all__ = ["MarketChoice", "MarketKind"]
