"""Jobs whose one effect is an event in the journal: how often it stands there is how often it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from fourfold.platform.audit.actions import record
from fourfold.platform.audit.events import Event
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.jobs import registry
from fourfold.platform.jobs.lease import Lease
from fourfold.platform.jobs.registry import JobFunction, job

AT = datetime(2026, 10, 8, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LoafBaked(Event):
    """What the jobs of these tests do to the world."""


def bake(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    with lease.effect():
        record(LoafBaked(f"loaf/{payload['loaf']}"), scope=lease.scope, at=lease.at)
    return {"baked": payload["loaf"]}


def loaves_baked() -> list[str]:
    """In the order they were, each as often as it was."""
    return list(AuditEvent.objects.filter(action="loaf_baked").values_list("object", flat=True))


@pytest.fixture
def registered() -> Iterator[Callable[[str, JobFunction], None]]:
    """Register jobs that are forgotten after the test."""
    before = dict(registry._FUNCTIONS)

    def register(name: str, function: JobFunction) -> None:
        job(name)(function)

    register("tests.bake", bake)
    yield register
    registry._FUNCTIONS.clear()
    registry._FUNCTIONS.update(before)
