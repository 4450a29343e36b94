"""Any readable file through its mapping: CSV as it is, a workbook or Parquet unpacked first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fourfold.engine.definitions import Definitions
from fourfold.folder.mapping.file_mapping import FileMapping
from fourfold.folder.mapping.files import plain_file
from fourfold.folder.mapping.mapped_csv import MappedRows, Progress, read_mapped_csv
from fourfold.folder.mapping.resolving import NOTHING_UNSEEN, Unseen

__all__ = ["read_mapped_file"]


def read_mapped_file(
    mapping: FileMapping,
    path: Path,
    *,
    definitions: Definitions,
    into: Path,
    file: str | None = None,
    unseen: Unseen = NOTHING_UNSEEN,
    keeps_sound_rows: bool = False,
    progress: Progress | None = None,
) -> MappedRows:
    """As `read_mapped_csv`; `into` keeps what was unpacked, for the next reading.

    The line of a finding is the row of the sheet.

    Raises:
        FileRefused: the file cannot be read at all.
    """
    plain = plain_file(path, into=into, sheet=mapping.sheet)
    read_by = mapping.unpacked() if plain.is_unpacked else mapping
    mapped = read_mapped_csv(
        read_by,
        plain.path,
        definitions=definitions,
        file=file or path.name,
        unseen=unseen,
        keeps_sound_rows=keeps_sound_rows,
        progress=progress,
    )
    return replace(mapped, findings=(*plain.findings(file or path.name), *mapped.findings))
