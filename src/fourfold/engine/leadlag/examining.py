"""One link: is its cause's measure followed by its effect's, after the lag somebody expects?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.leadlag.correlation import cross_correlations, permutation_p
from fourfold.engine.leadlag.power import minimal_detectable
from fourfold.engine.leadlag.precedence import Precedence, granger
from fourfold.engine.leadlag.refusals import HypothesisWrong, PermutationsWrong
from fourfold.engine.leadlag.regression import autoregressive_order, filtered
from fourfold.engine.leadlag.series import (
    CAUTION_PERIODS,
    LEAST_PERIODS,
    NotTestable,
    Series,
    Stretch,
    usable_stretch,
)
from fourfold.engine.leadlag.shaping import Shape, shaped, without_period_means
from fourfold.engine.quantities import Why

__all__ = ["PERMUTATIONS", "Examination", "Hypothesis", "Terms", "examine", "most_lags"]

PERMUTATIONS: Final = 999  # METHOD M1.2 step 5
MOST_LAGS: Final = 12  # METHOD M1.2 step 4
LEAST_PERMUTATIONS: Final = 99
_FLAT: Final = 1e-10  # a spread below this share of the level is rounding

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What is expected of a link: more of x goes with more (+1) or less (−1) of y, so many periods later.

    Raises:
        HypothesisWrong: another sign, or lags that are negative or the wrong way round.
    """

    sign: int
    lag_from: int
    lag_to: int

    def __post_init__(self) -> None:
        if self.sign not in (1, -1):
            raise HypothesisWrong(f"a sign is 1 or −1, not {self.sign}")
        if not 0 <= self.lag_from <= self.lag_to:
            raise HypothesisWrong(f"lags run from 0 upwards, not from {self.lag_from} to {self.lag_to}")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a test is made. `cycle`: periods a year (0: none); the other numbers are METHOD's, policy may decide them.

    Raises:
        PermutationsWrong: fewer than 99.
    """

    cycle: int = 0
    permutations: int = PERMUTATIONS
    least: int = LEAST_PERIODS
    caution: int = CAUTION_PERIODS
    may_cut_at_breaks: bool = True

    def __post_init__(self) -> None:
        if self.permutations < LEAST_PERMUTATIONS:
            raise PermutationsWrong(
                f"{self.permutations} permutations cannot show a p of .01; ask for {LEAST_PERMUTATIONS} or more"
            )


@dataclass(frozen=True, slots=True)
class Examination:
    """What the data say of one link, before other links are looked at.

    `correlations` holds r(k) for k = −most … most; r(k) for k ≥ 1 is x leading y by k periods. `p` is the permutation
    p of the largest |r(k)| over k = 1 … most. `order` is that of the prewhitening. `periods_left` remain after
    differencing, prewhitening, period means and the lag.
    """

    hypothesis: Hypothesis
    stretch: Stretch
    shape: Shape
    order: int
    most: int
    correlations: tuple[float, ...]
    p: float
    precedence: Precedence
    periods_left: int
    needs_caution: bool

    def at(self, lag: int) -> float:
        """r at one lag; negative: y leads."""
        return self.correlations[self.most + lag]

    @property
    def peak_lag(self) -> int:
        """Where x leading y is strongest."""
        return max(range(1, self.most + 1), key=lambda lag: abs(self.at(lag)))

    @property
    def peak(self) -> float:
        """The correlation there."""
        return self.at(self.peak_lag)

    @property
    def reverse_lag(self) -> int:
        """Where y leading x is strongest, as a positive number."""
        return max(range(1, self.most + 1), key=lambda lag: abs(self.at(-lag)))

    @property
    def reverse(self) -> float:
        """The correlation there."""
        return self.at(-self.reverse_lag)

    @property
    def is_reverse_stronger(self) -> bool:
        """Whether the effect's measure runs ahead of the cause's more than behind it."""
        return abs(self.reverse) > abs(self.peak)

    @property
    def has_expected_sign(self) -> bool:
        """Whether the strongest correlation points the expected way."""
        return self.peak * self.hypothesis.sign > 0.0

    @property
    def is_in_window(self) -> bool:
        """Whether it lies in the expected lags."""
        return self.hypothesis.lag_from <= self.peak_lag <= max(self.hypothesis.lag_to, 1)

    @property
    def detectable(self) -> float:
        """The correlation that this test finds four times in five."""
        return minimal_detectable(self.periods_left, lags=self.most)


def most_lags(periods: int) -> int:
    """K: the lags looked at in so many periods.

    Source: METHOD M1.2 step 4.

    >>> most_lags(36), most_lags(120)
    (9, 12)
    """
    return min(MOST_LAGS, periods // 4)


def examine(
    x: Series, y: Series, *, hypothesis: Hypothesis, seed: int, terms: Terms | None = None
) -> Examination | NotTestable:
    """Align, shape, prewhiten, correlate, permute, and ask Granger: one link by METHOD's procedure, in its order.

    Args:
        x, y: the measures of cause and effect over the same periods, each in its own unit of measure.
        hypothesis: the expected sign, and the expected lags in periods.
        seed: of the permutations; `seed_of` makes one from the link's name, so that a test done again is the same.
        terms: cycle, permutations, least numbers of periods.

    Returns: `NotTestable` with TOO_FEW_POINTS, DEFINITION_BREAK, OVERLAPPING or NO_VARIATION.

    Raises:
        SeriesUnlike: different lengths.

    Source: METHOD M1.2, §8. One page: docs/algorithms/lead-lag.md.

    >>> rng = np.random.default_rng(5)
    >>> x = rng.normal(size=48)
    >>> y = np.roll(x, 2) + rng.normal(size=48) / 2
    >>> found = examine(Series(x), Series(y), hypothesis=Hypothesis(1, 2, 2), seed=1)
    >>> found.peak_lag, found.p
    (2, 0.001)
    """
    terms = terms or Terms()
    stretch = usable_stretch(x, y, least=terms.least, may_cut_at_breaks=terms.may_cut_at_breaks)
    if isinstance(stretch, NotTestable):
        return stretch
    part = slice(stretch.start, stretch.stop)
    one, other = x.values[part], y.values[part]
    if hypothesis.lag_to > most_lags(stretch.periods):
        return NotTestable(Why.TOO_FEW_POINTS, stretch.periods, 4 * hypothesis.lag_to)
    if _is_flat(one) or _is_flat(other):
        return NotTestable(Why.NO_VARIATION, stretch.periods, terms.least)
    one, other, shape = shaped(one, other, cycle=terms.cycle)
    white = _prewhitened(one, other, shape=shape)
    if _is_flat(white.x) or _is_flat(white.y):
        return NotTestable(Why.NO_VARIATION, stretch.periods, terms.least)
    most, spent = most_lags(stretch.periods), max(shape.cycle - 1, 0)
    return Examination(
        hypothesis=hypothesis,
        stretch=stretch,
        shape=shape,
        order=white.order,
        most=most,
        correlations=tuple(cross_correlations(white.x, white.y, most=most).tolist()),
        p=permutation_p(
            white.x, white.y, most=most, permutations=terms.permutations, seed=seed, cycle=shape.cycle
        ),
        precedence=granger(
            one, other, lags=max(hypothesis.lag_to, 1), is_integrated=shape.is_differenced, spent=spent
        ),
        periods_left=white.x.size - spent - max(hypothesis.lag_to, 1),
        needs_caution=stretch.periods < terms.caution,
    )


@dataclass(frozen=True, slots=True)
class _Prewhitened:
    x: Floats
    y: Floats
    order: int


def _prewhitened(x: Floats, y: Floats, *, shape: Shape) -> _Prewhitened:
    """Differences where they are needed, then what an autoregression of x leaves of both."""
    if shape.is_differenced:
        x, y = np.diff(x), np.diff(y)
    order = autoregressive_order(x)
    x, y = filtered(x, y, order=order)
    if shape.cycle:
        x, y = without_period_means(x, cycle=shape.cycle), without_period_means(y, cycle=shape.cycle)
    return _Prewhitened(x, y, order)


def _is_flat(values: Floats) -> bool:
    """Whether there is no spread beyond rounding."""
    return float(np.ptp(values)) <= _FLAT * max(1.0, float(np.abs(values).max()))
