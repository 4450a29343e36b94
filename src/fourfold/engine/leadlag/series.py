"""Two series over the same periods, and the stretch of them that one test may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.leadlag.refusals import SeriesUnlike
from fourfold.engine.quantities import Why

__all__ = ["CAUTION_PERIODS", "LEAST_PERIODS", "NotTestable", "Series", "Stretch", "usable_stretch"]

LEAST_PERIODS: Final = 24  # policy leadlag.min_n.refuse (METHOD §0.5)
CAUTION_PERIODS: Final = 36  # policy leadlag.min_n.caution: below, the verdict carries a caution

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over equally spaced periods, oldest first; NaN is a gap.

    `editions` numbers the definition each period was measured by (None: one); `overlaps` says that neighbours share
    their parts: rolling windows and totals to date.
    """

    values: Floats
    editions: NDArray[np.int64] | None = None
    overlaps: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """The periods from `start` up to, not including, `stop`: without a gap and under one definition of each series."""

    start: int
    stop: int

    @property
    def periods(self) -> int:
        """How many there are."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class NotTestable:
    """No test, and why; `periods` usable ones where `needed` are."""

    why: Why
    periods: int = 0
    needed: int = LEAST_PERIODS


def usable_stretch(
    x: Series, y: Series, *, least: int = LEAST_PERIODS, may_cut_at_breaks: bool = True
) -> Stretch | NotTestable:
    """The longest stretch without a gap and under one definition of both; of equally long ones the latest.

    Args:
        x, y: over the same periods.
        least: fewer are refused.
        may_cut_at_breaks: False where the window was fixed beforehand: a change of definition inside it refuses.

    Returns: OVERLAPPING, TOO_FEW_POINTS, or DEFINITION_BREAK where there would be enough but for the change.

    Raises:
        SeriesUnlike: different lengths.

    Source: METHOD M1.2 step 1.

    >>> month = np.arange(30.0)
    >>> usable_stretch(Series(month), Series(np.where(month == 2, np.nan, month)))
    Stretch(start=3, stop=30)
    """
    if x.values.shape != y.values.shape or x.values.ndim != 1:
        raise SeriesUnlike(f"{x.values.size} and {y.values.size} periods; both series need the same ones")
    if x.overlaps or y.overlaps:
        return NotTestable(Why.OVERLAPPING, needed=least)
    there = np.isfinite(x.values) & np.isfinite(y.values)
    breaks = _changes(x) | _changes(y)
    whole, pure = _longest(there, np.zeros_like(breaks)), _longest(there, breaks)
    best = pure if may_cut_at_breaks else whole
    is_broken = not may_cut_at_breaks and bool(breaks[whole.start + 1 : whole.stop].any())
    if best.periods >= least and not is_broken:
        return best
    why = Why.DEFINITION_BREAK if whole.periods >= least else Why.TOO_FEW_POINTS
    return NotTestable(why, pure.periods, least)


def _changes(series: Series) -> Bools:
    """Where a period is measured by another definition than the one before it."""
    changed = np.zeros(series.values.size, dtype=np.bool_)
    if series.editions is not None:
        changed[1:] = series.editions[1:] != series.editions[:-1]
    return changed


def _longest(there: Bools, breaks: Bools) -> Stretch:
    best, start = Stretch(0, 0), 0
    for place, is_there in enumerate(there.tolist()):
        if breaks[place] or not is_there:
            start = place if is_there else place + 1
        if is_there and place + 1 - start >= best.periods:
            best = Stretch(start, place + 1)
    return best
