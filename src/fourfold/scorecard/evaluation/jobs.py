"""Every ten minutes: bring the cube's mirror up to the ledger, for the next process that starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.platform.jobs.lease import Lease
from fourfold.platform.jobs.registry import job
from fourfold.platform.jobs.schedules import every
from fourfold.scorecard.evaluation.actions.refresh_mirror import refresh_mirror

__all__ = ["mirror_cube"]

every("*/10 * * * *", "evaluation.mirror")


@job("evaluation.mirror")
def mirror_cube(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Write a generation where one is due; done twice it does no harm."""
    seq = refresh_mirror(lease.at)
    with lease.effect():
        return {"seq": seq}
