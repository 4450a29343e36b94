"""A worker as a process of its own. It says `working`, waits for a line, has its effect, and says how it went.

Arguments: a name, whether it is `careful` or `careless` (checks no token: what the tests must catch), and how many
seconds its wall clock is off.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

import django

import fourfold.config.sqlite  # noqa: F401 - first, before anything imports sqlite3

django.setup()

from django.utils import timezone  # noqa: E402

from fourfold.platform.audit.actions import record  # noqa: E402
from fourfold.platform.jobs.lease import Lease, LeaseLost  # noqa: E402
from fourfold.platform.jobs.registry import job  # noqa: E402
from fourfold.platform.jobs.worker import Pace, Worker  # noqa: E402
from tests.platform.jobs.conftest import LoafBaked  # noqa: E402

NAME, MANNER, CLOCK_OFF = sys.argv[1:]
PACE = Pace(lease=0.6, beat=0.05, poll=0.02, pulse=10)


def say(what: str) -> None:
    sys.stdout.write(f"{NAME} {what}\n")
    sys.stdout.flush()


@job("tests.bake")
def bake(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    say("working")
    sys.stdin.readline()
    try:
        with lease.effect():
            record(LoafBaked(f"loaf/{payload['loaf']}"), scope=lease.scope, at=lease.at)
    except LeaseLost:
        say("lost")
        raise
    say("effected")
    if payload.get("lingers"):
        sys.stdin.readline()
    return {"by": NAME}


if MANNER == "careless":
    Lease._hold = lambda _self: None  # type: ignore[method-assign]
Worker(NAME, clock=lambda: timezone.now() + timedelta(seconds=float(CLOCK_OFF)), pace=PACE).work(Event())
