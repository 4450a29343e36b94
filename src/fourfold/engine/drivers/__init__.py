"""Why a computed number moved: its formula's leaves, exactly and without a rest (METHOD M4.1).

    >>> from fourfold.engine.drivers import attribute
    >>> from fourfold.engine.formula import parse
    >>> roe = parse("margin * turns * leverage")
    >>> found = attribute(roe, before={"margin": 0.05, "turns": 1.2, "leverage": 2.0},
    ...                   after={"margin": 0.04, "turns": 1.3, "leverage": 2.2})
    >>> found.method.value, {leaf: round(float(found.of(leaf)[0]), 6) for leaf in found.leaves}
    ('lmdi', {'margin': -0.026147, 'turns': 0.009379, 'leverage': 0.011168})

One page: docs/algorithms/driver-trees.md.
"""

from fourfold.engine.drivers.attributing import EXACT_LEAVES, Attribution, Method, attribute
from fourfold.engine.drivers.capital import (
    Capital,
    CapitalBasis,
    Dupont,
    ReturnOnCapital,
    capital_divisors,
    dupont,
    require_one_basis,
    return_on_capital,
)
from fourfold.engine.drivers.elasticity import (
    FEWEST_PAIRS,
    UNEXPLAINED_MOST,
    Elasticity,
    EstimatedPart,
    EstimatedSplit,
    elasticities,
    estimated_split,
)
from fourfold.engine.drivers.leaves import expanded, leaf_name, leaves_of, with_leaves
from fourfold.engine.drivers.logarithmic import factors_of, logarithmic_mean, logarithmic_parts
from fourfold.engine.drivers.refusals import CapitalMixed, CapitalNotPositive, DriversRefused, TreeCycle
from fourfold.engine.drivers.shapley import PERMUTATIONS, SEED, sampled_shapley, shapley

__all__ = [
    "EXACT_LEAVES",
    "FEWEST_PAIRS",
    "PERMUTATIONS",
    "SEED",
    "UNEXPLAINED_MOST",
    "Attribution",
    "Capital",
    "CapitalBasis",
    "CapitalMixed",
    "CapitalNotPositive",
    "DriversRefused",
    "Dupont",
    "Elasticity",
    "EstimatedPart",
    "EstimatedSplit",
    "Method",
    "ReturnOnCapital",
    "TreeCycle",
    "attribute",
    "capital_divisors",
    "dupont",
    "elasticities",
    "estimated_split",
    "expanded",
    "factors_of",
    "leaf_name",
    "leaves_of",
    "logarithmic_mean",
    "logarithmic_parts",
    "require_one_basis",
    "return_on_capital",
    "sampled_shapley",
    "shapley",
    "with_leaves",
]
