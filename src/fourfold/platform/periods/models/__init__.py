"""One aggregate a file."""

from fourfold.platform.periods.models.organisation import NotFounded, OrganisationVersion
from fourfold.platform.periods.models.period_step import PeriodState, PeriodStep

__all__ = ["NotFounded", "OrganisationVersion", "PeriodState", "PeriodStep"]
