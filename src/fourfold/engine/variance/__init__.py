"""Whether a variance calls for better execution or for another strategy (METHOD M4.5, M4.4).

    >>> from fourfold.engine.variance import Market, market_variance
    >>> found = market_variance(Market(1000.0, 0.20), Market(900.0, 0.21), margin=10.0)
    >>> round(found.size, 6), round(found.share, 6)
    (-200.0, 90.0)

One page: docs/algorithms/variance.md.
"""

from fourfold.engine.variance.deciding import (
    RESIDUAL_SHARE,
    Evidence,
    LeadEvidence,
    Materiality,
    Standing,
    Step,
    StepName,
    Verdict,
    VerdictPath,
    judged,
)
from fourfold.engine.variance.market import Market, MarketVariance, market_variance
from fourfold.engine.variance.pattern import LeadState, Pattern, lead_state, pattern_of
from fourfold.engine.variance.persistence import Persistence, persistence
from fourfold.engine.variance.price_volume_mix import PriceVolumeMix, Sales, price_volume_mix
from fourfold.engine.variance.refusals import SalesWrong, VarianceRefused
from fourfold.engine.variance.splitting import ExecutionPart, VarianceSplit, variance_split

__all__ = [
    "RESIDUAL_SHARE",
    "Evidence",
    "ExecutionPart",
    "LeadEvidence",
    "LeadState",
    "Market",
    "MarketVariance",
    "Materiality",
    "Pattern",
    "Persistence",
    "PriceVolumeMix",
    "Sales",
    "SalesWrong",
    "Standing",
    "Step",
    "StepName",
    "VarianceRefused",
    "VarianceSplit",
    "Verdict",
    "VerdictPath",
    "judged",
    "lead_state",
    "market_variance",
    "pattern_of",
    "persistence",
    "price_volume_mix",
    "variance_split",
]
