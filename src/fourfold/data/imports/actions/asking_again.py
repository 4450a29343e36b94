"""What was asked for before and came to nothing is tried anew; what stands or waits is not asked for twice."""

from __future__ import annotations

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.models import Job, JobState

__all__ = ["fresh_key"]


def fresh_key(key: str, *, scope: Scope, spent: int = 0) -> str:
    """The key, numbered after the tries that were refused or failed, and after `spent` others. One query."""
    tries = Job.objects.visible_to(scope).filter(key__startswith=key)
    spent += tries.filter(state__in=(JobState.REFUSED, JobState.FAILED)).count()
    return f"{key}-{spent + 1}" if spent else key
