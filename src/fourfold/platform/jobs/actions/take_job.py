"""Give a job to one worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from fourfold.platform.jobs.models import Job, JobState

__all__ = ["LONGEST_WAIT", "Holder", "holders", "take_abandoned_job", "take_next_job"]

LONGEST_WAIT = timedelta(minutes=10)  # between two attempts


@dataclass(frozen=True, slots=True)
class Holder:
    """A sign of life: while the beats of a token change, its holder lives."""

    job_id: int
    token: int
    beats: int


def take_next_job(*, at: datetime) -> Job | None:
    """The oldest job that is due, now this worker's; None where there is nothing to do. Writes only when it takes."""
    due = Q(not_before=None) | Q(not_before__lte=at)
    # Nothing waits longer than this: the clock was turned back, and the job must not wait for it to catch up.
    due |= Q(not_before__gt=at + LONGEST_WAIT)
    queued = Job.objects.filter(state=JobState.QUEUED)
    for job in queued.filter(due).order_by("pk")[:8]:
        if taken := _taken(queued.filter(token=job.token), job_id=job.pk):
            return taken
    return None


def take_abandoned_job(holder: Holder) -> Job | None:
    """The job of a holder that shows no life any more; None: it showed some, or another worker was quicker."""
    still = Job.objects.filter(state=JobState.RUNNING, token=holder.token, beats=holder.beats)
    return _taken(still, job_id=holder.job_id)


def holders() -> tuple[Holder, ...]:
    """Every running job with its last sign of life; one query, no lock."""
    running = Job.objects.filter(state=JobState.RUNNING).order_by("pk")
    return tuple(Holder(*row) for row in running.values_list("pk", "token", "beats"))


def _taken(free: QuerySet[Job], *, job_id: int) -> Job | None:
    """A new token in one UPDATE that only one can win."""
    with transaction.atomic():
        won = free.filter(pk=job_id).update(
            state=JobState.RUNNING, token=F("token") + 1, beats=0, attempts=F("attempts") + 1
        )
        return Job.objects.get(pk=job_id) if won else None
