"""Do what an import request asks for: here and now, or as a job with a progress bar."""

from __future__ import annotations

import hashlib
import json
from contextlib import AbstractContextManager
from datetime import datetime

from django.db import transaction

from fourfold.data.imports.actions.asking_again import fresh_key
from fourfold.data.imports.actions.import_file import import_source
from fourfold.data.imports.actions.telling import Tell, silent
from fourfold.data.imports.models import ImportRun, Upload
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.data.imports.queries.prepared_import import source_of
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.jobs.lease import Effect
from fourfold.platform.jobs.models import Job, JobState

__all__ = ["COMMIT_JOB", "commit_import", "enqueue_import"]

COMMIT_JOB = "imports.commit"


def commit_import(
    request: ImportRequest,
    *,
    scope: Scope,
    at: datetime,
    tell: Tell = silent,
    within: AbstractContextManager[Effect] | None = None,
) -> ImportRun:
    """Import the kept file, all or nothing; the file stays kept for its week.

    Raises:
        UploadUnknown, MappingUnknown, MappingRefused, and what `import_source` raises.
    """
    return import_source(source_of(request, scope=scope), scope=scope, at=at, tell=tell, within=within)


@transaction.atomic
def enqueue_import(request: ImportRequest, *, scope: Scope, at: datetime) -> str:
    """Queue it as a job and answer the job's key. The same request again answers the same job while that one stands.

    Raises:
        NotPermitted, UploadUnknown.
    """
    scope.require_to(Act.IMPORT_VALUES)
    Upload.objects.visible_to(scope).get_or_refuse(reference=request.file)
    payload = request.to_payload()
    spelt = json.dumps(payload, sort_keys=True).encode()
    key = f"{COMMIT_JOB}-{hashlib.sha256(spelt).hexdigest()[:32]}"
    key = fresh_key(key, scope=scope, spent=_taken_back(key, scope=scope))
    return enqueue(COMMIT_JOB, payload, key=key, scope=scope, at=at).key


def _taken_back(key: str, *, scope: Scope) -> int:
    """How many earlier tries were done and undone since."""
    tries = Job.objects.visible_to(scope).filter(key__startswith=key, state=JobState.DONE)
    runs = [result.get("run", "") for result in tries.values_list("result", flat=True)]
    return ImportRun.objects.filter(reference__in=runs).exclude(withdrawn_at=None).count()
