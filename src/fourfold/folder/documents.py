"""The YAML files of one folder, each read and of the right shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fourfold.folder.document import Document, read_document
from fourfold.folder.finding import Finding, error, warning
from fourfold.folder.schema import MAPPING, MEASURE, STRATEGY, UNITS, Schema, structure_findings

__all__ = ["MAPPING_ENDING", "FolderDocuments", "read_documents"]

MAPPING_ENDING = ".mapping.yaml"
MEASURE_ENDING = ".yaml"


@dataclass(frozen=True, slots=True)
class FolderDocuments:
    """What a folder says, file by file; measures and mappings in the order of their names."""

    strategy: Document
    units: Document
    measures: tuple[Document, ...]
    mappings: tuple[Document, ...]


def read_documents(folder: Path) -> tuple[FolderDocuments | None, tuple[Finding, ...]]:
    """Read every YAML file; None where one is missing, malformed or of the wrong shape."""
    findings = list(_stray_files(folder))
    strategy = _read(folder, "strategy.yaml", schema=STRATEGY, findings=findings)
    units = _read(folder, "units.yaml", schema=UNITS, findings=findings)
    measures = _read_all(folder, "measures", ending=MEASURE_ENDING, schema=MEASURE, findings=findings)
    mappings = _read_all(folder, "data", ending=MAPPING_ENDING, schema=MAPPING, findings=findings)
    findings.extend(_misnamed(measures, MEASURE_ENDING))
    findings.extend(_misnamed(mappings, MAPPING_ENDING))
    if strategy is None or units is None or any(finding.level == "error" for finding in findings):
        return None, tuple(findings)
    return FolderDocuments(strategy, units, measures, mappings), tuple(findings)


def _read_all(
    folder: Path, part: str, *, ending: str, schema: Schema, findings: list[Finding]
) -> tuple[Document, ...]:
    # By key, not by file name: "a.yaml" comes after "a-b.yaml", but "a" before "a-b".
    keys = sorted(path.name.removesuffix(ending) for path in (folder / part).glob(f"*{ending}"))
    read = (_read(folder, f"{part}/{key}{ending}", schema=schema, findings=findings) for key in keys)
    return tuple(document for document in read if document is not None)


def _read(folder: Path, name: str, *, schema: Schema, findings: list[Finding]) -> Document | None:
    path = folder / name
    if not path.is_file():
        findings.append(
            error(
                "FILE_MISSING",
                name,
                line=0,
                message="There is no such file.",
                remedy="Write it; see docs/strategy-folder.md.",
            )
        )
        return None
    document, found = read_document(path, name)
    findings.extend(found)
    if document is not None:
        shape = structure_findings(document, schema)
        findings.extend(shape)
        if shape:
            return None
    return document


def _misnamed(documents: tuple[Document, ...], ending: str) -> Iterator[Finding]:
    for document in documents:
        key = document.value["key"] if isinstance(document.value, dict) else None
        expected = Path(document.file).name.removesuffix(ending)
        if key != expected:
            yield error(
                "FIELD_WRONG",
                document.file,
                line=document.line("key"),
                message=f'The key is "{key}", but the file is called "{expected}{ending}".',
                remedy="A file is named after its key: rename one of the two.",
            )


def _stray_files(folder: Path) -> Iterator[Finding]:
    """Files that look meant but are not read."""
    meant = [*folder.glob("*.yml"), *folder.glob("measures/*.yml"), *folder.glob("data/*.yml")]
    meant += [path for path in folder.glob("data/*.yaml") if not path.name.endswith(MAPPING_ENDING)]
    for path in sorted(meant):
        yield warning(
            "FILE_IGNORED",
            path.relative_to(folder).as_posix(),
            line=0,
            message="This file is not read.",
            remedy=f"Name it .yaml, or {MAPPING_ENDING} where it is a mapping.",
        )
