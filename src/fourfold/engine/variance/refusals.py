"""Why a variance is not split at all."""

__all__ = ["SalesWrong", "VarianceRefused"]


class VarianceRefused(ValueError):
    """The request would give parts that lie; `code` says why."""

    code = "VARIANCE_REFUSED"


class SalesWrong(VarianceRefused):
    """Prices and quantities that do not pair up, or a negative quantity."""

    code = "SALES_WRONG"
