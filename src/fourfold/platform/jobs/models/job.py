"""One piece of work, from being asked for to its outcome."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet

__all__ = ["ENDED", "Job", "JobState", "JobUnknown"]


class JobUnknown(Refusal):
    code, status = "JOB_UNKNOWN", 404
    sentence = _("There is no such piece of work, or it is not yours.")


class JobState(models.TextChoices):
    """`refused` is an expected no; `failed` is a fault that stayed after every attempt."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


ENDED = frozenset({JobState.DONE, JobState.REFUSED, JobState.FAILED})


class JobQuerySet(RefusingQuerySet["Job"]):
    refusal = JobUnknown

    def visible_to(self, scope: Scope) -> Self:
        """One's own; to whoever runs the installation, everybody's."""
        if scope.runs_the_installation:
            return self.all()
        return self.filter(actor=scope.person_key) if scope.person_key else self.none()


class Job(models.Model):
    """`token` counts who has taken it, `beats` that the one who did is alive: neither is a time (decision 9)."""

    key = models.CharField(max_length=200, unique=True, db_index=False)
    name = models.CharField(max_length=64)
    payload = models.JSONField()
    actor = models.CharField(max_length=64, blank=True)  # a person's key; empty: the installation itself
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    token = models.PositiveBigIntegerField(default=0)
    beats = models.PositiveBigIntegerField(default=0)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)  # only after a failed attempt
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    problem = models.CharField(max_length=64, blank=True)  # the stable code of a refusal or a fault
    sentence = models.TextField(blank=True)
    remedy = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_is_in_a_known_state"),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="job_by_state"),
            models.Index(fields=["actor", "id"], name="job_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key} {self.state}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED
