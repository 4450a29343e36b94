"""Why there is no driver tree at all; what concerns one pair of periods alone is a `Why` beside it."""

__all__ = ["CapitalMixed", "CapitalNotPositive", "DriversRefused", "TreeCycle"]


class DriversRefused(ValueError):
    """The request would give contributions that lie; `code` says why."""

    code = "DRIVERS_REFUSED"


class TreeCycle(DriversRefused):
    """A formula reads itself, directly or by another."""

    code = "FORMULA_CYCLE"


class CapitalNotPositive(DriversRefused):
    """A return on capital that is not above zero is not meaningful."""

    code = "CAPITAL_NOT_POSITIVE"


class CapitalMixed(DriversRefused):
    """The same capital enters once averaged and once as of the end: the two do not cancel."""

    code = "CAPITAL_MIXED"
