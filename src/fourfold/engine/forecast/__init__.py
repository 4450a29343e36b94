"""Where a measure is heading, how sure that is, and whether it will reach its target.

    >>> import numpy as np
    >>> from fourfold.engine import forecast
    >>> y = np.array([82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89])
    >>> found = forecast.forecast(y, ahead=12)
    >>> round(forecast.Aim.at(95.0).chance(found.projection.at(11)), 3)
    0.723

Source: METHOD §2.8, §8. Page: docs/algorithms/forecast.md.
"""

from fourfold.engine.forecast.aim import LIKELY, UNLIKELY, Aim, Outlook, outlook
from fourfold.engine.forecast.damped import Damped, Smoothing, smooth
from fourfold.engine.forecast.forecast import (
    LEAST_POINTS,
    MOST_AHEAD,
    MOST_POINTS,
    Forecast,
    Method,
    forecast,
)
from fourfold.engine.forecast.line import LeastSquares, RobustLine, through_seasons, through_time
from fourfold.engine.forecast.naive import Naive, mean_changes
from fourfold.engine.forecast.pace import TRAILING, Remaining, remaining, required_rate
from fourfold.engine.forecast.projection import Outcome, Projection, Rolled
from fourfold.engine.forecast.refusals import AimWrong, DriversWrong, ForecastRefused, HorizonWrong
from fourfold.engine.forecast.rolling import LEAST_ORIGINS, Trial, tried

__all__ = [
    "LEAST_ORIGINS",
    "LEAST_POINTS",
    "LIKELY",
    "MOST_AHEAD",
    "MOST_POINTS",
    "TRAILING",
    "UNLIKELY",
    "Aim",
    "AimWrong",
    "Damped",
    "DriversWrong",
    "Forecast",
    "ForecastRefused",
    "HorizonWrong",
    "LeastSquares",
    "Method",
    "Naive",
    "Outcome",
    "Outlook",
    "Projection",
    "Remaining",
    "RobustLine",
    "Rolled",
    "Smoothing",
    "Trial",
    "forecast",
    "mean_changes",
    "outlook",
    "remaining",
    "required_rate",
    "smooth",
    "through_seasons",
    "through_time",
    "tried",
]
