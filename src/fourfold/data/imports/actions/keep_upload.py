"""Take a file from somebody and keep it until it is imported."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.models import Upload
from fourfold.data.imports.queries.opening import file_refusals
from fourfold.data.imports.queries.uploads import KeptFile
from fourfold.folder.mapping.files import kind_of, plain_file
from fourfold.folder.mapping.look import require_table
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.disk_full import refusing_full_disk

__all__ = ["UploadTooLarge", "discard_old_uploads", "discard_upload", "keep_upload"]

KEPT_FOR = timedelta(days=7)
LONGEST_NAME = 200


class UploadTooLarge(Refusal):
    code, status = "UPLOAD_TOO_LARGE", 413
    sentence = _("The file is larger than {megabytes} MB.")
    remedy = _("Split it, or ask your administrator to raise FOURFOLD_UPLOAD_MB or to use the command.")


def keep_upload(chunks: Iterable[bytes], *, name: str, scope: Scope, at: datetime) -> KeptFile:
    """Write the file as it comes, never more than allowed, and see that it can be read.

    A workbook or Parquet is unpacked at once, so a bomb is refused here and a later look is quick; so is
    what holds no table, which no later step could read.

    Raises:
        NotPermitted, UploadTooLarge, FileNotTaken, DiskFull.
    """
    scope.require_to(Act.IMPORT_VALUES)
    discard_old_uploads(at=at)
    upload = Upload(
        reference=secrets.token_urlsafe(32),
        name=PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:] or "file",
        keeper=scope.person_key,
        kept_at=at,
    )
    try:
        with refusing_full_disk():
            upload.folder.mkdir(parents=True, mode=0o700)
            upload.size, upload.sha256 = _written(chunks, upload.path)
            with file_refusals():
                upload.kind = kind_of(upload.path).value
                require_table(plain_file(upload.path, into=upload.folder))
            upload.save(force_insert=True)
    except BaseException:
        shutil.rmtree(upload.folder, ignore_errors=True)
        raise
    return KeptFile.of(upload)


def discard_upload(reference: str, *, scope: Scope) -> None:
    """Forget one's own file; one that is gone already is fine.

    Raises:
        NotPermitted.
    """
    scope.require_to(Act.IMPORT_VALUES)
    for upload in Upload.objects.visible_to(scope).filter(reference=reference):
        _discard(upload)


def discard_old_uploads(*, at: datetime) -> int:
    """Forget files that nobody imported within a week; answers how many."""
    old = list(Upload.objects.filter(kept_at__lt=at - KEPT_FOR))
    for upload in old:
        _discard(upload)
    return len(old)


def _discard(upload: Upload) -> None:
    """The row first: a file without a row is only garbage, a row without a file a lie."""
    with transaction.atomic():
        upload.delete()
    shutil.rmtree(upload.folder, ignore_errors=True)


def _written(chunks: Iterable[bytes], path: Path) -> tuple[int, str]:
    """Size and SHA-256 of what was written."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as stream:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.FOURFOLD_UPLOAD_MB << 20:
                raise UploadTooLarge(megabytes=settings.FOURFOLD_UPLOAD_MB)
            digest.update(chunk)
            stream.write(chunk)
    return size, digest.hexdigest()
