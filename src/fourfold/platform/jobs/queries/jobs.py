"""A job as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.models import Job, JobState
from fourfold.platform.jobs.progress import Progress, ProgressFile

__all__ = ["JobPage", "job_of", "recent_jobs"]


@dataclass(frozen=True, slots=True)
class JobPage:
    """`problem`, `sentence` and `remedy` say why it was refused or failed; `result` is what its function answered."""

    key: str
    name: str
    state: JobState
    progress: Progress
    payload: Mapping[str, Any]
    result: Mapping[str, Any]
    problem: str
    sentence: str
    remedy: str
    queued_at: datetime
    ended_at: datetime | None
    has_ended: bool

    @property
    def is_done(self) -> bool:
        """Whether it had its effect."""
        return self.state is JobState.DONE


def job_of(key: str, *, scope: Scope) -> JobPage:
    """The job of that key as it stands; one query.

    Raises:
        JobUnknown: there is none, or it is somebody else's.
    """
    return _page(Job.objects.visible_to(scope).get_or_refuse(key=key))


def recent_jobs(*, scope: Scope, limit: int = 20) -> tuple[JobPage, ...]:
    """One's latest jobs, newest first; one query."""
    return tuple(_page(job) for job in Job.objects.visible_to(scope).order_by("-pk")[:limit])


def _page(job: Job) -> JobPage:
    is_running = job.state == JobState.RUNNING
    return JobPage(
        key=job.key,
        name=job.name,
        state=JobState(job.state),
        progress=ProgressFile(job.pk, token=job.token).read() if is_running else Progress(),
        payload=job.payload,
        result=job.result,
        problem=job.problem,
        sentence=job.sentence,
        remedy=job.remedy,
        queued_at=job.queued_at,
        ended_at=job.ended_at,
        has_ended=job.has_ended,
    )
