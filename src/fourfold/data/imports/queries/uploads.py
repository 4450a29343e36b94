"""Files that were handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from fourfold.data.imports.models import ImportRun, Upload
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope

__all__ = ["KeptFile", "files_waiting", "kept_file"]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as a page names it; `reference` is not to be guessed."""

    reference: str
    name: str
    kind: str
    size: int
    sha256: str
    kept_at: datetime

    @classmethod
    def of(cls, row: Upload) -> KeptFile:
        """From its row."""
        return cls(row.reference, row.name, row.kind, row.size, row.sha256, row.kept_at)


def files_waiting(scope: Scope, *, at_most: int) -> tuple[KeptFile, ...]:
    """One's own files whose content was not imported by oneself, the latest first. One query.

    Raises:
        NotPermitted.
    """
    scope.require_to(Act.IMPORT_VALUES)
    imported = ImportRun.objects.visible_to(scope).filter(
        file_sha256=OuterRef("sha256"), actor=scope.person_key, withdrawn_at=None
    )
    mine = Upload.objects.visible_to(scope).exclude(Exists(imported)).order_by("-kept_at", "-pk")
    return tuple(KeptFile.of(upload) for upload in mine[:at_most])


def kept_file(reference: str, *, scope: Scope) -> KeptFile:
    """One's own file.

    Raises:
        UploadUnknown.
    """
    return KeptFile.of(Upload.objects.visible_to(scope).get_or_refuse(reference=reference))
