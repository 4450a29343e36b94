"""The colour of a number as one byte, and how near to a border still counts as on it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Status
from fourfold.engine.score.scales import Scale

__all__ = [
    "AMBER",
    "BORDER_TOLERANCE",
    "GREEN",
    "GREY",
    "RED",
    "SCORE_TOLERANCE",
    "STATUS_CODES",
    "status_of_score",
]

GREY: Final = 0
RED: Final = 1
AMBER: Final = 2
GREEN: Final = 3
"""Ordered: a worse colour is a smaller byte, and no data is the smallest."""

STATUS_CODES: Final = (Status.GREY, Status.RED, Status.AMBER, Status.GREEN)
"""The status of each byte, by position."""

# Values are compared unrounded (METHOD §2.9), but 57 of 100 in percent is 56.99999999999999 in float64 and is on
# target 57. A billionth of the amber width is far above that noise and far below anything a person can print.
BORDER_TOLERANCE: Final = 1e-9

# The same for scores of parents: ten children at 66⅔ add up to a hair less. Above 100 points x BORDER_TOLERANCE.
SCORE_TOLERANCE: Final = 1e-6


def status_of_score(score: NDArray[np.float64], scale: Scale) -> NDArray[np.uint8]:
    """Say which colour each score of a parent has.

    Args:
        score: any shape; NaN where there is none.
        scale: owns the borders.

    Returns: bytes of the same shape, `GREY` where the score is NaN.

    Source: METHOD §2.3; DESIGN §5 (Scales).

    >>> from fourfold.engine.score.scales import ANCHORED
    >>> status_of_score(np.array([200 / 3, 50.0, 10.0, np.nan]), ANCHORED).tolist()
    [3, 2, 1, 0]
    """
    status = (score >= scale.green - SCORE_TOLERANCE).astype(np.uint8)
    status += score >= scale.amber - SCORE_TOLERANCE
    status += ~np.isnan(score)
    return status
