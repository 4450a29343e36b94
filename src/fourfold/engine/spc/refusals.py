"""Why no chart is drawn at all; what concerns one series alone is a `Why` beside it."""

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
    """Negative counts, or more in the numerator than in the denominator of a proportion."""

    code = "COUNTS_WRONG"


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
