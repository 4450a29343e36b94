"""Whether a stable process can meet its specification (METHOD M3.4). One page: docs/algorithms/capability.md."""

from fourfold.engine.capability.fitted import SHAPES, FittedCapability, fitted_capability
from fourfold.engine.capability.indices import (
    CAUTION_POINTS,
    LEAST_POINTS,
    Capability,
    Indices,
    Specification,
    SpecificationWrong,
    capability,
)
from fourfold.engine.capability.intervals import (
    centred_interval,
    degrees_of_moving_ranges,
    lower_bound,
    spread_interval,
)
from fourfold.engine.capability.normality import NORMAL_ALPHA, anderson_darling

__all__ = [
    "CAUTION_POINTS",
    "LEAST_POINTS",
    "NORMAL_ALPHA",
    "SHAPES",
    "Capability",
    "FittedCapability",
    "Indices",
    "Specification",
    "SpecificationWrong",
    "anderson_darling",
    "capability",
    "centred_interval",
    "degrees_of_moving_ranges",
    "fitted_capability",
    "lower_bound",
    "spread_interval",
]
