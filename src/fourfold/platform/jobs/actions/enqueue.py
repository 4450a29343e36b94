"""Ask for a piece of work, in the transaction of the change that needs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.models import Job
from fourfold.platform.jobs.registry import function_of

__all__ = ["enqueue"]


def enqueue(name: str, payload: Mapping[str, Any], *, key: str, scope: Scope, at: datetime) -> Job:
    """Queue the job, or answer the one that already has this key, whatever became of it.

    It exists when the caller's transaction commits, and not otherwise. It runs in the name of `scope`'s person, with
    the roles they hold by then.

    Raises:
        NoSuchJob: nothing is registered under `name`.
    """
    function_of(name)
    with transaction.atomic():
        job, _is_new = Job.objects.get_or_create(
            key=key,
            defaults={"name": name, "payload": dict(payload), "actor": scope.person_key, "queued_at": at},
        )
    return job
