"""Do a job that was taken, and write down what became of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.models import PersonUnknown
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION, Scope
from fourfold.platform.jobs.actions.take_job import LONGEST_WAIT
from fourfold.platform.jobs.lease import Lease, LeaseLost
from fourfold.platform.jobs.models import Job, JobState
from fourfold.platform.jobs.progress import ProgressFile
from fourfold.platform.jobs.registry import function_of
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.disk_fault import DiskFault, is_disk_fault
from fourfold.platform.refusals.disk_full import refusing_full_disk

__all__ = ["MOST_ATTEMPTS", "ActorHasNoRole", "run_job"]

MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=10)  # then four times as long after every attempt, up to LONGEST_WAIT

logger = logging.getLogger("fourfold.jobs")
Clock = Callable[[], datetime]
Surround = Callable[[Lease], Any]


class ActorHasNoRole(Refusal):
    code, status = "JOB_ACTOR_HAS_NO_ROLE", 403
    sentence = _("Whoever asked for this holds no role here any more.")
    remedy = _("Ask somebody who holds one to start it again.")


class KeptEnding(Refusal):
    code, status = "JOB_KEPT_ENDING", 500
    sentence = _("The worker ended in the middle of this, again and again.")
    remedy = _("Ask your administrator to look into the worker's log.")


class Failed(Refusal):
    code, status = "JOB_FAILED", 500
    sentence = _("Something went wrong on our side ({fault}); nothing was changed.")
    remedy = _("Try again later, or tell your administrator the time.")


def run_job(job: Job, *, clock: Clock, alongside: Surround) -> None:
    """Call the job's function under a lease and conclude it, unless the lease was lost meanwhile.

    `alongside(lease)` is entered around the function: a worker beats there.
    """
    try:
        lease = Lease(job, scope=_scope_of_actor(job), at=clock())
        _require_attempts_left(job)
        with refusing_full_disk(), alongside(lease):
            result = function_of(job.name)(job.payload, lease)
    except LeaseLost as lost:
        logger.warning("%s: another worker has it now (%s)", job.name, lost)
        return
    except KeptEnding as refused:
        _conclude(job, JobState.FAILED, at=clock(), refusal=refused)
    except Refusal as refused:
        _conclude(job, JobState.REFUSED, at=clock(), refusal=refused)
    except Exception as fault:
        logger.exception("%s (%s): attempt %d failed", job.name, job.key, job.attempts)
        _try_again_or_fail(job, fault, at=clock())
    else:
        _complete(job, result=result, at=clock())
    ProgressFile(job.pk, token=job.token).remove()


def _scope_of_actor(job: Job) -> Scope:
    """As of now, not of when the job was asked for: a role revoked meanwhile counts."""
    if not job.actor:
        return INSTALLATION
    try:
        scope = scope_of_key(job.actor)
    except PersonUnknown as gone:
        raise ActorHasNoRole from gone
    if not scope.roles:
        raise ActorHasNoRole
    return scope


def _require_attempts_left(job: Job) -> None:
    """A job that ends its worker every time is taken again and again; this is where that stops."""
    if job.attempts > MOST_ATTEMPTS:
        raise KeptEnding


def _complete(job: Job, *, result: object, at: datetime) -> None:
    """The effect may have made it done already; the result is then only completed."""
    kept = json.loads(json.dumps(result or {}, default=str))
    states = (JobState.RUNNING, JobState.DONE)
    ours = Job.objects.filter(pk=job.pk, token=job.token, state__in=states)
    ours.update(state=JobState.DONE, ended_at=at, **({"result": kept} if kept else {}))


def _conclude(job: Job, state: JobState, *, at: datetime, refusal: Refusal) -> None:
    _ours(job).update(
        state=state,
        ended_at=at,
        problem=refusal.code,
        sentence=refusal.told_sentence,
        remedy=refusal.told_remedy,
    )


def _try_again_or_fail(job: Job, fault: Exception, *, at: datetime) -> None:
    """Only the kind of a fault is kept for the page: its text may hold what nobody should read there."""
    if job.attempts >= MOST_ATTEMPTS:
        told = DiskFault() if is_disk_fault(fault) else Failed(fault=type(fault).__name__)
        _conclude(job, JobState.FAILED, at=at, refusal=told)
        return
    wait = min(FIRST_WAIT * 4 ** (job.attempts - 1), LONGEST_WAIT)
    _ours(job).update(state=JobState.QUEUED, not_before=at + wait)


def _ours(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)
