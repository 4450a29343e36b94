"""That a worker is there."""

from __future__ import annotations

from django.db import models

__all__ = ["WorkerPulse"]


class WorkerPulse(models.Model):
    """When a worker last said so: for whoever watches the installation. No lease depends on it."""

    name = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
