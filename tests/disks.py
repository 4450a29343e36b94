"""Disks that are full or fail, for real: what SQLite and the kernel do then, not what somebody imagines they do."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

__all__ = ["largest_file", "room_for"]

PAGES_UNLIMITED = 1_073_741_823  # what SQLite begins with


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Writing beyond fails (EFBIG), in child processes too. A file of ours takes it for a full disk; SQLite says "disk
    I/O error", as of a disk that dies."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def room_for(pages: int) -> Iterator[None]:
    """A database that may not grow by more than so many pages: SQLite then says that the disk is full."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what earlier tests left free is no room here
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0] + pages}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA max_page_count={PAGES_UNLIMITED}")
