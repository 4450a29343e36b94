"""Each night the links of every map that was ever tested, and the topmost unit's; and whenever somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.governance.evidence.actions.ask_for_test import JOB, queue_test
from fourfold.governance.evidence.actions.look_for_evidence import keep_evidence, look_for_evidence
from fourfold.governance.evidence.queries.due import units_to_test
from fourfold.platform.jobs.lease import Lease
from fourfold.platform.jobs.registry import job
from fourfold.platform.jobs.schedules import every

__all__ = ["test_maps", "test_one_map"]

every("30 3 * * *", "evidence.night")


@job("evidence.night")
def test_maps(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Queue a test for each unit whose ledger moved since its last one."""
    with lease.effect():
        due = units_to_test()
        for unit, seq in due:
            queue_test(unit, seq=seq, scope=lease.scope, at=lease.at)
    return {"units": len(due)}


@job(JOB)
def test_one_map(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Compute outside the transaction, write inside it."""
    found = look_for_evidence(payload["unit"], scope=lease.scope, at=lease.at)
    with lease.effect():
        run = keep_evidence(found, payload["unit"], scope=lease.scope, at=lease.at)
    return {"run": run.pk, "links": run.links}
