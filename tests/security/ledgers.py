"""What the database holds: so little told that two states can be compared, so much that nothing written is missed."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from django.apps import apps
from django.db import connection

FLEETING = {"django_session", "accounts_throttlecount", "sqlite_sequence"}
"""A request may touch these whatever it is answered: the session's expiry, the count of guesses."""
MINTED = {
    "id", "seq", "at", "key", "reference", "digest", "hash", "previous", "document", "path", "sha256", "kept_at",
    "queued_at", "password", "session_key", "last_login", "expires_at", "invited_at", "revoked_at", "read_at",
    "source_run", "accepted_at", "token", "edition", "run", "chain", "root", "recorded_at", "written_at",
}  # fmt: skip
"""Columns that differ between two identical requests: numbers, moments, secrets and what is made of them."""

MOMENT = re.compile(r"\d{8}T\d{6,}")
"""In the name of a run."""

Content = Counter[tuple[object, ...]]


@cache
def tables() -> list[str]:
    """Every table of the house."""
    found = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(found - FLEETING)


def counts() -> dict[str, int]:
    """How many rows each table has; one query."""
    asked = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables())
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {table: int(count) for table, count in cursor.fetchall()}


def content() -> Content:
    """Every row of every table."""
    held: Content = Counter()
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {table}")
            names = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                held[(table, *(told(name, said) for name, said in zip(names, row, strict=True)))] += 1
    return held


def told(name: str, said: object) -> tuple[str, object]:
    """A column and what it holds; of what is minted only whether there is something."""
    if is_minted(name):
        return name, said is not None
    return name, MOMENT.sub("", said) if isinstance(said, str) else said


def is_minted(name: str) -> bool:
    """Whether two identical requests write different things there."""
    return name in MINTED or name.endswith(("_at", "_seq", "_id", "_digest", "_hash"))


def written(before: Content, after: Content) -> Content:
    """What came and what went."""
    return (after - before) + (before - after)
