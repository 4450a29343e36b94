"""Do what is due, here and now."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime

from fourfold.platform.jobs.actions.fire_schedules import fire_schedules
from fourfold.platform.jobs.actions.run_job import Surround, run_job
from fourfold.platform.jobs.actions.take_job import take_next_job

__all__ = ["run_due_jobs"]


def run_due_jobs(*, at: datetime, alongside: Surround = nullcontext) -> tuple[str, ...]:
    """Run every job due at `at`, and those they queue, in this process; answers their keys in order.

    What a dead worker left is not taken: nobody can tell it from a living one without watching for a while.
    """
    fire_schedules(at=at)
    keys: list[str] = []
    while (job := take_next_job(at=at)) is not None:
        run_job(job, clock=lambda: at, alongside=alongside)
        keys.append(job.key)
    return tuple(keys)
