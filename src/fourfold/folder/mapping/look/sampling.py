"""The first rows of a file, before anybody has said how it is written."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from fourfold.folder.mapping.files import FileRefused, PlainFile
from fourfold.folder.mapping.header_lines import joined_names
from fourfold.folder.mapping.look.header_guess import TITLE_LINES, guessed_header
from fourfold.folder.mapping.look.values import Guess
from fourfold.folder.mapping.table import LONGEST_LINE, MOST_COLUMNS, has_endless_line, named_columns

__all__ = ["Sample", "require_table", "sampled"]

ROWS_LOOKED_AT = 2_000
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows are as wide as the header. `above` is what stands above it: the title, if there is one.

    `header_line` is the last of the `header_lines` on which the names stand.
    """

    encoding: Guess
    delimiter: Guess
    header_line: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: str = ""
    header_lines: int = 1


def sampled(path: Path, *, is_unpacked: bool, header_line: int = 0, header_lines: int = 0) -> Sample:
    """Guess encoding, delimiter and (where 0) the header's line and lines, and read the rows below it.

    Raises:
        FileRefused: FILE_NOT_READABLE, where there is no table to be seen.
    """
    if has_endless_line(path):
        message = f"The file goes on for {LONGEST_LINE:,} bytes without a line end."
        raise FileRefused("FILE_NOT_READABLE", message, remedy="Deliver it as a table: one row a line.")
    encoding = Guess("utf-8") if is_unpacked else _encoding(path)
    delimiter = Guess(",") if is_unpacked else _delimiter(path, encoding.value)
    listed = _listed(path, encoding.value, delimiter=delimiter.value)
    if not listed:
        raise FileRefused("FILE_NOT_READABLE", "The file is empty.", remedy="Deliver it again.")
    line, lines = guessed_header(listed, line=header_line)
    lines = header_lines or lines
    place = next(at for at, (number, _) in enumerate(listed) if number >= line)
    filled = [at for at in range(place) if any(cell.strip() for cell in listed[at][1])]
    named = [*(filled[-(lines - 1) :] if lines > 1 else ()), place]
    header = tuple(named_columns(joined_names(listed[at][1] for at in named)))
    if len(header) > MOST_COLUMNS:
        message = f"The header has {len(header):,} columns."
        raise FileRefused("FILE_NOT_READABLE", message, remedy=f"At most {MOST_COLUMNS:,} are read.")
    rows = tuple(tuple(row) for _, row in listed[place + 1 :] if len(row) == len(header) and any(row))
    above = " ".join(cell.strip() for _, row in listed[: named[0]] for cell in row if cell.strip())
    return Sample(encoding, delimiter, line, header, rows, above, lines)


def require_table(plain: PlainFile) -> None:
    """See that there is a table to be looked at, before anybody is asked what it means.

    Raises:
        FileRefused: FILE_NOT_READABLE.
    """
    sampled(plain.path, is_unpacked=plain.is_unpacked)


def _encoding(path: Path) -> Guess:
    with path.open("rb") as stream:
        first = stream.read(4)
        if first.startswith((b"\xff\xfe", b"\xfe\xff")):
            return Guess("utf-16", "The file begins with the mark of UTF-16.")
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := stream.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as problem:
            wrong = problem.object[problem.start : problem.start + 1].hex()
            return Guess("cp1252", f"Byte {wrong} is no UTF-8; it is a letter of Western European Windows.")
    return Guess("utf-8", "Every byte is UTF-8.")


def _delimiter(path: Path, encoding: str) -> Guess:
    """The mark that splits most of the first lines into the same number of fields, more than one."""
    best = (0, 0, ",")
    for mark in DELIMITERS:
        widths = Counter(len(row) for _, row in _listed(path, encoding, delimiter=mark)[:50] if row)
        width, count = max(
            widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0)
        )
        if width > 1 and (count, width) > best[:2]:
            best = (count, width, mark)
    count, width, mark = best
    if not count:
        return Guess(",", "There is only one column.")
    return Guess(mark, f"A {DELIMITERS[mark]} splits {count} of the first lines into {width} columns.")


def _listed(path: Path, encoding: str, *, delimiter: str) -> list[tuple[int, list[str]]]:
    """The first rows with their lines, as far as they can be read."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    found: list[tuple[int, list[str]]] = []
    with path.open(encoding=codec, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            for row in islice(reader, ROWS_LOOKED_AT + TITLE_LINES):
                if row:
                    found.append((reader.line_num, row))
        except (csv.Error, UnicodeError):
            return found
    return found
