"""Why no chart is drawn at all; what concerns one series alone is a `Why` beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BaselineTooShort",
    "ChartRefused",
    "CountsWrong",
    "LimitsWrong",
    "RebaseUnknown",
    "RulesUnfit",
    "SegmentsOverlap",
    "SubgroupSizeUnknown",
    "TimeUnsorted",
    "UnknownRules",
    "refuse_counts",
]


class ChartRefused(ValueError):
    """The request would give a chart that lies; `code` says why."""

    code = "CHART_REFUSED"


class TimeUnsorted(ChartRefused):
    """Periods do not rise from each point to the next, or one comes twice."""

    code = "TIME_UNSORTED"


class SegmentsOverlap(ChartRefused):
    """Two segments claim the same point, are out of order, or reach outside the series."""

    code = "SEGMENTS_OVERLAP"


class RebaseUnknown(ChartRefused):
    """Limits are to begin anew at a period that there is not."""

    code = "REBASE_UNKNOWN"


class BaselineTooShort(ChartRefused):
    """Limits fixed on fewer points than a trial needs."""

    code = "BASELINE_TOO_SHORT"


class CountsWrong(ChartRefused):
    """Negative counts, or more in the numerator than in the denominator of a proportion; `place`: series, point."""

    code = "COUNTS_WRONG"

    def __init__(self, message: str, *, place: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.place = place


def refuse_counts(wrong: NDArray[np.bool_], message: str) -> None:
    """Refuse where any point is wrong, (series, period), with the place of the first.

    Raises:
        CountsWrong: any is.

    Source: METHOD M3.4 (never a chart that lies).

    >>> try:
    ...     refuse_counts(np.array([[False, True]]), "counts are never negative")
    ... except CountsWrong as refused:
    ...     refused.place
    (0, 1)
    """
    if wrong.any():
        series, point = np.argwhere(wrong)[0].tolist()
        raise CountsWrong(message, place=(series, point))


class SubgroupSizeUnknown(ChartRefused):
    """A subgroup larger than the published tables go."""

    code = "SUBGROUP_SIZE_UNKNOWN"


class LimitsWrong(ChartRefused):
    """A given centre, sigma, weight or width that cannot be one."""

    code = "LIMITS_WRONG"


class RulesUnfit(ChartRefused):
    """Run rules on points that lean on one another (EWMA): only the limits speak there."""

    code = "RULES_UNFIT"


class UnknownRules(ChartRefused):
    """There is no rule or rule set of that name."""

    code = "RULES_UNKNOWN"
