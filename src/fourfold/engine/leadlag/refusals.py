"""Why no test is made at all; what the data do not allow is a `NotTestable` with its reason."""

__all__ = ["HypothesisWrong", "LeadLagRefused", "LinksInCircle", "PermutationsWrong", "SeriesUnlike"]


class LeadLagRefused(ValueError):
    """The request has no answer; `code` says why."""

    code = "LEADLAG_REFUSED"


class SeriesUnlike(LeadLagRefused):
    """The two series do not cover the same periods."""

    code = "SERIES_UNLIKE"


class HypothesisWrong(LeadLagRefused):
    """A sign that is none, or lags that are negative or the wrong way round."""

    code = "HYPOTHESIS_WRONG"


class PermutationsWrong(LeadLagRefused):
    """Too few permutations to find anything at the level asked for."""

    code = "PERMUTATIONS_WRONG"


class LinksInCircle(LeadLagRefused):
    """A change would come back to the measure that it began with."""

    code = "LINKS_IN_CIRCLE"
