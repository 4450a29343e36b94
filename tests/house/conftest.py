"""The guarded house, built once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.house.guarded_bakery import GuardedBakery, built


@pytest.fixture(scope="module")
def guarded(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[GuardedBakery]:
    """One transaction for a whole file; each unsafe request is undone by the test that sends it."""
    before = settings.FOURFOLD_HOME
    settings.FOURFOLD_HOME = tmp_path_factory.mktemp("guarded")
    with django_db_blocker.unblock(), built(settings.FOURFOLD_HOME) as house:  # type: ignore[attr-defined]
        yield house
    settings.FOURFOLD_HOME = before
