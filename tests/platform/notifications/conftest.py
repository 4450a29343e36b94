"""Three people: Nora sees the north, Olle the whole, Mel holds no role."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fourfold.engine.definitions import Membership, Person
from fourfold.platform.accounts.models import Person as PersonRow
from fourfold.platform.notifications.actions import notify
from fourfold.platform.notifications.kinds import NoticeKind
from tests.platform.accounts.test_scope import bring
from tests.platform.units.test_unit_tree import ACME, write

AT = datetime(2026, 10, 8, 9, tzinfo=UTC)
PEOPLE = (
    Person("nora", "Nora North", "nora@example.org", (Membership("measure_owner", "north"),)),
    Person("olle", "Olle Oslo", "olle@example.org", (Membership("viewer", "acme"),)),
    Person("mel", "Mel", "mel@example.org"),
)


@pytest.fixture
def people(db: None) -> None:
    write(ACME, seq=1)
    bring(PEOPLE)


def row(key: str) -> PersonRow:
    return PersonRow.objects.get(key=key)


def tell(*keys: str, kind: NoticeKind = NoticeKind.MENTION, key: str = "one", unit: str = "north") -> int:
    """Tell these people that `key` happened."""
    text = f"Something happened: {key}"
    return notify(keys, kind, subject_text=text, address=f"/there/{key}/", key=key, at=AT, unit=unit)
