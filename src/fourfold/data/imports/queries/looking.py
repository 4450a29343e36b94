"""A first look at a kept file, against what is defined now."""

from __future__ import annotations

from fourfold.data.imports.models import Upload
from fourfold.data.imports.queries.opening import file_refusals
from fourfold.data.imports.queries.unseen import known_to, own_unit, unseen_by
from fourfold.folder.mapping.look import FileLook, MappingDraft, look_at_file
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.definitions import read_definitions

__all__ = ["look_at"]


def look_at(
    reference: str,
    *,
    scope: Scope,
    sheet: str = "",
    header: int = 0,
    header_lines: int = 0,
    draft: MappingDraft | None = None,
) -> FileLook:
    """Its first rows, what they seem to mean and why, and a mapping made of that; `header` and its lines 0: guessed.

    With a `draft` that somebody chose the proposals follow it.

    Raises:
        NotPermitted, UploadUnknown, FileNotTaken, NotFounded.
    """
    scope.require_to(Act.IMPORT_VALUES)
    upload = Upload.objects.visible_to(scope).get_or_refuse(reference=reference)
    whole = read_definitions()
    unseen = unseen_by(whole, scope=scope)
    with file_refusals():
        return look_at_file(
            upload.path,
            name=upload.name,
            into=upload.folder,
            definitions=known_to(whole, unseen),
            sheet=sheet,
            header=header,
            header_lines=header_lines,
            chosen=draft,
            below=own_unit(whole, scope=scope),
            taken=unseen.units | unseen.measures,
        )
