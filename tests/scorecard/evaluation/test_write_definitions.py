"""Definitions written are definitions read, now and as they were known before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from fourfold.engine.definitions import ContributionMode, Definitions, Unit
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.audit.queries import verify_chain
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit as UnitRow
from fourfold.scorecard.evaluation.actions.write_definitions import Written, write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.queries.ledger import head_seq, seq_as_of
from tests.scorecard.conftest import FOUNDED, version

LATER = FOUNDED + timedelta(days=40)


def test_what_was_written_is_read(founded: Written, acme: Definitions) -> None:
    assert read_definitions() == acme


def test_nothing_is_known_before_the_founding(founded: Written) -> None:
    with pytest.raises(NotFounded):
        read_definitions(founded.seq - 1)
    assert seq_as_of(FOUNDED - timedelta(microseconds=1)) == 0
    assert seq_as_of(FOUNDED) == founded.seq == 1


def test_the_same_definitions_twice_change_nothing(founded: Written, acme: Definitions) -> None:
    again = write_definitions(acme, scope=INSTALLATION, at=LATER)

    assert again == Written(founded.seq, 0)
    assert AuditEvent.objects.count() == 1


def renamed(acme: Definitions) -> Definitions:
    """A renamed unit and objective, a moved unit, a retarget, a new measure version and another policy."""
    units = tuple(
        replace(unit, name="Nord", parent="south") if unit.key == "north" else unit
        for unit in (acme.units[0], acme.units[3], acme.units[1], acme.units[2])
    )
    shipments = replace(
        acme.measures[-1], versions=(version(), version(number=2, decimals=0, reason="no halves"))
    )
    return replace(
        acme,
        units=units,
        objectives=(replace(acme.objectives[0], name="Grow faster"), *acme.objectives[1:]),
        measures=(*acme.measures[:-1], shipments),
        targets=(replace(acme.targets[0], red=80.0), *acme.targets[1:]),
        initiatives=(replace(acme.initiatives[0], budget=None),),
        policies=(*acme.policies, replace(acme.policies[0], version=2, value="0.8")),
    )


def test_a_change_is_known_from_its_seq_on(founded: Written, acme: Definitions) -> None:
    changed = write_definitions(renamed(acme), scope=INSTALLATION, at=LATER)

    assert read_definitions() == read_definitions(changed.seq) == renamed(acme)
    assert read_definitions(founded.seq) == acme
    assert read_definitions(seq_as_of(LATER - timedelta(seconds=1))) == acme


def test_a_moved_unit_takes_its_subtree_along(founded: Written, acme: Definitions) -> None:
    write_definitions(renamed(acme), scope=INSTALLATION, at=LATER)

    assert UnitRow.objects.get(key="oslo").path == "acme/south/north/oslo/"


def test_what_a_later_load_does_not_name_stays(founded: Written, acme: Definitions) -> None:
    part = replace(acme, initiatives=(), targets=acme.targets[:1], people=acme.people[:2], causal_links=())
    write_definitions(part, scope=INSTALLATION, at=LATER)

    assert read_definitions() == acme


def test_a_replacement_lets_go_of_what_it_does_not_name(founded: Written, acme: Definitions) -> None:
    part = replace(acme, initiatives=(), targets=acme.targets[:1], causal_links=())
    written = write_definitions(part, scope=INSTALLATION, at=LATER, replaces=True)

    assert read_definitions() == part
    assert read_definitions(written.seq - 1) == acme


def test_whoever_is_let_go_cannot_come_in(founded: Written, acme: Definitions) -> None:
    write_definitions(replace(acme, people=acme.people[:2]), scope=INSTALLATION, at=LATER, replaces=True)

    assert not Person.objects.get(key="cyd").is_active


def refused(offered: Definitions) -> str:
    """The code of the refusal, after checking that nothing was half written."""
    before, seq, events = read_definitions(), head_seq(), AuditEvent.objects.count()
    with pytest.raises(Refusal) as refusal:
        write_definitions(offered, scope=INSTALLATION, at=LATER)
    assert (read_definitions(), head_seq(), AuditEvent.objects.count()) == (before, seq, events)
    return refusal.value.code


def test_a_version_in_use_is_never_edited(founded: Written, acme: Definitions) -> None:
    edited = replace(acme.measures[-1], versions=(version(unit_of_measure="parcel"),))

    assert refused(replace(acme, measures=(*acme.measures[:-1], edited))) == "VERSION_IMMUTABLE"


def test_another_organisation_is_turned_away(founded: Written, acme: Definitions) -> None:
    assert (
        refused(replace(acme, organisation=replace(acme.organisation, key="other"))) == "ANOTHER_ORGANISATION"
    )


def test_a_unit_below_itself_is_refused(founded: Written, acme: Definitions) -> None:
    looped = (acme.units[0], replace(acme.units[1], parent="oslo"), acme.units[2], acme.units[3])

    assert refused(replace(acme, units=looped)) == "UNIT_CYCLE"


def test_a_child_before_its_parent_is_refused(founded: Written, acme: Definitions) -> None:
    assert refused(replace(acme, units=tuple(reversed(acme.units)))) == "UNIT_ORDER"


def test_an_unknown_parent_is_refused_by_name(founded: Written, acme: Definitions) -> None:
    assert (
        refused(replace(acme, units=(*acme.units, Unit("west", "West", "nowhere", "region"))))
        == "UNIT_UNKNOWN"
    )


def test_a_cascade_in_a_ring_is_refused(founded: Written, acme: Definitions) -> None:
    grow, deliver, north = acme.objectives
    ring = replace(deliver, contributes_to=(("deliver-north", ContributionMode.SHARED),))

    assert refused(replace(acme, objectives=(grow, ring, north))) == "ALIGN_CYCLE"


def test_what_the_engine_cannot_compile_is_refused_with_its_code(founded: Written, acme: Definitions) -> None:
    circular = replace(acme.measures[-1], key="ring", versions=(version(formula="ring + 1"),))

    assert refused(replace(acme, measures=(*acme.measures, circular))) == "FORMULA_CYCLE"


def test_an_unknown_role_is_refused(founded: Written, acme: Definitions) -> None:
    bob = replace(acme.people[1], memberships=(replace(acme.people[1].memberships[0], role="king"),))

    assert refused(replace(acme, people=(acme.people[0], bob))) == "ROLE_UNKNOWN"


def test_what_a_constraint_forbids_is_refused_and_not_a_fault(founded: Written, acme: Definitions) -> None:
    cyd = replace(acme.people[2], email="ADA@example.org")

    assert refused(replace(acme, people=(*acme.people[:2], cyd))) == "DEFINITIONS_CONTRADICT"


def test_a_steward_does_not_write_the_strategy(founded: Written, acme: Definitions) -> None:
    with pytest.raises(Refusal) as refusal:
        write_definitions(renamed(acme), scope=scope_of_key("bob"), at=LATER)

    assert refusal.value.code == "OUT_OF_SCOPE"


def test_the_writing_is_in_the_audit_journal(founded: Written, acme: Definitions) -> None:
    write_definitions(renamed(acme), scope=scope_of_key("ada"), at=LATER)

    event = AuditEvent.objects.get(seq=2)
    assert (event.actor, event.action, event.object) == ("ada", "definitions_written", "organisation/acme")
    assert verify_chain().broken_at is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE measures_measureversion SET formula = '1'",
        "DELETE FROM measures_measureversion",
        "UPDATE measures_measuresegment SET key = 'x'",
        "UPDATE strategy_objectiveversion SET name = 'x'",
        "UPDATE strategy_objectiveversion SET seq = 0",
        "DELETE FROM strategy_causallink",
        "UPDATE measures_targetpoint SET value = 0",
        "UPDATE initiatives_initiativeversion SET budget = '0'",
        "UPDATE units_unitversion SET name = 'x'",
        "DELETE FROM policies_policyversion",
        "UPDATE periods_organisationversion SET clock = NULL",
        "DELETE FROM measures_ledgerentry",
    ],
)
def test_the_database_itself_keeps_definitions_as_written(founded: Written, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="KEPT_AS_WRITTEN"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_superseded_row_is_not_superseded_again(founded: Written, acme: Definitions) -> None:
    write_definitions(renamed(acme), scope=INSTALLATION, at=LATER)

    with (
        pytest.raises(DatabaseError, match="KEPT_AS_WRITTEN"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE units_unitversion SET until_seq = 9 WHERE until_seq IS NOT NULL")
