"""Why no trend is looked for at all; what concerns one series alone is a `Why` beside it."""

__all__ = ["SeriesTooLong", "TrendRefused"]


class TrendRefused(ValueError):
    """The question has no answer: a cycle below one period, a confidence outside 0 and 1."""

    code = "TREND_WRONG"


class SeriesTooLong(TrendRefused):
    """More periods than every pair of points can be compared of."""

    code = "SERIES_TOO_LONG"
