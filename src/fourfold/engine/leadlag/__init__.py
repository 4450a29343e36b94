"""Does one series run ahead of another? The evidence for a strategy map's arrows, and what it cannot tell.

    >>> import numpy as np
    >>> from fourfold.engine import leadlag
    >>> rng = np.random.default_rng(2)
    >>> calls = rng.normal(size=60)
    >>> orders = np.concatenate([np.zeros(3), calls[:-3]]) + rng.normal(size=60) / 2
    >>> expected = leadlag.Hypothesis(sign=1, lag_from=2, lag_to=4)
    >>> seed = leadlag.seed_of("calls", "orders")
    >>> found = leadlag.examine(leadlag.Series(calls), leadlag.Series(orders), hypothesis=expected, seed=seed)
    >>> leadlag.judged([found])[0].verdict, found.peak_lag
    (<Verdict.SUPPORTED: 'supported'>, 3)

Source: METHOD M1.2, §3.8, §8. One page: docs/algorithms/lead-lag.md.
"""

from fourfold.engine.leadlag.adjusting import adjusted_p
from fourfold.engine.leadlag.correlation import cross_correlations, permutation_p
from fourfold.engine.leadlag.examining import (
    PERMUTATIONS,
    Examination,
    Hypothesis,
    Terms,
    examine,
    most_lags,
)
from fourfold.engine.leadlag.judging import ALPHA, Doubt, Judged, Verdict, judged, permutations_for, seed_of
from fourfold.engine.leadlag.panel import LEAST_UNIT_PERIODS, LEAST_UNITS, NoPanel, Panel, panel
from fourfold.engine.leadlag.power import minimal_detectable, periods_needed, power_of
from fourfold.engine.leadlag.precedence import Precedence, granger
from fourfold.engine.leadlag.propagation import Carried, Reached, propagate
from fourfold.engine.leadlag.refusals import (
    HypothesisWrong,
    LeadLagRefused,
    LinksInCircle,
    PermutationsWrong,
    SeriesUnlike,
)
from fourfold.engine.leadlag.regression import autoregressive_order, filtered
from fourfold.engine.leadlag.series import (
    CAUTION_PERIODS,
    LEAST_PERIODS,
    NotTestable,
    Series,
    Stretch,
    usable_stretch,
)
from fourfold.engine.leadlag.shaping import Shape, is_multiplicative, needs_differencing, without_period_means
from fourfold.engine.leadlag.slope import Slope, slope_of
from fourfold.engine.leadlag.stationarity import StationarityTest, dickey_fuller, kpss
from fourfold.engine.leadlag.unit_slopes import UnitSlope, unit_slopes

__all__ = [
    "ALPHA",
    "CAUTION_PERIODS",
    "LEAST_PERIODS",
    "LEAST_UNITS",
    "LEAST_UNIT_PERIODS",
    "PERMUTATIONS",
    "Carried",
    "Doubt",
    "Examination",
    "Hypothesis",
    "HypothesisWrong",
    "Judged",
    "LeadLagRefused",
    "LinksInCircle",
    "NoPanel",
    "NotTestable",
    "Panel",
    "PermutationsWrong",
    "Precedence",
    "Reached",
    "Series",
    "SeriesUnlike",
    "Shape",
    "Slope",
    "StationarityTest",
    "Stretch",
    "Terms",
    "UnitSlope",
    "Verdict",
    "adjusted_p",
    "autoregressive_order",
    "cross_correlations",
    "dickey_fuller",
    "examine",
    "filtered",
    "granger",
    "is_multiplicative",
    "judged",
    "kpss",
    "minimal_detectable",
    "most_lags",
    "needs_differencing",
    "panel",
    "periods_needed",
    "permutation_p",
    "permutations_for",
    "power_of",
    "propagate",
    "seed_of",
    "slope_of",
    "unit_slopes",
    "usable_stretch",
    "without_period_means",
]
