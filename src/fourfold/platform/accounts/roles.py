"""The roles of METHOD M6.2, and the administrator. Owning or stewarding one thing is an assignment, not a role."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ROLE_NAMES", "ROLE_PURPOSES", "Role"]


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


ROLE_NAMES: dict[Role, str | Promise] = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.STRATEGY_OFFICE: _("Strategy office"),
    Role.OBJECTIVE_OWNER: _("Objective owner"),
    Role.MEASURE_OWNER: _("Measure owner"),
    Role.DATA_STEWARD: _("Data steward"),
    Role.REVIEW_FACILITATOR: _("Review facilitator"),
    Role.APPROVER: _("Approver"),
    Role.AUDITOR: _("Auditor"),
    Role.VIEWER: _("Viewer"),
}

ROLE_PURPOSES: dict[Role, str | Promise] = {
    Role.ADMINISTRATOR: _("Does everything there but judge. At the topmost unit: runs the installation."),
    Role.STRATEGY_OFFICE: _("Writes the strategy: objectives, links, measures, targets, initiatives."),
    Role.OBJECTIVE_OWNER: _("Answers for objectives: explains, decides, moves initiatives."),
    Role.MEASURE_OWNER: _("Answers for measures: enters values and explains them."),
    Role.DATA_STEWARD: _("Looks after the numbers: imports, enters, closes periods."),
    Role.REVIEW_FACILITATOR: _("Prepares and runs reviews."),
    Role.APPROVER: _("Approves changes and restatements."),
    Role.AUDITOR: _("Sees and proves everything, changes nothing."),
    Role.VIEWER: _("Reads, and asks questions."),
}
