"""Have a unit's links tested by a worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fourfold.governance.evidence.queries.registrations import registered_links
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.jobs.models import Job
from fourfold.scorecard.evaluation.queries import visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["JOB", "ask_for_test", "queue_test"]

JOB = "evidence.test"
LOOKS_AT = 2  # counted up when a test comes to look at more: then it is another test of the same values


def ask_for_test(unit: str, *, scope: Scope, at: datetime) -> Job:
    """Queue the test, or answer the one that was done on the very same values, definitions and expectations.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, NotPermitted.
    """
    with known(at) as cube:
        visible_unit(cube.book, unit, scope=scope)
        seq = cube.seq
    scope.require_to(Act.RECORD_DECISION, unit=unit)
    return queue_test(unit, seq=seq, scope=scope, at=at)


@transaction.atomic
def queue_test(unit: str, *, seq: int, scope: Scope, at: datetime) -> Job:
    """The same for whoever needs no leave: the night, and the demo."""
    expected = max((each.pk for each in registered_links(unit, scope=scope).values()), default=0)
    key = f"evidence:{unit}:{seq}:{expected}:{LOOKS_AT}"
    return enqueue(JOB, {"unit": unit}, key=key, scope=scope, at=at)
