"""The database is what the models say, on a SQLite that keeps what it acknowledged."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_django_finds_nothing_wrong() -> None:
    call_command("check", fail_level="WARNING")


@pytest.mark.django_db
def test_the_database_is_written_as_the_design_settles() -> None:
    with connection.cursor() as cursor:
        settled = {
            pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            for pragma in ("journal_mode", "synchronous")
        }
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]

    is_safe = tuple(map(int, version.split("."))) >= (3, 51, 3)
    assert settled == {"journal_mode": "wal" if is_safe else "delete", "synchronous": 2}
