"""Who may do what: roles × acts (METHOD M6.2), for the unit where the role is held and everything below it.

A few acts belong to whoever is named as a thing's owner or steward (decision 12): `FOR_THE_ASSIGNED`.
"""

from __future__ import annotations

from enum import StrEnum

from fourfold.platform.accounts.roles import Role

__all__ = ["FOR_THE_ASSIGNED", "PERMITTED", "Act", "roles_that_may"]


class Act(StrEnum):
    """Something a person does that not everybody may."""

    VIEW_VALUES = "view_values"
    VIEW_JOURNAL = "view_journal"
    EXPORT_VALUES = "export_values"
    VERIFY_AUDIT = "verify_audit"

    MANAGE_PEOPLE = "manage_people"
    EDIT_UNITS = "edit_units"
    EDIT_POLICIES = "edit_policies"
    EDIT_CALENDAR = "edit_calendar"
    MANAGE_SOURCES = "manage_sources"
    MANAGE_TOKENS = "manage_tokens"

    EDIT_STRATEGY = "edit_strategy"
    EDIT_OBJECTIVES = "edit_objectives"
    EDIT_LINKS = "edit_links"
    EDIT_MEASURES = "edit_measures"
    EDIT_TARGETS = "edit_targets"
    EDIT_INITIATIVES = "edit_initiatives"
    APPLY_SCORECARD = "apply_scorecard"
    ASSIGN_OWNERS = "assign_owners"
    LOAD_FOLDER = "load_folder"
    EXPORT_FOLDER = "export_folder"

    IMPORT_VALUES = "import_values"
    EDIT_MAPPINGS = "edit_mappings"
    WITHDRAW_IMPORT = "withdraw_import"
    ENTER_VALUES = "enter_values"
    ATTEST_VALUES = "attest_values"
    CLOSE_PERIOD = "close_period"
    REOPEN_PERIOD = "reopen_period"
    RESTATE_VALUES = "restate_values"
    APPROVE_RESTATEMENT = "approve_restatement"

    ANNOTATE = "annotate"
    RESOLVE_ANNOTATION = "resolve_annotation"
    WRITE_ANALYSIS = "write_analysis"
    OVERRIDE_STATUS = "override_status"
    DECIDE_LIMITS = "decide_limits"
    ACCEPT_FINDING = "accept_finding"
    REPORT_PROGRESS = "report_progress"

    REQUEST_CHANGE = "request_change"
    APPROVE_CHANGE = "approve_change"
    PLAN_REVIEW = "plan_review"
    RUN_REVIEW = "run_review"
    RECORD_DECISION = "record_decision"


_READING = frozenset({Act.VIEW_VALUES, Act.EXPORT_VALUES})
_TALKING = frozenset({Act.ANNOTATE, Act.REQUEST_CHANGE})
_STRATEGY = frozenset(
    {
        Act.EDIT_UNITS,
        Act.EDIT_STRATEGY,
        Act.EDIT_OBJECTIVES,
        Act.EDIT_LINKS,
        Act.EDIT_MEASURES,
        Act.EDIT_TARGETS,
        Act.EDIT_INITIATIVES,
        Act.APPLY_SCORECARD,
        Act.ASSIGN_OWNERS,
        Act.LOAD_FOLDER,
        Act.EXPORT_FOLDER,
        Act.EDIT_POLICIES,
        Act.EDIT_CALENDAR,
        Act.RESOLVE_ANNOTATION,
        Act.ACCEPT_FINDING,
        Act.DECIDE_LIMITS,
        Act.REPORT_PROGRESS,
        Act.PLAN_REVIEW,
        Act.RECORD_DECISION,
        Act.VIEW_JOURNAL,
    }
)
_STEWARDSHIP = frozenset(
    {
        Act.IMPORT_VALUES,
        Act.EDIT_MAPPINGS,
        Act.WITHDRAW_IMPORT,
        Act.ENTER_VALUES,
        Act.ATTEST_VALUES,
        Act.CLOSE_PERIOD,
        Act.RESTATE_VALUES,
    }
)

PERMITTED: dict[Role, frozenset[Act]] = {
    # Whoever runs the installation does everything but judge: approving belongs to approvers alone, so that
    # entering and approving stay with different people (M6.2: enter ≠ approve).
    Role.ADMINISTRATOR: frozenset(Act)
    - {Act.APPROVE_RESTATEMENT, Act.APPROVE_CHANGE, Act.WRITE_ANALYSIS, Act.OVERRIDE_STATUS},
    Role.STRATEGY_OFFICE: _READING | _TALKING | _STRATEGY | _STEWARDSHIP | {Act.REOPEN_PERIOD},
    Role.OBJECTIVE_OWNER: _READING
    | _TALKING
    | {
        Act.RESOLVE_ANNOTATION,
        Act.EDIT_INITIATIVES,
        Act.REPORT_PROGRESS,
        Act.RECORD_DECISION,
    },
    Role.MEASURE_OWNER: _READING | _TALKING | {Act.ENTER_VALUES, Act.RESOLVE_ANNOTATION, Act.REPORT_PROGRESS},
    Role.DATA_STEWARD: _READING | _TALKING | _STEWARDSHIP | {Act.MANAGE_SOURCES, Act.VIEW_JOURNAL},
    Role.REVIEW_FACILITATOR: _READING
    | _TALKING
    | {Act.PLAN_REVIEW, Act.RUN_REVIEW, Act.RECORD_DECISION, Act.RESOLVE_ANNOTATION},
    Role.APPROVER: _READING
    | _TALKING
    | {Act.APPROVE_CHANGE, Act.APPROVE_RESTATEMENT, Act.REOPEN_PERIOD, Act.RECORD_DECISION},
    # An auditor sees and proves everything and changes nothing.
    Role.AUDITOR: _READING | {Act.VIEW_JOURNAL, Act.VERIFY_AUDIT, Act.EXPORT_FOLDER},
    Role.VIEWER: _READING | {Act.ANNOTATE},
}


_ASSIGNED = frozenset({Act.ENTER_VALUES, Act.WRITE_ANALYSIS, Act.OVERRIDE_STATUS, Act.DECIDE_LIMITS})

FOR_THE_ASSIGNED: dict[Role, frozenset[Act]] = {
    # Being named for a thing opens it to whoever works at the unit. It adds nothing to a role that only reads: an
    # auditor edits nothing (M6.2), whatever somebody wrote beside their name.
    role: frozenset() if role in {Role.AUDITOR, Role.VIEWER} else _ASSIGNED
    for role in Role
}
"""What a role permits besides, on the things whose owner or steward the person is. Judging belongs to them alone."""


def roles_that_may(act: Act, *, is_assigned: bool = False) -> frozenset[Role]:
    """Every role that permits it; `is_assigned`: to somebody who is named for the thing."""
    return frozenset(
        role for role in Role if act in PERMITTED[role] or (is_assigned and act in FOR_THE_ASSIGNED[role])
    )
