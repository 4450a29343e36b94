"""Files that were handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.data.imports.models import Upload
from fourfold.platform.accounts.scope import Scope

__all__ = ["KeptFile", "kept_file"]


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


def kept_file(reference: str, *, scope: Scope) -> KeptFile:
    """One's own file.

    Raises:
        UploadUnknown.
    """
    return KeptFile.of(Upload.objects.visible_to(scope).get_or_refuse(reference=reference))
