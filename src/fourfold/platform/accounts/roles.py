"""The roles of METHOD M6.2, and the administrator. Owning or stewarding one thing is an assignment, not a role."""

from enum import StrEnum

__all__ = ["Role"]


class Role(StrEnum):
    """What a person may do, for a unit and everything below it."""

    ADMINISTRATOR = "administrator"
    STRATEGY_OFFICE = "strategy_office"
    OBJECTIVE_OWNER = "objective_owner"
    MEASURE_OWNER = "measure_owner"
    DATA_STEWARD = "data_steward"
    REVIEW_FACILITATOR = "review_facilitator"
    APPROVER = "approver"
    AUDITOR = "auditor"
    VIEWER = "viewer"
