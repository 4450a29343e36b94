"""What a killed import does until it is killed: in a forked child of `killing`, on a copy of the database."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

MORNING = datetime(2026, 10, 8, 6, tzinfo=UTC)
STEP = 2_000  # instructions of SQLite's machine between two looks
BEGUN = b"begun\n"


@dataclass(frozen=True)
class Manner:
    """How a child imports. `limit` kills it after so many steps; `waits`: its parent kills it, so it never ends.

    `is_careless` is the broken variant: every chunk is committed by itself, and the mirror keeps other numbers.
    """

    limit: int | None = None
    waits: bool = False
    is_careless: bool = False


def import_as(manner: Manner, *, trial: Path, prepared: Any, told: int) -> None:
    """Import, write the cube's mirror as the worker does right after, say when each was done. Never returns."""
    try:
        os.write(told, json.dumps(imported(manner, trial=trial, prepared=prepared, told=told)).encode())
        while manner.waits:
            signal.pause()
        os._exit(0)
    except BaseException as problem:
        os.write(told, repr(problem).encode())
        os._exit(1)


def imported(manner: Manner, *, trial: Path, prepared: Any, told: int) -> dict[str, float]:
    """Steps taken; seconds from the beginning until the rows were written, were committed, and were mirrored."""
    from fourfold.platform.accounts.scope import INSTALLATION
    from fourfold.scorecard.measures.actions import append_observations

    append_observations.ROWS_AT_ONCE = 1_000
    moments: list[float] = []
    importing = import_module("fourfold.data.imports.actions.import_file")  # its package offers the action so
    importing.prepared_import = lambda _source, **_scope: prepared  # type: ignore[attr-defined] # read once, before the fork
    importing.own_transaction = noting_the_end(importing.own_transaction, moments)  # type: ignore[attr-defined]

    def after_a_chunk(words: str, *, done: int = 0, total: int = 0) -> None:
        if manner.is_careless and total:
            commit_the_chunk()

    at = MORNING + timedelta(hours=1)
    steps = opened_and_counted(trial, limit=manner.limit)
    os.write(told, BEGUN)
    moments.append(time.monotonic())
    importing.import_source(prepared.source, scope=INSTALLATION, at=at, tell=after_a_chunk)
    moments.append(time.monotonic())
    mirror(at, is_careless=manner.is_careless)
    moments.append(time.monotonic())
    written, committed, mirrored = (moment - moments[0] for moment in moments[1:])
    return {"steps": steps(), "written": written, "committed": committed, "mirrored": mirrored}


def opened_and_counted(trial: Path, *, limit: int | None) -> Callable[[], int]:
    """Connect to the copy; how many steps SQLite has taken there since."""
    from django.db import connection

    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        if taken == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    connection.settings_dict["NAME"] = str(trial)
    connection.ensure_connection()
    connection.connection.set_progress_handler(step, STEP)
    return lambda: taken


def noting_the_end(transaction: Any, moments: list[float]) -> Any:
    """The transaction, which notes when everything is written and only the commit is left."""

    @contextmanager
    def noted() -> Iterator[Any]:
        with transaction() as effect:
            yield effect
            moments.append(time.monotonic())

    return noted


def mirror(at: datetime, *, is_careless: bool = False) -> None:
    """A new generation, however few rows there are."""
    refreshing = import_module("fourfold.scorecard.evaluation.actions.refresh_mirror")
    refreshing.LEAST_ROWS = 1  # type: ignore[attr-defined]
    if is_careless:
        write = refreshing.write_mirror

        def write_other_numbers(place: Path, cube: Any, **named: Any) -> bool:
            for stack in cube.stacks.values():
                np.add(stack.numerator, 1.0, out=stack.numerator)
            return bool(write(place, cube, **named))

        refreshing.write_mirror = write_other_numbers  # type: ignore[attr-defined]
    refreshing.refresh_mirror(at)


def commit_the_chunk() -> None:
    """What the broken variant does; the blocks around still want to release their savepoints."""
    from django.db import connection

    connection.connection.execute("COMMIT")
    connection.connection.execute("BEGIN IMMEDIATE")
    for name in filter(None, connection.savepoint_ids):
        connection.connection.execute(f'SAVEPOINT "{name}"')
