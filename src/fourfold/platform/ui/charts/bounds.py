"""How far the axis of a chart goes beyond the numbers on it."""

from __future__ import annotations

__all__ = ["padded", "span_of"]

_FLAT = 0.02  # of the highest number: a span where all are equal, so that their line runs through the middle


def span_of(low: float, high: float) -> float:
    """From the least to the greatest number; never nothing.

    >>> span_of(0.0, 8.0), span_of(50.0, 50.0)
    (8.0, 1.0)
    """
    return max(high - low, abs(high) * _FLAT, 1e-9)


def padded(low: float, high: float, *, by: float, above: float = 1.0) -> tuple[float, float]:
    """The ends of the axis, a share of the span beyond the numbers; never below 0 where no number is.

    Args:
        by: the share, so that no line runs along an edge.
        above: how many such shares stand over the greatest number.

    >>> padded(10.0, 20.0, by=0.1), padded(0.5, 20.0, by=0.1, above=2.0)
    ((9.0, 21.0), (0.0, 23.9))
    """
    padding = by * span_of(low, high)
    floor = 0.0 if low >= 0.0 > low - padding else low - padding
    return floor, high + above * padding
