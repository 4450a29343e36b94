"""A CSV file in chunks of columns, each row with its line; what is wrong with the file itself becomes a finding."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.finding import Finding, did_you_mean, error, warning

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["Chunk", "Table"]

ROWS_AT_ONCE = 100_000
"""Rows held as text at one time; bounds memory, not the size of a file."""

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
    """One CSV file. Iterate `chunks()` once; `findings` is complete afterwards."""

    path: Path
    file: str
    encoding: str = "utf-8"
    delimiter: str = ","
    findings: list[Finding] = field(default_factory=list)

    def header(self) -> list[str]:
        """The names of the columns; none where the file cannot be read, which `chunks` then reports."""
        try:
            with self._open() as stream:
                return next(csv.reader(stream, delimiter=self.delimiter, strict=True), [])
        except (OSError, UnicodeError, csv.Error):
            return []

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
        with self._open() as stream:
            reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
            try:
                yield from self._chunks(reader, wanted)
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
        header = next(reader, None)
        if header is None:
            self._refuse("FILE_TRUNCATED", 1, message="The file is empty.", remedy="Deliver it again.")
            return
        if not self._has_columns(header, wanted):
            return
        chosen = _picker([header.index(name) for name in wanted])
        width = len(header)
        waiting: tuple[int, int] | None = None
        while rows := list(islice(((reader.line_num, row) for row in reader), ROWS_AT_ONCE)):
            rows = [(line, row) for line, row in rows if row]
            waiting = self._refuse_ragged(rows, width=width, waiting=waiting)
            kept = [(line, row) for line, row in rows if len(row) == width]
            columns = list(zip(*(chosen(row) for _, row in kept), strict=True)) or [()] * len(wanted)
            yield Chunk(
                np.fromiter((line for line, _ in kept), dtype=np.int32, count=len(kept)),
                dict(zip(wanted, columns, strict=True)),
            )
        if waiting is not None:
            self._refuse_width(
                waiting, width=width, code="FILE_TRUNCATED" if waiting[1] < width else "ROW_RAGGED"
            )

    def _has_columns(self, header: list[str], wanted: Sequence[str]) -> bool:
        for name in dict.fromkeys(wanted):
            if header.count(name) != 1:
                twice = name in header
                self._refuse(
                    "KEY_DUPLICATE" if twice else "COLUMN_MISSING",
                    1,
                    message=f'The header names the column "{name}" {"twice" if twice else "nowhere"}.',
                    remedy="Rename one of the two."
                    if twice
                    else did_you_mean(name, header, otherwise=f"Its columns are: {', '.join(header)}."),
                )
        return all(header.count(name) == 1 for name in wanted)

    def _refuse_ragged(
        self, rows: list[tuple[int, list[str]]], *, width: int, waiting: tuple[int, int] | None
    ) -> tuple[int, int] | None:
        """Report rows of another width, except the newest: only at the end it shows whether it is the file's last."""
        if waiting is not None and rows:
            self._refuse_width(waiting, width=width, code="ROW_RAGGED")
            waiting = None
        for index, (line, row) in enumerate(rows):
            if len(row) != width:
                if index == len(rows) - 1:
                    return line, len(row)
                self._refuse_width((line, len(row)), width=width, code="ROW_RAGGED")
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


def _picker(positions: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Pick those fields of a row, always as a tuple."""
    if len(positions) > 1:
        several: Any = itemgetter(*positions)
        return cast("Callable[[list[str]], tuple[str, ...]]", several)
    return lambda row: tuple(row[place] for place in positions)
