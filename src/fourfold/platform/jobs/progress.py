"""How far a running job is.

Kept in a small file beside the database, not in it: a job's one transaction holds SQLite's only write lock, and nobody
could write down how far it is until it is over. It is not part of the truth; losing it loses a bar on a page.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

__all__ = ["Progress", "ProgressFile"]

SECONDS_BETWEEN_WRITES = 0.2  # faster than a page asks again


@dataclass(frozen=True, slots=True)
class Progress:
    """A total of 0: nobody can say how much there is."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int | None:
        """0 to 100, None where there is no total."""
        return min(100, 100 * self.done // self.total) if self.total > 0 else None


class ProgressFile:
    """One job's file. `token` says whose word it is: what a lost worker still writes is not read."""

    def __init__(self, job_id: int, *, token: int) -> None:
        # Beside this database, so that two installations or test runs never share one.
        folder = Path(f"{connection.settings_dict['NAME']}.progress")
        self._path = folder / str(job_id)
        self._token = token
        self._written = float("-inf")

    def write(self, progress: Progress) -> None:
        """Replace what was said; at most a few times a second, and the last word always."""
        now = time.monotonic()
        is_last = progress.total > 0 and progress.done >= progress.total
        if not is_last and now - self._written < SECONDS_BETWEEN_WRITES:
            return
        self._written = now
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        aside.write_text(f"{self._token} {progress.done} {progress.total}")
        aside.replace(self._path)

    def read(self) -> Progress:
        """What was last said under this token; nothing known: 0 of 0."""
        try:
            token, done, total = map(int, self._path.read_text().split())
        except (OSError, ValueError):
            return Progress()
        return Progress(done, total) if token == self._token else Progress()

    def remove(self) -> None:
        """The job has ended."""
        self._path.unlink(missing_ok=True)
