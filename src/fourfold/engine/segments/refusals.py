"""Why segments are not compared at all; what concerns one pair of periods alone is a `Why` beside it."""

__all__ = ["SegmentsOverlap", "SegmentsRefused", "SegmentsUncounted"]


class SegmentsRefused(ValueError):
    """The request would give effects that lie; `code` says why."""

    code = "SEGMENTS_REFUSED"


class SegmentsOverlap(SegmentsRefused):
    """Together the segments hold more than the whole: somebody is counted twice, so nothing may be added up."""

    code = "SEGMENTS_OVERLAP"


class SegmentsUncounted(SegmentsRefused):
    """Negative bases, or numerators and bases that do not belong together."""

    code = "SEGMENTS_UNCOUNTED"
