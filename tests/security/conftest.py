"""A house in which every text is hostile, built once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.house.conftest import guarded  # noqa: F401 - the same house, with nothing planted
from tests.house.guarded_bakery import GuardedBakery, undone
from tests.security.planting import plant
from tests.security.saying import Speaker, payloads

REMARKS = 25


@dataclass(frozen=True, slots=True)
class HostileBakery:
    """The guarded house, and who has spoken in which of its fields."""

    house: GuardedBakery
    speaker: Speaker


@pytest.fixture(scope="module")
def hostile(guarded: GuardedBakery) -> Iterator[HostileBakery]:  # noqa: F811
    """Every payload stands somewhere, and every field says one."""
    speaker = Speaker(payloads())
    with undone():
        plant(speaker, remarks=REMARKS)
        yield HostileBakery(guarded, speaker)
