"""What a worker holds while it does a job, and what keeps it from committing once it holds it no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.models import Job, JobState
from fourfold.platform.jobs.progress import Progress, ProgressFile

__all__ = ["Effect", "Lease", "LeaseLost"]


class LeaseLost(Exception):
    """Somebody else has taken the job meanwhile, or it has ended: nothing this worker still does may count."""


class Effect:
    """What the job leaves behind with its one effect, should the worker die right after."""

    def __init__(self) -> None:
        self.result: Mapping[str, Any] = {}

    def leaves(self, result: Mapping[str, Any]) -> None:
        """Keep this as the job's result, in the effect's transaction."""
        self.result = result


class Lease:
    """`scope` is the actor's, read anew when the job began; `at` is when that was."""

    def __init__(self, job: Job, *, scope: Scope, at: datetime) -> None:
        self.scope, self.at, self.key, self.attempt = scope, at, job.key, job.attempts
        self._job_id, self._token = job.pk, job.token
        self._progress = ProgressFile(job.pk, token=job.token)

    def report(self, done: int, total: int) -> None:
        """Say how far the job is; cheap, touches no database, and may be said inside the effect."""
        self._progress.write(Progress(done, total))

    @contextmanager
    def effect(self) -> Iterator[Effect]:
        """The transaction in which the job changes something: with it the job is done, or neither happened.

        Its first statement is an UPDATE of the job where the token is still ours. That row stays locked until the
        commit, so nobody takes the job in between. One effect a job; whatever it reads to decide, it reads inside.

        Raises:
            LeaseLost: the job is somebody else's by now, or has had its effect.
        """
        with transaction.atomic():
            self._hold()
            effect = Effect()
            yield effect
            self._held().update(state=JobState.DONE, result=dict(effect.result), ended_at=self.at)

    @contextmanager
    def step(self) -> Iterator[None]:
        """One of several transactions of a job that repeats safely: checks the token, does not end the job.

        Raises:
            LeaseLost: as for `effect`.
        """
        with transaction.atomic():
            self._hold()
            yield

    def beat(self) -> bool:
        """Show that the holder is alive; False: it holds the lease no more."""
        return self._held().update(beats=F("beats") + 1) == 1

    def _hold(self) -> None:
        if not self.beat():
            raise LeaseLost(f"{self.key}: token {self._token} is not the last one given")

    def _held(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self._job_id, token=self._token, state=JobState.RUNNING)
