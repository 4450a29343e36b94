"""How far a schedule has fired."""

from __future__ import annotations

from django.db import models

__all__ = ["ScheduleMark"]


class ScheduleMark(models.Model):
    """Up to `fired_to` every occurrence has been seen to; only a hint: the keys of the jobs are what fires once."""

    name = models.CharField(max_length=64, primary_key=True)
    fired_to = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
