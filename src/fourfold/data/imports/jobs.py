"""Work of this room that outlasts a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.data.imports.actions.commit_import import COMMIT_JOB, commit_import
from fourfold.data.imports.actions.preview_large_file import PREVIEW_JOB, keep_preview
from fourfold.data.imports.actions.telling import Tell
from fourfold.data.imports.actions.undo_import import UNDO_JOB
from fourfold.data.imports.actions.withdraw_import import withdraw_import
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.platform.jobs.lease import Lease
from fourfold.platform.jobs.registry import job

__all__ = ["commit", "preview", "withdraw"]


@job(COMMIT_JOB)
def commit(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Import a kept file in the lease's one effect: the values and the job's end are committed together."""
    request = ImportRequest.of_payload(payload)
    commit_import(request, scope=lease.scope, at=lease.at, tell=_telling(lease), within=lease.effect())
    return {}  # what the effect leaves stands already


@job(UNDO_JOB)
def withdraw(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Take an import back in the lease's one effect."""
    withdraw_import(
        payload["run"],
        reason=payload["reason"],
        scope=lease.scope,
        at=lease.at,
        tell=_telling(lease),
        within=lease.effect(),
    )
    return {}  # likewise


@job(PREVIEW_JOB)
def preview(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
    """Write down what a file would do. Writes to no database: done twice, it leaves the same."""
    keep_preview(ImportRequest.of_payload(payload), scope=lease.scope, at=lease.at, tell=_telling(lease))
    return {"file": payload["file"]}


def _telling(lease: Lease) -> Tell:
    def tell(words: str, *, done: int = 0, total: int = 0) -> None:
        lease.report(done, total)

    return tell
