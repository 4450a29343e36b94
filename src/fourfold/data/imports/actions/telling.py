"""What taking numbers in says while it works, what it keeps of a file, and the transaction it works in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.db import transaction

from fourfold.platform.jobs.lease import Effect

__all__ = ["Tell", "fingerprint", "moment_of", "own_transaction", "silent"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Tell(Protocol):
    """Takes what is being done, how much of it is, and of how much; a total of 0: nobody can say."""

    def __call__(self, words: str, *, done: int = 0, total: int = 0) -> None: ...


def moment_of(microseconds: int) -> datetime | None:
    """When a row became known; None where nobody said."""
    return EPOCH + timedelta(microseconds=microseconds) if microseconds else None


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, read a block at a time."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@contextmanager
def own_transaction() -> Iterator[Effect]:
    """For work that is nobody's job."""
    with transaction.atomic():
        yield Effect()


def silent(words: str, *, done: int = 0, total: int = 0) -> None:
    """Nobody is watching."""
