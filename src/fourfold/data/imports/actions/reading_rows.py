"""From what a file says to what the ledger takes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.definitions import Definitions
from fourfold.engine.rows import ObservationRows
from fourfold.folder.mapping import RELEASE_STATUSES
from fourfold.scorecard.measures.models import ReleaseStatus
from fourfold.scorecard.measures.observation import NewObservation, observations_from_rows

__all__ = ["Tell", "as_observations", "fingerprint", "last_of_each_key", "moment_of", "silent", "told"]


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOLD_EVERY = 2_000  # rows: often enough to be seen moving, seldom enough to cost nothing
_RELEASES = {status.label: status.value for status in ReleaseStatus}


class Tell(Protocol):
    """Takes what is being done, how much of it is, and of how much; a total of 0: nobody can say."""

    def __call__(self, words: str, *, done: int = 0, total: int = 0) -> None: ...


def moment_of(microseconds: int) -> datetime | None:
    """When a row became known; None where nobody said."""
    return EPOCH + timedelta(microseconds=microseconds) if microseconds else None


def last_of_each_key(rows: ObservationRows) -> NDArray[np.bool_]:
    """Which rows still count when all of them are known: the last of each key."""
    columns = (rows.measure, rows.series, rows.segment, rows.unit, rows.period)
    keys = np.rec.fromarrays([column[::-1] for column in columns])
    _, first_from_the_end = np.unique(keys, return_index=True)
    chosen = np.zeros(len(rows), dtype=bool)
    chosen[len(rows) - 1 - first_from_the_end] = True
    return chosen


def as_observations(
    definitions: Definitions,
    rows: ObservationRows,
    *,
    lines: Sequence[int],
    files: Sequence[str],
    releases: Sequence[int],
    moments: Sequence[int] | None,
) -> Iterator[NewObservation]:
    """The rows with their place in a file, their release and, for a founding, the moment they became known."""
    plain = observations_from_rows(definitions, rows)
    known = moments if moments is not None else [0] * len(rows)
    for row, line, file, release, moment in zip(plain, lines, files, releases, known, strict=True):
        yield row._replace(
            source_file=file,
            source_row=line,
            release_status=_RELEASES.get(RELEASE_STATUSES[release], row.release_status),
            recorded_at=moment_of(moment),
        )


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, read a block at a time."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def silent(words: str, *, done: int = 0, total: int = 0) -> None:
    """Nobody is watching."""


def told(rows: Iterable[NewObservation], *, count: int, tell: Tell) -> Iterator[NewObservation]:
    """Let the rows pass, and say how many did."""
    for done, row in enumerate(rows):
        if done % TOLD_EVERY == 0:
            tell("Checking values", done=done, total=count)
        yield row
    tell("Writing values")
