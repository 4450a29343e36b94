"""What entering values asks of the worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.data.entry.actions.send_reminders import send_reminders
from fourfold.platform.jobs.lease import Lease
from fourfold.platform.jobs.registry import job
from fourfold.platform.jobs.schedules import every
from fourfold.platform.periods.models import NotFounded

__all__ = ["remind"]


@job("entry.remind")
def remind(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Each morning, once: what is due soon or late. An empty installation has nobody to remind."""
    with lease.effect() as effect:
        try:
            told = send_reminders(at=lease.at)
        except NotFounded:
            told = 0
        effect.leaves({"values": told})
    return {"values": told}


every("30 6 * * *", "entry.remind")  # before the mail of the day is written
