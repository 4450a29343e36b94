"""A CSV file in chunks of columns, each row with its line; what is wrong with the file itself becomes a finding."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.finding import Finding, did_you_mean, error, warning
from fourfold.folder.mapping.header_lines import joined_names
from fourfold.folder.mapping.numbers import untyped

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["UNNAMED", "Chunk", "Table", "has_endless_line", "named_columns"]

UNNAMED = "Column "
"""Before the place of a column that has no name."""

ROWS_AT_ONCE = 100_000
"""Rows held as text at one time; bounds memory, not the size of a file."""

FIELDS_AT_ONCE = 2_000_000
"""Fields held as text at one time: wide rows come in smaller chunks."""

MOST_COLUMNS = 5_000
"""Columns of a file. The widest honest ones have a column a day for some years."""

LONGEST_LINE = 1 << 20
"""Bytes without a line end: more is no table, and would be held whole before anything could be said about it."""

LONGEST_FIELD = 131_072
"""Characters in one field (csv's own limit): more means that a quotation mark is not closed."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a file as columns of text; `lines` counts from 1 and names the line a row ends on."""

    lines: NDArray[np.int32]
    columns: dict[str, Sequence[str]]

    def __len__(self) -> int:
        return int(self.lines.size)


@dataclass(slots=True)
class Table:
    """One CSV file. Iterate `chunks()` once; `findings` is complete afterwards. `read` bytes of it are read so far.

    The names of the columns stand on `header_lines` filled lines, the last of which is `header_line`.
    """

    path: Path
    file: str
    encoding: str = "utf-8"
    delimiter: str = ","
    header_line: int = 1
    header_lines: int = 1
    read: int = 0
    findings: list[Finding] = field(default_factory=list)

    def header(self) -> list[str]:
        """The names of the columns; none where the file cannot be read, which `chunks` then reports."""
        try:
            if has_endless_line(self.path):
                return []
            with self._open() as stream:
                return self._header(csv.reader(stream, delimiter=self.delimiter, strict=True)) or []
        except (OSError, UnicodeError, csv.Error):
            return []

    def _header(self, reader: Reader) -> list[str] | None:
        """What stands on the header's lines; those above them are a title or nothing."""
        filled: deque[list[str]] = deque(maxlen=self.header_lines)
        for row in reader:
            if any(cell.strip() for cell in row) or reader.line_num >= self.header_line:
                filled.append(row)
            if reader.line_num >= self.header_line:
                return named_columns(joined_names(filled))
        return None

    def _open(self) -> TextIO:
        codec = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
        return self.path.open(encoding=codec, newline="")

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """The wanted columns. Stops at the first thing that makes the rest unreadable."""
        if not self.path.is_file():
            self._refuse(
                "FILE_MISSING", 0, message="There is no such file.", remedy="Put it there, or mend `file`."
            )
            return
        if has_endless_line(self.path):
            self._refuse(
                "LINE_TOO_LONG",
                0,
                message=f"The file goes on for {LONGEST_LINE:,} bytes without a line end.",
                remedy="Deliver it as a table: one row a line.",
            )
            return
        with self._open() as stream:
            reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
            try:
                for chunk in self._chunks(reader, wanted):
                    self.read = stream.buffer.tell()
                    yield chunk
            except UnicodeError:
                self._refuse(
                    "ENCODING_WRONG",
                    reader.line_num + 1,
                    message=f"The file is not {self.encoding} near this line.",
                    remedy="State its encoding under `format`, or save it as UTF-8.",
                )
            except csv.Error as problem:
                self._refuse_text(reader.line_num, str(problem))
        self._warn_of_open_end()

    def _chunks(self, reader: Reader, wanted: Sequence[str]) -> Iterator[Chunk]:
        header = self._header(reader)
        if header is None:
            self._refuse("FILE_TRUNCATED", 1, message="The file is empty.", remedy="Deliver it again.")
            return
        if not self._has_columns(header, wanted):
            return
        width = len(header)
        at_once = max(1, min(ROWS_AT_ONCE, FIELDS_AT_ONCE // max(width, 1)))
        waiting: tuple[int, int] | None = None
        before = reader.line_num
        while rows := list(islice(reader, at_once)):
            lines = _lines(rows, first=before + 1, last=reader.line_num)
            before = reader.line_num
            widths = np.fromiter(map(len, rows), dtype=np.int32, count=len(rows))
            if (widths != width).any():
                is_ragged = (widths != width) & (widths > 0)
                waiting = self._refuse_ragged(
                    lines, widths, np.flatnonzero(is_ragged), width=width, waiting=waiting
                )
                whole = widths == width
                rows, lines = (
                    [row for row, is_whole in zip(rows, whole, strict=True) if is_whole],
                    lines[whole],
                )
            elif waiting is not None:
                self._refuse_width(waiting, width=width, code="ROW_RAGGED")
                waiting = None
            columns: list[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * width
            yield Chunk(lines, {name: columns[header.index(name.strip())] for name in wanted})
        if waiting is not None:
            code = "FILE_TRUNCATED" if waiting[1] < width else "ROW_RAGGED"
            self._refuse_width(waiting, width=width, code=code)

    def _has_columns(self, header: list[str], wanted: Sequence[str]) -> bool:
        if len(header) > MOST_COLUMNS:
            self._refuse(
                "TOO_MANY_COLUMNS",
                self.header_line,
                message=f"The header has {len(header):,} columns; at most {MOST_COLUMNS:,} are read.",
                remedy="Deliver the table long: one value a row.",
            )
            return False
        for name in dict.fromkeys(wanted):
            if header.count(name.strip()) != 1:
                twice = name.strip() in header
                self._refuse(
                    "KEY_DUPLICATE" if twice else "COLUMN_MISSING",
                    self.header_line,
                    message=f'The header names the column "{name}" {"twice" if twice else "nowhere"}.',
                    remedy="Rename one of the two."
                    if twice
                    else did_you_mean(name, header, otherwise=f"Its columns are: {', '.join(header)}."),
                )
        return all(header.count(name.strip()) == 1 for name in wanted)

    def _refuse_ragged(
        self,
        lines: NDArray[np.int32],
        widths: NDArray[np.int32],
        ragged: NDArray[np.int64],
        *,
        width: int,
        waiting: tuple[int, int] | None,
    ) -> tuple[int, int] | None:
        """Report rows of another width, except the newest: only at the end it shows whether it is the file's last."""
        found = [(int(lines[row]), int(widths[row])) for row in ragged]
        if waiting is not None and widths.any():
            found.insert(0, waiting)
            waiting = None
        if ragged.size and ragged[-1] == np.flatnonzero(widths)[-1]:
            waiting = found.pop()
        for row in found:
            self._refuse_width(row, width=width, code="ROW_RAGGED")
        return waiting

    def _refuse_width(self, row: tuple[int, int], *, width: int, code: str) -> None:
        self._refuse(
            code,
            row[0],
            message=f"This row has {row[1]} fields, the header {width}.",
            remedy="The file ends half-way: deliver it again."
            if code == "FILE_TRUNCATED"
            else "Check delimiter and quotation marks.",
        )

    def _refuse_text(self, line: int, problem: str) -> None:
        is_open = "end of data" in problem or "field larger" in problem
        self._refuse(
            "FILE_TRUNCATED" if is_open else "ROW_RAGGED",
            line,
            message="A quotation mark opens and never closes." if is_open else f"This is not CSV: {problem}.",
            remedy="The file ends half-way or a quotation mark is missing: deliver it again.",
        )

    def _warn_of_open_end(self) -> None:
        size = self.path.stat().st_size
        if not size or self.findings:
            return
        with self.path.open("rb") as stream:
            stream.seek(-1, 2)
            last = stream.read(1)
        if last not in b"\r\n\0":
            self.findings.append(
                warning(
                    "LINE_UNENDED",
                    self.file,
                    line=0,
                    message="The last line has no line end, so its last value may be cut off.",
                    remedy="Compare it with the source.",
                )
            )

    def _refuse(self, code: str, line: int, *, message: str, remedy: str) -> None:
        self.findings.append(error(code, self.file, line=line, message=message, remedy=remedy))


def named_columns(header: Sequence[str]) -> list[str]:
    """The names of columns without the spaces around; one without a name is called by its place.

    >>> named_columns(["", " Jan 2026"])
    ['Column 1', 'Jan 2026']
    """
    return [untyped(name).strip() or f"{UNNAMED}{place}" for place, name in enumerate(header, start=1)]


def has_endless_line(path: Path) -> bool:
    """Whether a stretch of the file has no line end; one pass over its bytes, half a line at a time."""
    stretch = LONGEST_LINE // 2
    with path.open("rb") as stream:
        while block := stream.read(stretch):
            if len(block) == stretch and b"\n" not in block and b"\r" not in block:
                return True
    return False


def _lines(rows: list[list[str]], *, first: int, last: int) -> NDArray[np.int32]:
    """The line each row ends on; fields with line ends inside make rows longer than a line."""
    if last - first + 1 == len(rows):
        return np.arange(first, last + 1, dtype=np.int32)
    ends = np.fromiter((1 + sum(map(_line_ends, row)) for row in rows), dtype=np.int32, count=len(rows))
    return (first - 1 + np.cumsum(ends)).astype(np.int32)


def _line_ends(field: str) -> int:
    return field.count("\n") + field.count("\r") - field.count("\r\n")
