"""Harbour Bakery, as its folder says, with people who enter, approve and look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from fourfold.data.entry.actions.close_period import Step, close_period
from fourfold.data.imports.actions import load_strategy_folder
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION, Scope
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation

FOUR_OBJECTIVES = Path(__file__).parents[3] / "examples" / "four-objectives"
MORNING = datetime(2026, 10, 8, 6, tzinfo=UTC)
SHEET = "/entry/old-town/2026-10/"
"""October has begun and nothing of it was reported."""

Reading = Callable[..., BeautifulSoup]


@pytest.fixture
def bakery(db: None) -> None:
    """Two shops, five measures, today is 8 October 2026; Ana directs, Bruno owns, Clara stewards."""
    load_strategy_folder(FOUR_OBJECTIVES, data=None, scope=INSTALLATION, at=MORNING)


def person(key: str, *roles: tuple[str, str]) -> Person:
    found = Person.objects.create_user(key, name=key.capitalize())
    for role, unit in roles:
        Membership.objects.create(person=found, role=role, unit=Unit.objects.get(key=unit))
    return found


@pytest.fixture
def approvers(bakery: None) -> tuple[Scope, Scope]:
    """Two people who may approve restatements anywhere."""
    person("dora", ("approver", "bakery"))
    person("emil", ("approver", "bakery"))
    return scope_of_key("dora"), scope_of_key("emil")


@pytest.fixture
def steward(bakery: None) -> Scope:
    return scope_of_key("clara")


@pytest.fixture
def whole(steward: Scope) -> None:
    """The one rating that the bakery's files lack has come in: nothing of the past is owed."""
    august = NewObservation("satisfaction", "riverside", 24_319, value=4.1, n=120)
    append_observations([august], scope=steward, at=MORNING)


@pytest.fixture
def clara(bakery: None) -> Person:
    return Person.objects.get(key="clara")


@pytest.fixture
def read(client: Client) -> Reading:
    """Open a page as somebody and read it."""

    def reading(who: Person, address: str, **parameters: str) -> BeautifulSoup:
        client.force_login(who)
        return BeautifulSoup(client.get(address, parameters).content, "lxml")

    return reading


def close(scope: Scope, unit: str, month: str, *, state: str = "final", reason: str = "Done") -> None:
    close_period(Step(unit, month, state, reason), scope=scope, at=MORNING)
