"""The daily digest: one job asks who is to get one, and queues a job for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.jobs.lease import Lease
from fourfold.platform.jobs.registry import job
from fourfold.platform.jobs.schedules import every
from fourfold.platform.notifications.actions.send_digest import let_go, mark_mailed, send_digest
from fourfold.platform.notifications.queries.digest import known_out_of_sight, known_readers_of_a_digest

__all__ = ["mail_digest", "mail_digests"]

every("0 7 * * *", "notifications.digests")  # in the organisation's own morning


@job("notifications.digests")
def mail_digests(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Queue a mail for everybody for whom something waits."""
    day = str(payload["due"])[:10]
    with lease.effect():
        people = known_readers_of_a_digest()
        for person in people:
            mail = {"person": person, "day": day}
            enqueue(
                "notifications.digest", mail, key=f"digest:{day}:{person}", scope=lease.scope, at=lease.at
            )
    return {"people": len(people)}


@job("notifications.digest")
def mail_digest(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Mail one person; the day's key lets it happen once."""
    told = send_digest(payload["person"], day=payload["day"])
    with lease.effect():
        mark_mailed(told, at=lease.at)
        let_go(known_out_of_sight(payload["person"]))  # else a job comes in vain each morning
    return {"notices": len(told)}
