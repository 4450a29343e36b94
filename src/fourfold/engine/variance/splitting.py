"""A variance in three: what came from outside, what execution made of it, and what nobody explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["ExecutionPart", "VarianceSplit", "variance_split"]


@dataclass(frozen=True, slots=True)
class ExecutionPart:
    """One driver off its target: elasticity · (driver − target), with the elasticity's interval."""

    driver: str
    gap: float
    elasticity: float
    low: float
    high: float

    @property
    def contribution(self) -> float:
        """What the gap is estimated to have done to the outcome."""
        return self.elasticity * self.gap

    @property
    def interval(self) -> tuple[float, float]:
        """The contribution at both ends of the elasticity's interval, in rising order."""
        ends = sorted((self.low * self.gap, self.high * self.gap))
        return ends[0], ends[1]


@dataclass(frozen=True, slots=True)
class VarianceSplit:
    """In the measure's unit; `external` and `execution` and `residual` add up to `total`.

    `external` is None where nobody knows what came from outside: the residual then holds that, too.
    """

    total: float
    external: float | None
    parts: tuple[ExecutionPart, ...]
    share_of_market: float = 0.0

    @property
    def execution(self) -> float:
        """All drivers together, and the market share."""
        return sum((part.contribution for part in self.parts), start=self.share_of_market)

    @property
    def residual(self) -> float:
        """What neither explains; all of the outside where that is unknown."""
        return self.total - (self.external or 0.0) - self.execution

    @property
    def residual_share(self) -> float | None:
        """Its size as a share of the variance; None where there is no variance."""
        return abs(self.residual) / abs(self.total) if self.total else None


def variance_split(
    total: float,
    parts: Sequence[ExecutionPart],
    *,
    external: float | None = None,
    share_of_market: float | None = None,
) -> VarianceSplit:
    """Split actual − target.

    Args:
        total: actual − target.
        parts: one for each driver that has a target and an elasticity.
        external: currency, deflator and market size; None where they are not known, 0.0 where nothing moved.
        share_of_market: the market-share variance; None where a share driver is among the parts already.

    Source: METHOD M4.5, §8 (a share driver enters either the elasticity sum or the market-share variance).

    >>> split = variance_split(-10.0, [ExecutionPart("otif", -2.0, 1.5, 1.0, 2.0)], external=-1.0)
    >>> split.execution, split.residual, split.residual_share
    (-3.0, -6.0, 0.6)
    """
    return VarianceSplit(total, external, tuple(parts), share_of_market or 0.0)
