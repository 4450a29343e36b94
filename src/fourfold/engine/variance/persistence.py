"""Whether what is unexplained keeps pointing the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import NotComputable, Why
from fourfold.engine.spc import Standard, constants_named, cusum

__all__ = ["FEWEST_RESIDUALS", "Persistence", "persistence"]

Floats = NDArray[np.float64]

SLACK: Final = 0.5  # policy `cusum.k`
DECISION: Final = 4.0  # policy `cusum.h`
FEWEST_RESIDUALS: Final = 8  # as a trial control chart (policy `spc.min_points.trial`)
RANGE_PER_SIGMA: Final = constants_named("published").mean_range_per_sigma


@dataclass(frozen=True, slots=True)
class Persistence:
    """The lower sums C⁻, oldest first, and the standardised residuals they are made of (NaN: none that period)."""

    sums: Floats
    scores: Floats
    decision: float

    @property
    def is_signal(self) -> bool:
        """Whether the latest sum is beyond the decision."""
        return bool(self.sums.size and self.sums[-1] > self.decision)

    @property
    def first_signal(self) -> int | None:
        """The place of the first sum beyond the decision; None where none is."""
        beyond = np.flatnonzero(self.sums > self.decision)
        return int(beyond[0]) if beyond.size else None

    @property
    def beyond_since(self) -> int | None:
        """The place since which every sum is beyond the decision; None where the latest is not."""
        if not self.is_signal:
            return None
        within = np.flatnonzero(~(self.sums > self.decision))
        return int(within[-1]) + 1 if within.size else 0

    @property
    def has_always_stood(self) -> bool:
        """Whether the sum has risen from the first residual on and never came back to zero."""
        known = np.isfinite(self.scores)
        return bool(known.any() and (self.sums[int(np.argmax(known)) :] > 0.0).all())


def persistence(
    residuals: Floats, *, slack: float = SLACK, decision: float = DECISION, is_standardised: bool = False
) -> Persistence | NotComputable:
    """Add up shortfalls of the residual: C⁻_t = max(0, C⁻_{t−1} − z_t − k).

    Standardised by the moving ranges alone, and around zero: the hypothesis says that nothing is left, and a level
    that shifted must not hide itself in the mean or the spread.

    Args:
        residuals: (period,), oldest first, turned so that below zero is unfavourable; NaN where there is none.
        is_standardised: they are z-scores already.

    Returns: TOO_FEW_POINTS below eight residuals, NO_VARIATION where they do not vary.

    Source: METHOD M4.5; Page, Biometrika 41, 1954; Montgomery §9.1.

    >>> z = np.array([0.2, -0.4, 0.1, 0.6, -0.3, -1.1, -1.4, -0.9, -1.6, -1.2, -1.0])
    >>> found = persistence(z, is_standardised=True)
    >>> found.sums.round(1).tolist()[-3:], found.first_signal
    ([3.0, 3.7, 4.2], 10)
    """
    scores = residuals if is_standardised else _standardised(residuals)
    if isinstance(scores, NotComputable):
        return scores
    sums = cusum(scores, slack=slack, decision=decision, standard=Standard(0.0, 1.0)).low[0]
    return Persistence(sums, scores, decision)


def _standardised(residuals: Floats) -> Floats | NotComputable:
    known = residuals[np.isfinite(residuals)]
    if known.size < FEWEST_RESIDUALS:
        return NotComputable(Why.TOO_FEW_POINTS)
    ranges = np.abs(np.diff(residuals))
    ranges = ranges[np.isfinite(ranges)]
    sigma = float(ranges.mean()) / RANGE_PER_SIGMA if ranges.size else 0.0
    # Rounding noise of equal numbers is no spread.
    if sigma <= 1e-12 * max(float(np.abs(known).max()), 1e-300):
        return NotComputable(Why.NO_VARIATION)
    return residuals / sigma
