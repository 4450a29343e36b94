"""Run as a child: one sheet of an .xlsx workbook as CSV, checked before it is parsed.

Imports nothing of Fourfold, so that it starts fast and holds nothing worth losing. Its limits come first.
"""

from __future__ import annotations

import csv
import errno
import json
import re
import resource
import sys
import zipfile
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

MEMORY = 1 << 30
CPU_SECONDS = 150
OUTPUT = 2 << 30
MOST_MEMBERS = 5_000
MOST_UNPACKED = 600 << 20  # bytes; six million cells take about 350 MB of XML
MOST_RATIO = 250  # XML of a table shrinks 5 to 40 times; a bomb a thousand times
RATIO_FROM = 1 << 20  # a member of a megabyte harms nobody, whatever its ratio
MOST_ROWS, MOST_COLUMNS = 1_048_576, 500
MOST_CELLS = 6 * MOST_ROWS  # every row of a sheet, six columns wide: 450 MB of memory and 20 s, measured
BLOCK = 1 << 20
TAIL = 256  # an element cut by the end of a block is looked at again with the next
MOST_STYLES = 16 << 20  # bytes
_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]{0,80}?)\br="([A-Z]{1,3})(\d{1,7})"([^>]{0,40})')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_QUOTED = re.compile(r'"[^"]*"|\\.')
_UNVALUED = re.compile(  # no result is stored; an empty text is one, and says so
    rb'<(?:\w+:)?c\b((?![^>]{0,200}\bt="str")[^>]{0,200})>\s{0,9}<(?:\w+:)?f\b(?:[^>]{0,200}/>|[^>]{0,200}>[^<]{0,8000}</(?:\w+:)?f>)'
    rb"\s{0,9}(?:</(?:\w+:)?c>|<(?:\w+:)?v\s?/>|<(?:\w+:)?v></)"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,300}?\bhidden="(?:1|true)"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,7})"')

MOST_DIGITS = 100  # of a cell that may be a number

TYPED = "\u2063"
"""Behind a text that looks like a number with signs: unlike stored numbers, it is read as texts write them."""
_LIKE_A_NUMBER = re.compile(r"(?=[^\d]*\d)(?=.*[.,'’_\s])(?:[\d.,'’_\s+\-−()%‰€$£¥]|[A-Z]{3})+")


class Refused(Exception):
    """Code, message, remedy."""


