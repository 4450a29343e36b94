"""Preview a file that is too large for a request: as a job, which leaves what it found beside the file."""

from __future__ import annotations

import os
from datetime import datetime

from django.db import transaction

from fourfold.data.imports.actions.asking_again import fresh_key
from fourfold.data.imports.actions.telling import Tell, silent
from fourfold.data.imports.models import Upload
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.data.imports.queries.kept_previews import is_previewed_at_once, preview_name, preview_text
from fourfold.data.imports.queries.preview import preview_import
from fourfold.data.imports.queries.uploads import KeptFile
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.refusals.disk_full import refusing_full_disk
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = ["PREVIEW_JOB", "ask_for_preview", "keep_preview"]

PREVIEW_JOB = "imports.preview"


@transaction.atomic
def ask_for_preview(request: ImportRequest, *, scope: Scope, at: datetime) -> str | None:
    """Queue the preview and answer the job's key; None: the file is small enough to be previewed at once.

    Asked again while the ledger stands still it is the same job.

    Raises:
        NotPermitted, UploadUnknown.
    """
    scope.require_to(Act.IMPORT_VALUES)
    upload = Upload.objects.visible_to(scope).get_or_refuse(reference=request.file)
    if is_previewed_at_once(KeptFile.of(upload)):
        return None
    name = preview_name(request, scope=scope).removesuffix(".json")
    key = fresh_key(f"{PREVIEW_JOB}-{upload.pk}-{name}-{head_seq()}", scope=scope)
    return enqueue(PREVIEW_JOB, request.to_payload(), key=key, scope=scope, at=at).key


def keep_preview(request: ImportRequest, *, scope: Scope, at: datetime, tell: Tell = silent) -> None:
    """Preview the file and leave the result beside it; whoever asks meanwhile finds the one before, or none.

    Raises:
        What `preview_import` raises, DiskFull.
    """
    seq = (
        head_seq()
    )  # before reading: what is written meanwhile makes the preview an old one, never a wrong one
    preview = preview_import(
        request, scope=scope, at=at, progress=lambda done, total: tell("Reading", done=done, total=total)
    )
    upload = Upload.objects.visible_to(scope).get_or_refuse(reference=request.file)
    path = upload.folder / preview_name(request, scope=scope)
    aside = path.with_suffix(f".{os.getpid()}")
    with refusing_full_disk():
        aside.write_text(preview_text(preview, made_at=at, seq=seq), encoding="utf-8")
        aside.replace(path)
