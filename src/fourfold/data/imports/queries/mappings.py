"""A mapping by its key or by its path, ready to read files with."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.models import StoredMapping
from fourfold.folder.document import read_document
from fourfold.folder.finding import Finding
from fourfold.folder.mapping import FileMapping, read_mapping
from fourfold.folder.schema import MAPPING, structure_findings
from fourfold.platform.refusals import Refusal

__all__ = ["MappingRefused", "NamedMapping", "columns_needed", "mapping_in_text", "mapping_named"]

SUFFIX = ".mapping.yaml"


class MappingRefused(Refusal):
    """The document's findings are in `findings`."""

    code, status = "MAPPING_REFUSED", 422
    sentence = _("The mapping cannot be used: {first}")
    remedy = _("Mend it; nothing was read.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in findings if finding.level == "error"]
        super().__init__(first=str((errors or list(findings))[0]))


@dataclass(frozen=True, slots=True)
class NamedMapping:
    """A mapping and the key runs are recorded under."""

    key: str
    mapping: FileMapping


def mapping_named(name: str) -> NamedMapping:
    """A stored mapping's key, or the path of a `*.mapping.yaml` file with its lookup tables beside it.

    Raises:
        MappingUnknown: no such key. MappingRefused: the document is wrong.
    """
    path = Path(name)
    if name.endswith(SUFFIX) and path.is_file():
        return NamedMapping(path.name.removesuffix(SUFFIX), _read(path.resolve()))
    stored = StoredMapping.objects.prefetch_related("lookups").get_or_refuse(key=name)
    with tempfile.TemporaryDirectory(prefix="fourfold-mapping-") as folder:
        return NamedMapping(stored.key, _read(_laid_out(stored, Path(folder).resolve())))


def mapping_in_text(key: str, text: str) -> NamedMapping:
    """A mapping document that stands nowhere yet; it may name no lookup tables.

    Raises:
        MappingRefused: the document is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="fourfold-mapping-") as folder:
        path = Path(folder).resolve() / f"{key}{SUFFIX}"
        path.write_text(text, encoding="utf-8")
        return NamedMapping(key, _read(path))


def columns_needed(path: Path) -> tuple[str, ...]:
    """The columns that a file must have for the mapping at this path; none where the document is wrong."""
    try:
        return _read(path.resolve()).wanted
    except MappingRefused:
        return ()


def _laid_out(stored: StoredMapping, folder: Path) -> Path:
    """The document and its lookup tables as files: the reader knows only those."""
    for table in stored.lookups.all():
        (folder / table.name).write_text(table.text, encoding="utf-8")
    path = folder / f"{stored.key}{SUFFIX}"
    path.write_text(stored.text, encoding="utf-8")
    return path


def _read(path: Path) -> FileMapping:
    findings: tuple[Finding, ...]
    document, findings = read_document(path, path.name)
    if document is not None:
        findings += structure_findings(document, MAPPING)
    if document is None or any(finding.level == "error" for finding in findings):
        raise MappingRefused(findings)
    mapping, found = read_mapping(document, path.parent)
    if mapping is None:
        raise MappingRefused((*findings, *found))
    return mapping
