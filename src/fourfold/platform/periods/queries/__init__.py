"""The organisation as known, what day it is there, and how far its periods are closed."""

from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries.closing import (
    Closing,
    PeriodStanding,
    known_closing,
    month_of,
)
from fourfold.platform.periods.queries.organisation import (
    calendar_as_json,
    known_organisation,
    month_begun,
    today,
)

__all__ = [
    "Closing",
    "NotFounded",
    "PeriodStanding",
    "calendar_as_json",
    "known_closing",
    "known_organisation",
    "month_begun",
    "month_of",
    "today",
]
