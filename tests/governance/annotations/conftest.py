"""Harbour Bakery with people of every role, and the ways to speak in their names."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.governance.annotations.models import AnnotationType, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit

FOUR_OBJECTIVES = Path(__file__).parents[3] / "examples" / "four-objectives"
AT = datetime(2026, 10, 8, 9, tzinfo=UTC)
SOON = AT + timedelta(minutes=5)

SALES = Anchor(Subject.MEASURE, "sales", "bakery", "2026-09")
SALES_OLD_TOWN = Anchor(Subject.MEASURE, "sales", "old-town", "2026-09")
SALES_RIVERSIDE = Anchor(Subject.MEASURE, "sales", "riverside", "2026-09")
ON_TIME = Anchor(Subject.OBJECTIVE, "serve-on-time", "bakery", "2026-09")
WORKING = (
    "administrator",
    "strategy_office",
    "objective_owner",
    "measure_owner",
    "data_steward",
    "review_facilitator",
    "approver",
)
READING = ("auditor", "viewer")
CAUSE, CONTEXT = AnnotationType.CAUSE, AnnotationType.CONTEXT

XSS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1) http://example.org/?a=1&b=2",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "'><svg/onload=alert(1)>",
)


@pytest.fixture
def bakery(db):
    load_strategy_folder(FOUR_OBJECTIVES, data=None, scope=INSTALLATION, at=AT)


def person_with(key, role, unit):
    person = Person.objects.create_user(key, name=key.replace("-", " ").title())
    if role:
        Membership.objects.create(person=person, role=role, unit=Unit.objects.get(key=unit))
    return person


@pytest.fixture
def person(bakery):
    """Somebody with a role at a unit: `person("olga", "viewer", "old-town")`; without a role one of the folder's."""

    def find(key, role="", unit=""):
        return person_with(key, role, unit) if role else Person.objects.get(key=key)

    return find


@pytest.fixture
def scope(person):
    """The same person's sight."""
    return lambda *said: scope_of(person(*said))


@pytest.fixture
def now_as(person):
    """Somebody known with this one role instead of all they held: `now_as("bruno", "auditor")`."""

    def become(key, role, unit="bakery"):
        known = person(key)
        known.memberships.all().delete()
        Membership.objects.create(person=known, role=role, unit=Unit.objects.get(key=unit))
        return scope_of(known)

    return become


@pytest.fixture
def ana(person):
    """The strategy office at the root; owns sales."""
    return person("ana")


@pytest.fixture
def read(client):
    def reading(person, address):
        client.force_login(person)
        answer = client.get(address)
        assert answer.status_code == 200, answer.content[:300]
        return BeautifulSoup(answer.content, "lxml")

    return reading
