"""Run as a child: a Parquet file as CSV. DuckDB reads this one file with little memory and no other access.

Imports nothing of Fourfold, so that it starts fast and holds nothing worth losing. Its limits come first.
"""

from __future__ import annotations

import csv
import errno
import json
import re
import resource
import sys
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

MEMORY = 3 << 30  # of addresses: DuckDB reserves more than it uses, and uses what `memory_limit` says
CPU_SECONDS = 150
OUTPUT = 2 << 30
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 10_000_000, 500, 50_000_000
CELLS_AT_ONCE = 5_000
LONGEST_CELL = 32_767  # bytes, as of a spreadsheet: a dictionary makes ten gigabytes of a few kilobytes
MOST_OUTPUT = 512 << 20  # bytes; refused before the system's limit ends the child without a word
READABLE = (
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT",
    "FLOAT", "DOUBLE", "DECIMAL", "VARCHAR", "DATE", "TIMESTAMP", "TIME", "ENUM", "UUID",
)  # fmt: skip

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


def connected(path: str) -> Any:
    """A database in memory that may open this one file and nothing else, and lets nobody change that."""
    import duckdb

    database = duckdb.connect(":memory:", config={"threads": "1", "memory_limit": "256MB"})
    database.execute("SET temp_directory = ''")
    database.execute(f"SET allowed_paths = ['{path.replace(chr(39), chr(39) * 2)}']")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


def check(database: Any, path: str) -> list[str]:
    """Refuse by the file's own description; answers the names of its columns."""
    described = database.execute("DESCRIBE SELECT * FROM read_parquet($1)", [path]).fetchall()
    rows = database.execute("SELECT count(*) FROM read_parquet($1)", [path]).fetchone()[0]
    if len(described) > MOST_COLUMNS or rows > MOST_ROWS or rows * len(described) > MOST_CELLS:
        message = f"The file has {rows:,} rows and {len(described):,} columns."
        raise Refused("FILE_TOO_LARGE", message, f"At most {MOST_CELLS:,} cells are read: split it.")
    for name, kind, *_ in described:
        if "[" in kind or not kind.startswith(READABLE):
            message = f"Column “{name[:80]}” holds {kind[:80]}, which is no plain value."
            raise Refused("COLUMN_UNSUPPORTED", message, "Write it without nested columns and without bytes.")
    return [name for name, *_ in described]


def selected(names: list[str]) -> str:
    """Each column as it is; an endless text stops the reading instead of filling the memory."""
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    return ", ".join(
        f"CASE WHEN strlen(CAST({each} AS VARCHAR)) > {LONGEST_CELL} THEN error('LONG') ELSE {each} END"
        for each in quoted
    )


def typed(text: str) -> str:
    """A text of a cell on one line, marked where it looks like a number."""
    line = " ".join(text.splitlines())
    return line + TYPED if len(line) < MOST_DIGITS and _LIKE_A_NUMBER.fullmatch(line) else line


def spelt(cell: object) -> str:
    """A cell as a text that reads back as the same value, with a decimal point; line ends inside become spaces."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if cell != cell:
            return ""
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return typed(cell) if isinstance(cell, str) else " ".join(str(cell).splitlines())


def unpack(path: str, target: str) -> dict[str, object]:
    """Check, read, write."""
    database = connected(path)
    names = check(database, path)
    rows, at_once = 0, max(1, CELLS_AT_ONCE // max(len(names), 1))
    with Path(target).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        found = database.execute(f"SELECT {selected(names)} FROM read_parquet($1)", [path])  # noqa: S608 - quoted
        while batch := found.fetchmany(at_once):
            writer.writerows([spelt(cell) for cell in row] for row in batch)
            rows += len(batch)
            if stream.buffer.raw.tell() > MOST_OUTPUT:  # type: ignore[attr-defined]  # a file has a raw stream
                message = f"The file unpacks to more than {MOST_OUTPUT >> 20} megabytes of text."
                raise Refused("FILE_TOO_LARGE", message, "Split it.")
    return {"rows": rows}


def unwritten(problem: Exception) -> dict[str, object] | None:
    """What to say where the file is sound and its rows found no room: on the disk, or in what is allowed."""
    number = problem.errno if isinstance(problem, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT):
        return {"errno": number}
    if number == errno.EFBIG:  # the limit of OUTPUT
        message = "What the file unpacks to is more than is kept."
        return {"code": "FILE_TOO_LARGE", "message": message, "remedy": "Split it."}
    return None


def told(problem: Exception) -> dict[str, object]:
    """Too much for this child, or no Parquet at all."""
    if isinstance(problem, MemoryError) or "OutOfMemory" in type(problem).__name__ or "LONG" in str(problem):
        return {
            "code": "FILE_TOO_LARGE",
            "message": f"A cell holds more than {LONGEST_CELL:,} bytes, or the file takes more memory than allowed.",
            "remedy": "Split it, or leave the long column out.",
        }
    return {
        "code": "FILE_NOT_READABLE",
        "message": f"The file is damaged or no Parquet: {type(problem).__name__}.",
        "remedy": "Write it anew.",
    }


def main() -> None:
    limited()
    path, target = sys.argv[1:3]
    try:
        said = unpack(path, target)
    except Refused as refused:
        said = dict(zip(("code", "message", "remedy"), refused.args, strict=True))
    except Exception as problem:
        said = unwritten(problem) or told(problem)
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
