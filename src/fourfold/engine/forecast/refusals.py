"""Why nothing is forecast at all; what concerns one series is a `NotComputable`."""

__all__ = ["AimWrong", "DriversWrong", "ForecastRefused", "HorizonWrong"]


class ForecastRefused(ValueError):
    """The question has no answer; `code` says why."""

    code = "FORECAST_REFUSED"


class HorizonWrong(ForecastRefused):
    """No period ahead, more than can be looked ahead, or a cycle below one period."""

    code = "HORIZON_WRONG"


class DriversWrong(ForecastRefused):
    """Drivers that do not reach as far as the forecast."""

    code = "DRIVERS_WRONG"


class AimWrong(ForecastRefused):
    """A target of two sides without its sides, or with the lower above the upper."""

    code = "AIM_WRONG"
