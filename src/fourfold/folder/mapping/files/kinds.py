"""What a file is, judged by its first bytes: names and declared types may say anything."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from fourfold.folder.mapping.files.refused import FileRefused

__all__ = ["FileKind", "kind_of"]

FIRST_BYTES = 4096
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}  # tab, line feed, form feed, carriage return
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook (.xls) or one with a password", "Save it as .xlsx or CSV."),
    b"%PDF": ("a PDF", "Export the table as CSV or .xlsx."),
    b"\x1f\x8b": ("compressed (gzip)", "Unpack it first."),
    b"7z\xbc\xaf": ("compressed (7-Zip)", "Unpack it first."),
    b"\x89PNG": ("a picture", "Export the table as CSV or .xlsx."),
    b"\xff\xd8\xff": ("a picture", "Export the table as CSV or .xlsx."),
}


class FileKind(StrEnum):
    """What can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


def kind_of(path: Path) -> FileKind:
    """Which kind a file is. A zip is taken for a workbook here; whether it is one shows when it is unpacked.

    Raises:
        FileRefused: FILE_NOT_READABLE.
    """
    with path.open("rb") as stream:
        first = stream.read(FIRST_BYTES)
    if first.startswith(b"PK\x03\x04"):
        return FileKind.XLSX
    if first.startswith(b"PAR1"):
        return FileKind.PARQUET
    for mark, (what, remedy) in _FOREIGN.items():
        if first.startswith(mark):
            raise FileRefused("FILE_NOT_READABLE", f"The file is {what}.", remedy=remedy)
    if not first.startswith(_UTF_16_MARKS) and _CONTROLS & set(first):
        raise FileRefused(
            "FILE_NOT_READABLE",
            "The file is neither CSV nor .xlsx nor Parquet.",
            remedy="Save the table as one of these.",
        )
    return FileKind.CSV
