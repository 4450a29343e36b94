"""A CSV file through its mapping: observations and targets, or every reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.definitions import Definitions, Target
from fourfold.engine.rows import ObservationRows
from fourfold.folder.finding import Finding, Level
from fourfold.folder.mapping.by_period import PeriodPlaces
from fourfold.folder.mapping.chunk_reading import ChunkReader, Taken
from fourfold.folder.mapping.doubts import Doubts
from fourfold.folder.mapping.far_off import tell_far_off
from fourfold.folder.mapping.file_mapping import FileMapping
from fourfold.folder.mapping.repetition import first_of_each
from fourfold.folder.mapping.resolving import NOTHING_UNSEEN, Resolver, Unseen
from fourfold.folder.mapping.row_findings import RowFindings
from fourfold.folder.mapping.row_targets import TargetLines, targets_of_rows
from fourfold.folder.mapping.table import Table

__all__ = ["ROW_DTYPES", "MappedRows", "RowCounts", "read_mapped_csv"]


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of the rows of a file; a wide row counts once as read and once per value afterwards.

    `refused_for` counts the refused ones by the code of their finding.
    """

    read: int = 0
    loaded: int = 0
    blank: int = 0
    repeated: int = 0
    targets: int = 0
    refused: int = 0
    ignored: tuple[tuple[str, int], ...] = ()
    refused_for: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MappedRows:
    """Everything one file says. Empty where a finding is an error: all or nothing.

    `lines`, `recorded_at` (microseconds since 1970 in UTC, 0 where not stated) and `release_status` (a place in
    `RELEASE_STATUSES`) are parallel to `rows`, which stand in the order of the file.
    """

    rows: ObservationRows
    lines: NDArray[np.int32]
    recorded_at: NDArray[np.int64]
    release_status: NDArray[np.uint8]
    targets: tuple[Target, ...]
    counts: RowCounts
    findings: tuple[Finding, ...]
    target_lines: TargetLines = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        """Whether an error keeps the file out."""
        return any(finding.level is Level.ERROR for finding in self.findings)


def read_mapped_csv(
    mapping: FileMapping,
    path: Path,
    *,
    definitions: Definitions,
    file: str | None = None,
    unseen: Unseen = NOTHING_UNSEEN,
    keeps_sound_rows: bool = False,
    progress: Progress | None = None,
) -> MappedRows:
    """Read a file. `file` is its name in findings. Text is held a chunk at a time; what it yields is held whole.

    `unseen` is read as if nobody had defined it.

    `keeps_sound_rows` is for a preview: beside the errors, the rows that have none are answered too, which nobody may
    take in. There a column whose numbers could be read both ways is a warning, as is a value far from its series.
    `progress` is told after each chunk how many bytes are read, of how many.
    """
    table = _table(mapping, path, file=file)
    mapping, of_header = _with_columns(mapping, table, definitions=definitions)
    findings = RowFindings(table.file)
    doubts = Doubts(mapping.numbers) if keeps_sound_rows else None
    reader = ChunkReader(mapping, Resolver(definitions, mapping.periods, unseen), findings, doubts)
    taken, read = _taken(table, reader, wanted=mapping.wanted, progress=progress)
    if doubts is not None:
        doubts.tell(findings)
    columns = _joined([each.columns for each in taken if each.columns])
    kept, repeated = first_of_each(columns, findings=findings, headings=mapping.column_names)
    sound = {name: column[kept] for name, column in columns.items()}
    if doubts is not None:
        tell_far_off(sound, resolver=reader.resolver, findings=findings)
    targets, target_lines = targets_of_rows(
        _joined([each.targets for each in taken if each.targets]),
        mapping,
        resolver=reader.resolver,
        findings=findings,
    )
    found = (*table.findings, *of_header, *findings.all())
    counts = _counts(read, kept, repeated=repeated, targets=targets, reader=reader)
    if not keeps_sound_rows and any(finding.level is Level.ERROR for finding in found):
        return _nothing(RowCounts(read=read, refused=counts.refused, ignored=counts.ignored), found)
    return replace(_mapped(sound, targets, counts=counts, findings=found), target_lines=target_lines)


def _counts(
    read: int, kept: NDArray[np.bool_], *, repeated: int, targets: Sequence[Target], reader: ChunkReader
) -> RowCounts:
    return RowCounts(
        read=read,
        loaded=int(kept.sum()),
        blank=reader.blank,
        repeated=repeated,
        targets=sum(len(target.points) for target in targets),
        refused=reader.findings.count(),
        ignored=tuple(reader.ignored.items()),
        refused_for=reader.findings.by_code(),
    )


def _with_columns(
    mapping: FileMapping, table: Table, *, definitions: Definitions
) -> tuple[FileMapping, tuple[Finding, ...]]:
    """Where columns name periods: those of this file. A header that cannot be read is reported by the reading."""
    header = table.header() if mapping.headings is not None else []
    if mapping.headings is None or not header:
        return mapping, ()
    places = PeriodPlaces(
        mapping.headings, header, frozenset(mapping.wanted), definitions.organisation.calendar
    )
    found = tuple(places.findings(table.file, line=table.header_line))
    return mapping.with_columns(places.columns), found


def _taken(
    table: Table, reader: ChunkReader, *, wanted: Sequence[str], progress: Progress | None
) -> tuple[list[Taken], int]:
    """What the chunks yield, and how many rows they had."""
    taken: list[Taken] = []
    read = 0
    for chunk in table.chunks(wanted):
        read += len(chunk)
        taken.extend(reader.read(chunk))
        if progress is not None:
            progress(table.read, table.path.stat().st_size)
    return taken, read


def _table(mapping: FileMapping, path: Path, *, file: str | None) -> Table:
    return Table(
        path,
        file or path.name,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        header_line=mapping.header,
        header_lines=mapping.header_lines,
    )


Progress = Callable[[int, int], None]

ROW_DTYPES = {
    "measure": np.int32,
    "series": np.int16,
    "segment": np.int16,
    "unit": np.int32,
    "period": np.int32,
    "numerator": np.float64,
    "denominator": np.float64,
    "why": np.uint8,
}
"""The columns of `ObservationRows`, in its order."""

_DTYPES = {"line": np.int32, **ROW_DTYPES, "recorded_at": np.int64, "release_status": np.uint8}

Columns = dict[str, NDArray[Any]]


def _joined(taken: Sequence[Mapping[str, NDArray[Any]]]) -> Columns:
    """The columns of all chunks and readings, in the order of lines."""
    if not taken:
        return {name: np.empty(0, dtype=dtype) for name, dtype in _DTYPES.items()}
    columns = {name: np.concatenate([each[name] for each in taken]) for name in taken[0]}
    if (columns["line"][1:] >= columns["line"][:-1]).all():
        return columns
    order = np.argsort(columns["line"], kind="stable")
    return {name: column[order] for name, column in columns.items()}


def _mapped(
    columns: Columns, targets: tuple[Target, ...], *, counts: RowCounts, findings: tuple[Finding, ...]
) -> MappedRows:
    rows = ObservationRows(**{name: columns[name].astype(_DTYPES[name]) for name in ROW_DTYPES})
    return MappedRows(
        rows=rows,
        lines=columns["line"].astype(np.int32),
        recorded_at=columns["recorded_at"].astype(np.int64),
        release_status=columns["release_status"].astype(np.uint8),
        targets=targets,
        counts=counts,
        findings=findings,
    )


def _nothing(counts: RowCounts, findings: tuple[Finding, ...]) -> MappedRows:
    return _mapped(_joined(()), (), counts=counts, findings=findings)
