"""Why thresholds cannot be turned into a score."""

__all__ = [
    "ThresholdMissing",
    "ThresholdOrder",
    "ThresholdRefused",
    "ThresholdShareNeedsPositiveTarget",
]


class ThresholdRefused(ValueError):
    """The thresholds of a version cannot score a value; `code` says which rule they break."""

    code = "THRESHOLD_REFUSED"


class ThresholdOrder(ThresholdRefused):
    """Worst, red, target and best do not lie in this order in the wanted direction (METHOD §2.3)."""

    code = "THRESHOLD_ORDER"


class ThresholdShareNeedsPositiveTarget(ThresholdRefused):
    """A share of a target that is zero or negative bounds nothing (DESIGN §5)."""

    code = "THRESHOLD_SHARE_NEEDS_POSITIVE_TARGET"


class ThresholdMissing(ThresholdRefused):
    """The goal or the scale needs a number that the version does not give."""

    code = "THRESHOLD_MISSING"
