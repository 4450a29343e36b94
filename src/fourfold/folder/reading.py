"""A whole strategy folder: read everything, report everything, take over all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.definitions import Definitions, Target
from fourfold.engine.rows import ObservationRows
from fourfold.folder.building import build_definitions
from fourfold.folder.canonical import canonical_targets
from fourfold.folder.documents import FolderDocuments, read_documents
from fourfold.folder.finding import Finding, FolderRefused, Level, error, warning
from fourfold.folder.mapping import ROW_DTYPES, MappedRows, RowCounts, read_mapped_csv, read_mapping
from fourfold.folder.mapping.document import is_inside, outside
from fourfold.folder.naming import naming_findings
from fourfold.folder.soundness import compiling_findings, soundness_findings
from fourfold.folder.targets_file import after_horizon, read_targets

__all__ = ["FolderReading", "Source", "check_folder", "read_folder"]


@dataclass(frozen=True, slots=True)
class Source:
    """One data file that was read, by which mapping, and what became of its rows."""

    key: str
    file: str
    counts: RowCounts


@dataclass(frozen=True, slots=True)
class FolderReading:
    """A folder that holds no error.

    `rows` stand in the order in which they became known; parallel to them: `recorded_at` in microseconds since 1970
    (UTC, 0 where nobody said), `release_status` (a place in `RELEASE_STATUSES`), `source` (a place in `sources`) and
    `line` in that source's file.
    """

    definitions: Definitions
    rows: ObservationRows
    recorded_at: NDArray[np.int64]
    release_status: NDArray[np.uint8]
    source: NDArray[np.int32]
    line: NDArray[np.int32]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]


def read_folder(path: Path, *, data: Path | None = None) -> FolderReading:
    """Read a folder; `data` is where mappings with `from: data` look for their files.

    Raises:
        FolderRefused: an error was found; all of them are in its `findings`.
    """
    reading, findings = _survey(path, data=data)
    if reading is None:
        raise FolderRefused(findings)
    return reading


def check_folder(path: Path, *, data: Path | None = None) -> tuple[Finding, ...]:
    """Everything there is to say about a folder: errors, and warnings that do not refuse it."""
    return _survey(path, data=data)[1]


def _survey(path: Path, *, data: Path | None) -> tuple[FolderReading | None, tuple[Finding, ...]]:
    """In stages: each needs the one before to be free of errors, and reports all it finds."""
    if not path.is_dir():
        missing = error(
            "FILE_MISSING",
            str(path),
            line=0,
            message="There is no such folder.",
            remedy="Name a strategy folder.",
        )
        return None, (missing,)
    documents, findings = read_documents(path)
    if documents is None:
        return None, findings
    findings += naming_findings(documents)
    if _has_error(findings):
        return None, findings
    definitions = build_definitions(documents)
    findings += soundness_findings(definitions, documents)
    if _has_error(findings):
        return None, findings
    targets, found = read_targets(path, definitions)
    findings += found
    if _has_error(findings):
        return None, findings
    definitions = replace(definitions, targets=targets)
    findings += compiling_findings(definitions, documents)
    if _has_error(findings):
        return None, findings
    return _with_data(path, documents, definitions=definitions, findings=findings, data=data)


def _with_data(
    path: Path,
    documents: FolderDocuments,
    *,
    definitions: Definitions,
    findings: tuple[Finding, ...],
    data: Path | None,
) -> tuple[FolderReading | None, tuple[Finding, ...]]:
    sources: list[Source] = []
    mapped: list[MappedRows] = []
    for document in documents.mappings:
        mapping, found = read_mapping(document, path)
        findings += found
        if mapping is None:
            continue
        base = path / Path(document.file).parent
        if mapping.is_outside:
            if data is None:
                findings += (_data_absent(document.file, mapping.file),)
                continue
            base = data
        if not is_inside(base / mapping.file, data if mapping.is_outside and data else path):
            findings += (outside(document, mapping.file, place=("file",)),)
            continue
        file = mapping.file if mapping.is_outside else (base / mapping.file).relative_to(path).as_posix()
        rows = read_mapped_csv(mapping, base / mapping.file, definitions=definitions, file=file)
        findings += rows.findings
        sources.append(Source(mapping.key, file, rows.counts))
        mapped.append(rows)
    targets, found = _all_targets(definitions, sources, mapped=mapped)
    findings += found
    if not _has_error(findings) and len(targets) > len(definitions.targets):
        definitions = replace(definitions, targets=targets)
        findings += compiling_findings(definitions, documents)
    if _has_error(findings):
        return None, findings
    return _reading(definitions, mapped, sources=tuple(sources), findings=findings), findings


def _all_targets(
    definitions: Definitions, sources: list[Source], *, mapped: list[MappedRows]
) -> tuple[tuple[Target, ...], tuple[Finding, ...]]:
    """The targets of targets.csv and of all data files, in one canonical order."""
    gathered = {(each.measure, each.unit, each.segment or ""): each for each in definitions.targets}
    findings: list[Finding] = []
    for source, rows in zip(sources, mapped, strict=True):
        for target in rows.targets:
            key = (target.measure, target.unit, target.segment or "")
            if key in gathered:
                findings.append(_target_twice(source.file, target))
            gathered[key] = target
        findings.extend(_ahead_of_strategy(source.file, rows.targets, definitions))
    targets = canonical_targets(replace(definitions, targets=tuple(gathered.values())))
    return targets, tuple(findings)


def _reading(
    definitions: Definitions,
    mapped: list[MappedRows],
    *,
    sources: tuple[Source, ...],
    findings: tuple[Finding, ...],
) -> FolderReading:
    recorded_at = _joined([each.recorded_at for each in mapped], np.int64)
    order = np.argsort(recorded_at, kind="stable")
    counts = [len(each.rows) for each in mapped]
    columns = {
        name: _joined([getattr(part.rows, name) for part in mapped], dtype)[order]
        for name, dtype in ROW_DTYPES.items()
    }
    return FolderReading(
        definitions=definitions,
        rows=ObservationRows(**columns),
        recorded_at=recorded_at[order],
        release_status=_joined([each.release_status for each in mapped], np.uint8)[order],
        source=np.repeat(np.arange(len(mapped), dtype=np.int32), counts)[order],
        line=_joined([each.lines for each in mapped], np.int32)[order],
        sources=sources,
        findings=findings,
    )


def _joined(columns: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=dtype), *columns])


def _has_error(findings: tuple[Finding, ...]) -> bool:
    return any(finding.level is Level.ERROR for finding in findings)


def _data_absent(mapping: str, file: str) -> Finding:
    return warning(
        "DATA_ABSENT",
        mapping,
        line=1,
        message=f"{file} was not read.",
        remedy="Say where it is with `--data DIR`.",
    )


def _ahead_of_strategy(file: str, targets: tuple[Target, ...], definitions: Definitions) -> Iterator[Finding]:
    """At most one finding a file."""
    horizon, calendar = definitions.strategy.horizon_to, definitions.organisation.calendar
    last = [target.points[-1].period for target in targets]
    if horizon is not None and any(calendar.first_day(period) > horizon for period in last):
        yield after_horizon(file, 0, horizon=horizon)


def _target_twice(file: str, target: Target) -> Finding:
    return error(
        "TARGET_DUPLICATE",
        file,
        line=0,
        message=f"The target of {target.measure} for {target.unit} is given elsewhere too.",
        remedy="Keep it in targets.csv or in the data rows of one file.",
    )
