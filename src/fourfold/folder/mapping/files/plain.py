"""Any readable file as plain CSV: a workbook's sheet or Parquet is unpacked by a child of little memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourfold.folder.finding import Finding, warning
from fourfold.folder.mapping.files.kinds import FileKind, kind_of
from fourfold.folder.mapping.files.refused import FileRefused

__all__ = ["PlainFile", "plain_file"]

_SCRIPTS = {FileKind.XLSX: "unpack_workbook.py", FileKind.PARQUET: "unpack_parquet.py"}
MOST_SECONDS = 180  # a workbook of 6 million cells takes about 20 on one core
_TOO_MUCH = {
    FileKind.XLSX: "SHEET_TOO_LARGE",
    FileKind.PARQUET: "FILE_TOO_LARGE",
}


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A CSV file: the given one, or what a workbook's sheet or Parquet became (`is_unpacked`).

    An unpacked one is UTF-8 with commas, a line a row; numbers with a decimal point and every digit of the
    double, behind texts that look like numbers `TYPED`, dates as 2026-09-30.
    """

    path: Path
    kind: FileKind
    is_unpacked: bool = False
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    unvalued: int = 0
    hidden: int = 0
    errors: int = 0

    def findings(self, file: str) -> Iterator[Finding]:
        """What somebody who looks at the sheet sees otherwise than it is read."""
        for count, (code, message, remedy) in zip(
            (self.unvalued, self.errors, self.hidden), _SEEN_OTHERWISE, strict=True
        ):
            if count:
                yield warning(code, file, line=0, message=f"{message}: {count:,}.", remedy=remedy)


_SEEN_OTHERWISE = (
    (
        "FORMULA_UNVALUED",
        "Formulas without a stored result, read as empty cells",
        "Open the workbook in a spreadsheet, let it compute, and save it.",
    ),
    (
        "CELL_IN_ERROR",
        "Cells that show an error such as #DIV/0!, read as empty cells",
        "Mend the formulas if they should have a value.",
    ),
    (
        "ROWS_HIDDEN",
        "Hidden rows of the sheet, read like the others",
        "Delete them, or leave them out by what a column says.",
    ),
)


def plain_file(path: Path, *, into: Path, sheet: str = "") -> PlainFile:
    """Recognise a file and unpack it into the folder `into` where it must be; done once, it is found there again.

    `sheet` empty: the first one with cells. The child gives up at 1 GiB of memory and three minutes.

    Raises:
        FileRefused: FILE_NOT_READABLE, ARCHIVE_BOMB, SHEET_TOO_LARGE, SHEET_UNKNOWN, COLUMN_UNSUPPORTED,
            FILE_TOO_LARGE.
        OSError: there is no room to unpack it.
    """
    kind = kind_of(path)
    if kind is FileKind.CSV:
        return PlainFile(path, kind)
    name = f"{sheet.encode().hex()[:120]}-typed"
    target, about = into / f"{name}.csv", into / f"{name}.json"
    if not about.is_file():
        said = _unpacked(kind, path, target, sheet=sheet)
        about.write_text(json.dumps(said), encoding="utf-8")
    said = json.loads(about.read_text(encoding="utf-8"))
    return PlainFile(
        target,
        kind,
        True,
        tuple(said.get("sheets", ())),
        said.get("sheet", ""),
        said.get("unvalued", 0),
        said.get("hidden", 0),
        said.get("errors", 0),
    )


def _unpacked(kind: FileKind, path: Path, target: Path, *, sheet: str) -> Mapping[str, Any]:
    script = Path(__file__).with_name(_SCRIPTS[kind])
    try:
        # Run by its path: a child that imports none of Fourfold starts in a tenth of the time.
        answer = subprocess.run(  # noqa: S603 - our own interpreter and script, arguments as a list
            [sys.executable, "-I", str(script), str(path), str(target), sheet],
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _gave_up(kind) from None
    try:
        said = json.loads(answer.stdout)
    except ValueError:
        target.unlink(missing_ok=True)
        raise _gave_up(kind) from None  # killed for its memory or time, before it could say anything
    if "errno" in said:
        target.unlink(missing_ok=True)
        raise OSError(said["errno"], os.strerror(said["errno"]), str(target))
    if "code" in said:
        target.unlink(missing_ok=True)
        raise FileRefused(said["code"], said["message"], remedy=said["remedy"])
    return dict(said)


def _gave_up(kind: FileKind) -> FileRefused:
    return FileRefused(
        _TOO_MUCH[kind],
        "Reading the file takes more memory or time than is allowed.",
        remedy="Split it, or save the sheet as CSV.",
    )
