"""Whether anybody does the work."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from fourfold.platform.jobs.models import WorkerPulse

__all__ = ["known_worker_seen_at"]


def known_worker_seen_at() -> datetime | None:
    """When any worker last showed itself; None: never. One query, for whoever watches the installation."""
    seen: datetime | None = WorkerPulse.objects.aggregate(latest=Max("seen_at"))["latest"]
    return seen
