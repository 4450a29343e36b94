"""Work of this room that outlasts a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.data.imports.actions.commit_import import COMMIT_JOB, commit_import
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.platform.jobs.lease import Lease
from fourfold.platform.jobs.registry import job

__all__ = ["commit"]


@job(COMMIT_JOB)
def commit(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Import a kept file in the lease's one effect: the values and the job's end are committed together."""

    def tell(words: str, *, done: int = 0, total: int = 0) -> None:
        lease.report(done, total)

    request = ImportRequest.of_payload(payload)
    commit_import(request, scope=lease.scope, at=lease.at, tell=tell, within=lease.effect())
    return {}  # what the effect leaves stands already
