"""The tree, and who sees what of it."""

import pytest
from django.db import IntegrityError

from fourfold.engine.definitions import Unit as UnitDefinition
from fourfold.platform.audit.changes import changes
from fourfold.platform.units.actions.write_units import UnitCycle, refuse_broken_tree, write_units
from fourfold.platform.units.models import Unit
from fourfold.platform.units.queries import known_units

ACME = (
    UnitDefinition("acme", "Acme", None, "enterprise"),
    UnitDefinition("north", "North", "acme", "region"),
    UnitDefinition("north-sea", "North Sea", "acme", "region"),
    UnitDefinition("oslo", "Oslo", "north", "site"),
)


def write(units: tuple[UnitDefinition, ...], *, seq: int) -> None:
    write_units(changes(known_units(), units, key=lambda unit: unit.key), seq=seq)


def keys_below(key: str) -> list[str]:
    return [unit.key for unit in Unit.objects.at_or_below(Unit.objects.get(key=key))]


@pytest.mark.django_db
def test_a_subtree_holds_its_head_and_what_lies_below_and_nothing_beside() -> None:
    write(ACME, seq=1)

    assert keys_below("acme") == ["acme", "north", "north-sea", "oslo"]
    assert keys_below("north") == ["north", "oslo"], "a key that merely begins alike lies beside, not below"


@pytest.mark.django_db
def test_keys_that_differ_in_case_are_different_units() -> None:
    write(
        (
            *ACME,
            UnitDefinition("North", "Other", "acme", "region"),
            UnitDefinition("a", "A", "North", "site"),
        ),
        seq=1,
    )

    assert keys_below("north") == ["north", "oslo"]
    assert keys_below("North") == ["North", "a"]


@pytest.mark.django_db
def test_two_units_may_change_places() -> None:
    write(ACME, seq=1)
    swapped = (
        ACME[0],
        UnitDefinition("north-sea", "North Sea", "acme", "region"),
        UnitDefinition("oslo", "Oslo", "acme", "region"),
        UnitDefinition("north", "North", "oslo", "site"),
    )
    write(swapped, seq=2)

    assert keys_below("oslo") == ["oslo", "north"]
    assert known_units(1) == ACME
    assert known_units(2) == known_units() == swapped


@pytest.mark.parametrize("parents", [{"acme": "oslo"}, {"north": "oslo"}, {"oslo": "oslo"}])
def test_a_ring_is_refused(parents: dict[str, str]) -> None:
    ring = [
        UnitDefinition(unit.key, unit.name, parents.get(unit.key, unit.parent), unit.level) for unit in ACME
    ]

    with pytest.raises(UnitCycle):
        refuse_broken_tree(ring)


@pytest.mark.django_db
def test_the_database_itself_refuses_a_unit_that_is_its_own_parent() -> None:
    write(ACME, seq=1)
    oslo = Unit.objects.get(key="oslo")

    with pytest.raises(IntegrityError):
        Unit.objects.filter(pk=oslo.pk).update(parent=oslo)
