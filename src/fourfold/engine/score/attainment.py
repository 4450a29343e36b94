"""Two plain ratios that are neither a score nor a status, and are never shown as one (METHOD §2.1)."""

from __future__ import annotations

from fourfold.engine.quantities import NotComputable, Polarity, Ratio, Why

__all__ = ["attainment", "progress"]


def attainment(value: float, target: float, *, polarity: Polarity) -> Ratio | NotComputable:
    """How much of the target has been reached, x/T; only where more is better and the target is above zero.

    Args:
        value: on a ratio scale (twice as much means twice as much), in the measure's unit.
        target: in the same unit.
        polarity: NOT_APPLICABLE for anything but maximise.

    Source: METHOD §2.1.

    >>> attainment(45.0, 60.0, polarity=Polarity.MAXIMISE)
    0.75
    """
    if polarity is not Polarity.MAXIMISE or target < 0:
        return NotComputable(Why.NOT_APPLICABLE)
    if target == 0:
        return NotComputable(Why.ZERO_DENOMINATOR)
    return Ratio(value / target)


def progress(value: float, *, baseline: float, target: float) -> Ratio | NotComputable:
    """How much of the way from the baseline to the target is done; below 0 is further away, above 1 beyond.

    Args:
        value: in the measure's unit, like the others; works in either direction.
        baseline: where the way began.
        target: where it ends; ZERO_DENOMINATOR if there is no way to go.

    Source: METHOD §2.1.

    >>> round(progress(7.4, baseline=9.0, target=6.0), 3)
    0.533
    """
    if target == baseline:
        return NotComputable(Why.ZERO_DENOMINATOR)
    return Ratio((value - baseline) / (target - baseline))
