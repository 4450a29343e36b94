"""A new database is made in one step, and nobody could tell it from one that went through every migration."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from fourfold.platform.audit.new_database import make_tables

EVERY_MIGRATION = "from django.core.management.commands.migrate import Command; how = Command()"
AS_WE_DO = "how = 'migrate'"
MAKE = "import django; django.setup(); from django.core.management import call_command; call_command(how, verbosity=0)"
UNLIKE = {"django_migrations": ("id", "applied"), "sqlite_sequence": ("name", "seq")}
"""What may differ: when each migration was noted, and the numbers that moving rows about uses up."""


def made(home: Path, how: str) -> Path:
    environment = {**os.environ, "FOURFOLD_HOME": str(home)}
    subprocess.run([sys.executable, "-c", f"{how}; {MAKE}"], env=environment, check=True)
    return home / "fourfold.sqlite3"


def parts(sql: str) -> list[str]:
    """Columns and constraints of a table in any order; SQLite writes a column that was added behind the constraints."""
    inside = sql[sql.index("(") + 1 : sql.rindex(")")]
    found, depth = [""], 0
    for sign in inside:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return sorted(re.sub(r"\s+", " ", each).strip() for each in found)


def shape(path: Path) -> dict[str, object]:
    """Everything that SQLite keeps about a database, and every row; columns may stand in any order."""
    with closing(sqlite3.connect(path)) as database:
        things = database.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
        told: dict[str, object] = {
            f"{kind} {name} on {on}": parts(sql) if kind == "table" else sql for kind, name, on, sql in things
        }
        for name in [each.split()[1] for each in told if each.startswith("table ")]:
            columns = database.execute(f'PRAGMA table_xinfo("{name}")').fetchall()
            told[f"columns of {name}"] = sorted(column[1:] for column in columns)
            told[f"rows of {name}"] = rows(database, name, sorted(column[1] for column in columns))
    return told


def rows(database: sqlite3.Connection, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    asked = ", ".join(f'"{each}"' for each in columns if each not in UNLIKE.get(table, ()))
    return sorted(database.execute(f'SELECT {asked or 1} FROM "{table}" WHERE {bool(asked):d}'))


def test_it_is_what_every_migration_in_turn_would_leave(tmp_path: Path) -> None:
    slow, quick = (shape(made(tmp_path / str(at), how)) for at, how in enumerate((EVERY_MIGRATION, AS_WE_DO)))

    assert len([name for name in slow if name.startswith("trigger")]) > 20
    assert {
        name: (slow.get(name), quick.get(name)) for name in slow | quick if slow.get(name) != quick.get(name)
    } == {}


@pytest.mark.django_db
def test_a_database_that_holds_a_table_is_left_alone(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        make_tables(connection)
