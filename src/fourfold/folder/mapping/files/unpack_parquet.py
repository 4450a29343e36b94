"""Run as a child: a Parquet file as CSV. DuckDB reads this one file with little memory and no other access.

Imports nothing of Fourfold, so that it starts fast and holds nothing worth losing. Its limits come first.
"""

from __future__ import annotations

import csv
import errno
import json
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
ROWS_AT_ONCE = 10_000
READABLE = (
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT",
    "FLOAT", "DOUBLE", "DECIMAL", "VARCHAR", "DATE", "TIMESTAMP", "TIME", "ENUM", "UUID",
)  # fmt: skip


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

    database = duckdb.connect(":memory:", config={"threads": "1", "memory_limit": "400MB"})
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


def spelt(cell: object, decimal: str) -> str:
    """A cell as a text that reads back as the same value; line ends inside become spaces."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if cell != cell:
            return ""
        text = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        return text.replace(".", decimal)
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", decimal)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).splitlines())


def unpack(path: str, target: str, *, decimal: str) -> dict[str, object]:
    """Check, read, write."""
    database = connected(path)
    names = check(database, path)
    rows = 0
    with Path(target).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        found = database.execute("SELECT * FROM read_parquet($1)", [path])
        while batch := found.fetchmany(ROWS_AT_ONCE):
            writer.writerows([spelt(cell, decimal) for cell in row] for row in batch)
            rows += len(batch)
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


def main() -> None:
    limited()
    path, target, _, decimal = sys.argv[1:5]
    try:
        said = unpack(path, target, decimal=decimal)
    except Refused as refused:
        said = dict(zip(("code", "message", "remedy"), refused.args, strict=True))
    except Exception as problem:
        said = unwritten(problem) or {
            "code": "FILE_NOT_READABLE",
            "message": f"The file is damaged or no Parquet: {type(problem).__name__}.",
            "remedy": "Write it anew.",
        }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
