"""Roles × acts (METHOD M6.2): every cell is looked at, and a role counts only where it is held."""

import pytest

from fourfold.platform.accounts.permissions import FOR_THE_ASSIGNED, PERMITTED, Act
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import NOBODY, Scope
from fourfold.platform.refusals.refusal import NotPermitted

STEWARD_OF_NORTH = Scope(
    1,
    "i-costa",
    frozenset({Role.VIEWER, Role.DATA_STEWARD}),
    frozenset({1, 2, 3}),
    frozenset({"acme", "north", "south"}),
    held={
        Role.VIEWER: frozenset({"acme", "north", "south"}),
        Role.DATA_STEWARD: frozenset({"north"}),
    },
)

# x: permitted; o: only on what the person is named for as owner or steward (decision 12)
MATRIX = """
                     adm off obj mea ste fac app aud vie
view_values           x   x   x   x   x   x   x   x   x
view_journal          x   x   .   .   x   .   .   x   .
export_values         x   x   x   x   x   x   x   x   x
verify_audit          x   .   .   .   .   .   .   x   .
manage_people         x   .   .   .   .   .   .   .   .
edit_units            x   x   .   .   .   .   .   .   .
edit_policies         x   x   .   .   .   .   .   .   .
edit_calendar         x   x   .   .   .   .   .   .   .
manage_sources        x   .   .   .   x   .   .   .   .
manage_tokens         x   .   .   .   .   .   .   .   .
edit_strategy         x   x   .   .   .   .   .   .   .
edit_objectives       x   x   .   .   .   .   .   .   .
edit_links            x   x   .   .   .   .   .   .   .
edit_measures         x   x   .   .   .   .   .   .   .
edit_targets          x   x   .   .   .   .   .   .   .
edit_initiatives      x   x   x   .   .   .   .   .   .
apply_scorecard       x   x   .   .   .   .   .   .   .
assign_owners         x   x   .   .   .   .   .   .   .
load_folder           x   x   .   .   .   .   .   .   .
export_folder         x   x   .   .   .   .   .   x   .
import_values         x   x   .   .   x   .   .   .   .
edit_mappings         x   x   .   .   x   .   .   .   .
withdraw_import       x   x   .   .   x   .   .   .   .
enter_values          x   x   o   x   x   o   o   .   .
attest_values         x   x   .   .   x   .   .   .   .
close_period          x   x   .   .   x   .   .   .   .
reopen_period         x   x   .   .   .   .   x   .   .
restate_values        x   x   .   .   x   .   .   .   .
approve_restatement   .   .   .   .   .   .   x   .   .
annotate              x   x   x   x   x   x   x   .   x
resolve_annotation    x   x   x   x   .   x   .   .   .
write_analysis        o   o   o   o   o   o   o   .   .
override_status       o   o   o   o   o   o   o   .   .
decide_limits         x   x   o   o   o   o   o   .   .
accept_finding        x   x   .   .   .   .   .   .   .
report_progress       x   x   x   x   .   .   .   .   .
request_change        x   x   x   x   x   x   x   .   .
approve_change        .   .   .   .   .   .   x   .   .
plan_review           x   x   .   .   .   x   .   .   .
run_review            x   .   .   .   .   x   .   .   .
record_decision       x   x   x   .   .   x   x   .   .
"""
COLUMNS = (
    Role.ADMINISTRATOR,
    Role.STRATEGY_OFFICE,
    Role.OBJECTIVE_OWNER,
    Role.MEASURE_OWNER,
    Role.DATA_STEWARD,
    Role.REVIEW_FACILITATOR,
    Role.APPROVER,
    Role.AUDITOR,
    Role.VIEWER,
)


def reviewed() -> list[tuple[Role, Act, str]]:
    cells = []
    for line in MATRIX.strip().splitlines()[1:]:
        act, *marks = line.split()
        cells += [(role, Act(act), mark) for role, mark in zip(COLUMNS, marks, strict=True)]
    return cells


@pytest.mark.method("M6.2")
@pytest.mark.parametrize(("role", "act", "mark"), reviewed())
def test_every_role_may_exactly_what_was_reviewed(role, act, mark):
    somebody = Scope(
        1, "kim", frozenset({role}), frozenset({1}), frozenset({"north"}), held={role: frozenset({"north"})}
    )

    assert somebody.may(act, unit="north") is (mark == "x")
    assert somebody.may(act, unit="north", assigned=("kim",)) is (mark in "xo")
    assert somebody.may(act, unit="north", assigned=("lee", None, "")) is (mark == "x")
    assert not somebody.may(act, unit="south", assigned=("kim",))


def test_nobody_is_named_by_an_empty_name():
    nameless = Scope(None, "", frozenset(Role), frozenset({1}), frozenset({"north"}))

    assert not nameless.may(Act.OVERRIDE_STATUS, assigned=("",))


@pytest.mark.method("M6.2")
def test_an_auditor_edits_nothing_whatever_they_are_named_for():
    reading = {"view_values", "view_journal", "export_values", "verify_audit", "export_folder"}

    assert {act.value for act in PERMITTED[Role.AUDITOR] | FOR_THE_ASSIGNED[Role.AUDITOR]} == reading


@pytest.mark.parametrize("act", [Act.WRITE_ANALYSIS, Act.OVERRIDE_STATUS])
def test_judging_belongs_to_no_role_but_to_owners(act):
    assert not any(act in PERMITTED[role] for role in Role)


def test_the_reviewed_matrix_leaves_out_no_role_and_no_act():
    assert {(role, act) for role, act, _ in reviewed()} == {(role, act) for role in Role for act in Act}


def test_a_role_permits_only_where_it_is_held():
    assert STEWARD_OF_NORTH.may(Act.ENTER_VALUES, unit="north")
    assert not STEWARD_OF_NORTH.may(Act.ENTER_VALUES, unit="south")
    assert STEWARD_OF_NORTH.may(Act.VIEW_VALUES, unit="south")
    assert STEWARD_OF_NORTH.units_where(Act.ENTER_VALUES) == {"north"}


def test_what_is_not_permitted_there_is_refused_by_name():
    with pytest.raises(NotPermitted) as refused:
        STEWARD_OF_NORTH.require_to(Act.ENTER_VALUES, unit="south")

    assert refused.value.code == "NOT_PERMITTED"


@pytest.mark.parametrize("act", list(Act))
def test_a_stranger_may_nothing(act):
    assert not NOBODY.may(act)
