"""Say that a worker is there."""

from __future__ import annotations

from datetime import datetime, timedelta

from fourfold.platform.jobs.models import WorkerPulse

__all__ = ["show_pulse", "withdraw_pulse"]

FORGOTTEN_AFTER = timedelta(days=1)


def show_pulse(name: str, *, at: datetime) -> None:
    """Write down that this worker lives, and forget those that were not seen for a day."""
    WorkerPulse.objects.update_or_create(name=name, defaults={"seen_at": at})
    WorkerPulse.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()


def withdraw_pulse(name: str) -> None:
    """This worker stops knowingly."""
    WorkerPulse.objects.filter(name=name).delete()
