"""Bring the database in line with a strategy folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from fourfold.data.imports.actions.store_mappings import store_mappings
from fourfold.data.imports.actions.telling import Tell, fingerprint, moment_of, silent
from fourfold.data.imports.queries.row_codes import RELEASE_CODES, last_of_each_key
from fourfold.folder import FolderReading, read_folder
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import known_organisation
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.measures.actions.append_observations import append_rows
from fourfold.scorecard.measures.actions.resolving_columns import RowOrigins

__all__ = ["LoadedFolder", "load_strategy_folder"]


@dataclass(frozen=True, slots=True)
class LoadedFolder:
    """What the database holds after it, and how much of it was new."""

    organisation: str
    units: int
    measures: int
    changed: int
    written: int
    unchanged: int


def load_strategy_folder(
    folder: Path, *, data: Path | None, scope: Scope, at: datetime, tell: Tell = silent
) -> LoadedFolder:
    """Read a folder whole and write it whole, in one transaction; the same folder twice changes nothing.

    Founding an empty installation keeps the times at which the folder says its rows became known; later loads are
    known from now on, and of rows that restate each other only the last is taken.

    Raises:
        FolderRefused, and what definitions and the ledger refuse.
    """
    tell("Reading files")
    reading = read_folder(folder, data=data)
    with transaction.atomic():
        is_history = _is_empty() and bool(reading.recorded_at.any())
        tell("Writing definitions")
        since = moment_of(int(reading.recorded_at[reading.recorded_at > 0].min())) if is_history else None
        written = write_definitions(reading.definitions, scope=scope, at=at, known_since=since)
        chosen = np.ones(len(reading.rows), dtype=bool) if is_history else last_of_each_key(reading.rows)
        appended = append_rows(
            reading.rows.where(chosen),
            definitions=reading.definitions,
            origins=_origins(reading, chosen, is_history=is_history),
            scope=scope,
            at=at,
            run="folder",
            history=is_history,
            progress=lambda done, total: tell("Writing values", done=done, total=total),
            fingerprints=_fingerprints(folder, reading, data=data),
        )
        store_mappings(folder, scope=scope, at=at)
    definitions = reading.definitions
    return LoadedFolder(
        organisation=definitions.organisation.name,
        units=len(definitions.units),
        measures=len(definitions.measures),
        changed=written.changed,
        written=appended.written,
        unchanged=appended.unchanged,
    )


def _is_empty() -> bool:
    try:
        known_organisation()
    except NotFounded:
        return True
    return False


def _origins(reading: FolderReading, chosen: NDArray[np.bool_], *, is_history: bool) -> RowOrigins:
    """Where the chosen rows stand, how final they are and, for a founding, since when they are known."""
    return RowOrigins(
        files=tuple(source.file for source in reading.sources),
        source=reading.source[chosen].astype(np.int32),
        source_row=reading.line[chosen].astype(np.int64),
        release_status=RELEASE_CODES[reading.release_status[chosen]],
        recorded_at=reading.recorded_at[chosen].astype(np.int64) if is_history else None,
    )


def _fingerprints(folder: Path, reading: FolderReading, *, data: Path | None) -> dict[str, str]:
    found = {}
    for source in reading.sources:
        path = next(base / source.file for base in (folder, data) if base and (base / source.file).is_file())
        found[source.file] = fingerprint(path)
    return found