def limited() -> None:
    """From here on this process may take so much and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse by the directory alone what no honest workbook is; what the directory hides is caught while reading."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
        raise Refused("ARCHIVE_BOMB", "The workbook unpacks to far too much.", "Split it, or save it as CSV.")
    for each in members:
        if each.file_size > RATIO_FROM and each.file_size > MOST_RATIO * max(each.compress_size, 1):
            message = (
                f"“{each.filename[:80]}” unpacks to {each.file_size:,} bytes from {each.compress_size:,}."
            )
            raise Refused("ARCHIVE_BOMB", message, "Save the workbook anew, or as CSV.")
        if each.flag_bits & 1:
            raise Refused("FILE_NOT_READABLE", "The workbook has a password.", "Save it without one.")
    if "xl/workbook.xml" not in archive.namelist():
        message = "The file is a zip archive, but no .xlsx workbook."
        raise Refused("FILE_NOT_READABLE", message, "Save the table as .xlsx or CSV.")


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Each sheet's name and the member that holds it, in the workbook's order; the XML may not define entities."""
    from defusedxml.ElementTree import fromstring

    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    found = {}
    for each in fromstring(archive.read("xl/workbook.xml")).iter():
        if each.tag.rpartition("}")[2] == "sheet":
            identity = next((text for key, text in each.items() if key.rpartition("}")[2] == "id"), "")
            target = targets.get(identity, "").removeprefix("/")
            found[each.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return {name: member for name, member in found.items() if member in archive.namelist()}


def hidden_sheets(archive: zipfile.ZipFile) -> set[str]:
    """Sheets that nobody sees: read only if somebody asks for one."""
    from defusedxml.ElementTree import fromstring

    listed = fromstring(archive.read("xl/workbook.xml")).iter()
    return {
        each.get("name", "")
        for each in listed
        if each.tag.rpartition("}")[2] == "sheet" and each.get("state", "visible") != "visible"
    }


def percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """The numbers of the styles that show a cell as a percentage: it holds 0.027 where its reader sees 2.7 %."""
    from defusedxml.ElementTree import fromstring

    if "xl/styles.xml" not in archive.namelist() or archive.getinfo("xl/styles.xml").file_size > MOST_STYLES:
        return frozenset()
    with archive.open("xl/styles.xml") as stream:
        styles = fromstring(stream.read(MOST_STYLES))
    codes = {"9": "0%", "10": "0.00%"}
    found: list[bytes] = []
    for part in styles:
        kind = part.tag.rpartition("}")[2]
        if kind == "numFmts":
            codes |= {each.get("numFmtId", ""): each.get("formatCode", "") for each in part}
        if kind == "cellXfs":
            shown = (codes.get(each.get("numFmtId", ""), "") for each in part)
            found = [str(at).encode() for at, code in enumerate(shown) if "%" in _QUOTED.sub("", code)]
    return frozenset(found)


def check_sheet(archive: zipfile.ZipFile, member: str) -> Used:
    """Find the last row and column by reading the XML once as bytes: the parser would make room for all between.

    Returns: how far it is used, and what a reader does not see of it.
    """
    used = Used(percent_styles(archive))
    tail, unpacked = b"", 0
    with archive.open(member) as stream:
        while block := stream.read(BLOCK):
            text, start = tail + block, unpacked - len(tail)
            unpacked += len(block)
            if unpacked > MOST_UNPACKED:
                raise Refused("ARCHIVE_BOMB", "The workbook unpacks to far too much.", "Save it as CSV.")
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                message = "The workbook defines XML entities, which no spreadsheet does."
                raise Refused("FILE_NOT_READABLE", message, "Save it anew, or as CSV.")
            used.look_through(text, start)
            refuse_large(used.last_row, used.last_column, cells=used.cells)
            tail = text[-TAIL:]
    return used


class Used:
    """How far a sheet is used, and which of its cells show a percentage, as its XML goes by."""

    def __init__(self, styles: frozenset[bytes]) -> None:
        self.styles, self.percentages = styles, array("Q")
        self.last_row, self.last_column, self.cells, self.last_seen = 0, 0, 0, -1
        self.is_ordered, self.errors = True, 0
        self.unvalued, self.hidden_rows = set[int](), set[int]()

    def look_through(self, text: bytes, start: int) -> None:
        """`start` is where the text begins in the whole; what stands at its beginning may have been met before."""
        for match in _CELL.finditer(text):
            self.last_row = max(self.last_row, int(match[3]))
            self.last_column = max(self.last_column, column_number(match[2]))
            if start + match.start() > self.last_seen:
                self.cells += 1
                self.last_seen = start + match.start()
                self.errors += b't="e"' in match[1] or b't="e"' in match[4]
            # The style may stand on either side of the reference.
            if (
                self.styles
                and (style := _STYLE.search(match[1] + b" " + match[4]))
                and style[1] in self.styles
            ):
                self._shows_percentage(place_of(int(match[3]), column_number(match[2])))
        if b"<f" in text or b":f" in text:
            self.unvalued.update(start + match.start() for match in _UNVALUED.finditer(text))
        if b"hidden" in text:
            self.hidden_rows.update(start + match.start() for match in _HIDDEN_ROW.finditer(text))
        for match in _ROW.finditer(text):
            self.last_row = max(self.last_row, int(match[1]))

    def _shows_percentage(self, place: int) -> None:
        last = self.percentages[-1] if self.percentages else -1
        if place > last:
            self.percentages.append(place)
        elif place not in self.percentages[-TAIL:]:
            self.is_ordered = False
            self.percentages.append(place)

    def percentages_in_order(self) -> array[int]:
        """A sheet's cells stand in order; only one that was written by hand need not."""
        return self.percentages if self.is_ordered else array("Q", sorted(set(self.percentages)))


def place_of(row: int, column: int) -> int:
    """One number for a cell, both counted from 1, that grows row by row."""
    return row << 16 | column


def refuse_large(last_row: int, last_column: int, *, cells: int) -> None:
    """Rows and columns as far as they are used: a single cell in the last corner spans seventeen thousand million."""
    width = max(last_column, 1)
    if last_row > MOST_ROWS or width > MOST_COLUMNS or last_row * width > MOST_CELLS or cells > MOST_CELLS:
        message = f"The sheet reaches to row {last_row:,} and column {last_column:,}."
        most = f"At most {MOST_CELLS:,} cells and {MOST_COLUMNS} columns are read"
        remedy = f"{most}: delete what is empty, or save it as CSV."
        raise Refused("SHEET_TOO_LARGE", message, remedy)


def column_number(letters: bytes) -> int:
    """A is 1, XFD 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def rows_of(path: str, sheet: str) -> Iterator[tuple[int, Sequence[object]]]:
    """Every row from the first of the sheet on, so that its number stays its place, with the column it begins at."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as workbook:
        read = workbook.get_sheet_by_name(sheet)
        first = read.start[1] if read.start else 0
        for row in read.iter_rows():
            yield first, row


def typed(text: str) -> str:
    """A text of a cell on one line, marked where it looks like a number."""
    line = " ".join(text.splitlines())
    return line + TYPED if len(line) < MOST_DIGITS and _LIKE_A_NUMBER.fullmatch(line) else line


def spelt(cell: object) -> str:
    """A cell as a text that reads back as the same value, with a decimal point; line ends inside become spaces."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return typed(cell) if isinstance(cell, str) else str(cell)


def spelt_row(cells: Sequence[object], start: int, *, percentages: array[int]) -> list[str]:
    """A row's cells from the place `start` on as texts; one shown as a percentage reads as it is seen, `2.7%`."""
    texts = [spelt(cell) for cell in cells]
    for at in range(bisect_left(percentages, start), bisect_left(percentages, start + len(cells))):
        column = percentages[at] - start
        if isinstance(cell := cells[column], float):
            texts[column] = f"{Decimal(repr(cell)).scaleb(2).normalize():f}%"
    return texts


def unpack(path: str, target: str, *, wanted: str) -> dict[str, object]:
    """Check, parse, write; answers the sheets and which of them it was."""
    with zipfile.ZipFile(path) as archive:
        check_archive(archive)
        members = sheet_members(archive)
        if not members or (wanted and wanted not in members):
            raise Refused(
                "SHEET_UNKNOWN", f"There is no sheet “{wanted}”.", f"Its sheets are: {', '.join(members)}."
            )
        hidden = hidden_sheets(archive)
        shown = [name for name in members if name not in hidden] or list(members)
        sheet = wanted or next((name for name in shown if has_cells(archive, members[name])), shown[0])
        used = check_sheet(archive, members[sheet])
    percentages = used.percentages_in_order()
    with Path(target).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        rows = 0
        for first, row in rows_of(path, sheet):
            rows += 1
            place = place_of(rows, first + 1)
            writer.writerow(spelt_row(row, place, percentages=percentages) or [""])
    return {
        "sheets": list(members),
        "sheet": sheet,
        "rows": rows,
        "unvalued": len(used.unvalued),
        "hidden": len(used.hidden_rows),
        "errors": used.errors,
    }


def has_cells(archive: zipfile.ZipFile, member: str) -> bool:
    """Whether the first block of a sheet already shows a cell."""
    with archive.open(member) as stream:
        return _CELL.search(stream.read(BLOCK)) is not None


def unwritten(problem: Exception) -> dict[str, object] | None:
    """What to say where the file is sound and its rows found no room: on the disk, or in what is allowed."""
    number = problem.errno if isinstance(problem, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT):
        return {"errno": number}
    if number == errno.EFBIG:  # the limit of OUTPUT
        message = "What the file unpacks to is more than is kept."
        return {
            "code": "SHEET_TOO_LARGE",
            "message": message,
            "remedy": "Split it, or save the sheet as CSV.",
        }
    return None


def main() -> None:
    limited()
    path, target, wanted = sys.argv[1:4]
    try:
        said = unpack(path, target, wanted=wanted)
    except Refused as refused:
        said = dict(zip(("code", "message", "remedy"), refused.args, strict=True))
    except MemoryError:
        said = {
            "code": "SHEET_TOO_LARGE",
            "message": "Reading the sheet takes more memory than is allowed.",
            "remedy": "Split it, or save the sheet as CSV.",
        }
    except Exception as problem:
        said = unwritten(problem) or {
            "code": "FILE_NOT_READABLE",
            "message": f"The workbook is damaged or not one: {type(problem).__name__}.",
            "remedy": "Open it in a spreadsheet and save it anew, or as CSV.",
        }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
