"""A colour that does not flicker when a value dances on a border (METHOD §2.9)."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.score.status import BORDER_TOLERANCE, GREY, RED

__all__ = ["CROSSING_SHARE", "SETTLING_PERIODS", "HeldStatus", "hysteresis"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

CROSSING_SHARE: Final = 0.10  # of the amber width; policy `status.hysteresis_share` (METHOD §2.9)
SETTLING_PERIODS: Final = 2  # policy `status.hysteresis_periods` (METHOD §2.9)


class HeldStatus(NamedTuple):
    """The colours to show, and where they differ from the computed ones: those pages say "held"."""

    status: Bytes
    held: NDArray[np.bool_]


def hysteresis(
    status: Bytes, position: Floats, *, share: float = CROSSING_SHARE, periods: int = SETTLING_PERIODS
) -> HeldStatus:
    """Let a colour change only when a border is crossed clearly or the new colour stays.

    Args:
        status: computed status bytes, oldest period first along the first axis, one value per native period.
        position: where each value lies in amber widths above the green border, from `positions`; NaN follows the
            computed colour at once.
        share: a border counts as crossed when the value lies more than this share of the amber width beyond it.
        periods: a colour that has been computed this many times in a row is shown in any case.

    Returns: a value that clears the nearer border but not the farther one gets the colour between. A gap is grey and
        forgets what was shown before it.

    Source: METHOD §2.9; DESIGN §5 (Scales: only at native frequency).

    >>> found = hysteresis(np.array([3, 2, 3], np.uint8), np.array([0.2, -0.05, 0.3]))
    >>> found.status.tolist(), found.held.tolist()
    ([3, 3, 3], [False, True, False])
    """
    shown = status.copy()
    run = np.ones(status.shape[1:], dtype=np.int64)
    for now in range(1, len(status)):
        before, computed = shown[now - 1], status[now]
        run = np.where(computed == status[now - 1], run + 1, 1)
        free = (computed == GREY) | (before == GREY) | (run >= periods) | np.isnan(position[now])
        up = np.maximum(before, _clearly_reached(position[now], share))
        down = np.minimum(before, _not_clearly_left(position[now], share))
        shown[now] = np.where(free, computed, np.where(computed > before, up, down))
    return HeldStatus(shown, shown != status)


def _clearly_reached(position: Floats, share: float) -> Bytes:
    amber = position > -1.0 + share + BORDER_TOLERANCE
    green = position > share + BORDER_TOLERANCE
    return (RED + amber.astype(np.uint8) + green).astype(np.uint8)


def _not_clearly_left(position: Floats, share: float) -> Bytes:
    amber = position >= -1.0 - share - BORDER_TOLERANCE
    green = position >= -share - BORDER_TOLERANCE
    return (RED + amber.astype(np.uint8) + green).astype(np.uint8)
