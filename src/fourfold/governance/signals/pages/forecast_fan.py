"""What a fan chart shows: the past, and for each period ahead a middle with three bands."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SHARES", "Band", "Fan", "FanPoint"]

SHARES = (95, 80, 50)
"""Per cent of a band, the widest first: it lies at the back."""


@dataclass(frozen=True, slots=True)
class Band:
    """Where a period's value lies with a probability of `share` per cent."""

    share: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FanPoint:
    """One period: a value in the past; median and bands ahead. `said` is what pointing at it tells, word by word."""

    label: str
    short: str
    value: float | None = None
    median: float | None = None
    bands: tuple[Band, ...] = ()
    target: float | None = None
    said: tuple[tuple[str, str], ...] = ()

    def band(self, share: int) -> Band | None:
        """The band of that share."""
        return next((band for band in self.bands if band.share == share), None)


@dataclass(frozen=True, slots=True)
class Fan:
    """The whole chart, oldest period first; `last` is the place of the last value."""

    points: tuple[FanPoint, ...]
    last: int

    @property
    def has_target(self) -> bool:
        """Whether anything is wanted of any period."""
        return any(point.target is not None for point in self.points)
