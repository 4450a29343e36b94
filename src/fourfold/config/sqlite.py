"""Put a SQLite that keeps what it acknowledged in the place of Python's own; every entry point imports this first.

SQLite 3.7.0 to 3.51.2 can lose or corrupt data when a WAL is reset (fixed in 3.51.3; backports 3.44.6 and 3.50.7).
Where no fixed SQLite is to be had, the rollback journal serves: slower under many readers, but safe.
"""

import sys

__all__ = ["JOURNAL_MODE", "VERSION", "keeps_wal_safe"]

FIXED = (3, 51, 3)
BACKPORTS = ((3, 44, 6), (3, 50, 7))


def keeps_wal_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix of the WAL reset."""
    return version >= FIXED or any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS)


def _swap_in_a_safe_sqlite() -> None:
    """Prefer Python's own where it is safe: one library in a process, never two on one file."""
    import sqlite3

    if keeps_wal_safe(sqlite3.sqlite_version_info):
        return
    try:
        import pysqlite3
    except ImportError:  # no wheel for this machine: JOURNAL_MODE below says what follows
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_swap_in_a_safe_sqlite()

import sqlite3  # noqa: E402 - whichever of the two now answers to the name

VERSION = sqlite3.sqlite_version
JOURNAL_MODE = "WAL" if keeps_wal_safe(sqlite3.sqlite_version_info) else "DELETE"
