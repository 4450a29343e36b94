"""Run as `python -m tests.data.imports.killing ROWS KILLS [chunks]` in a home of its own: imports that are killed.

A warmed server: Django is up and the file is read once; every trial forks, imports into a copy of the database and is
killed by SIGKILL after so many steps of SQLite's machine, the points spread over the whole write. Prints what was
found as JSON. With `chunks` every chunk is committed by itself: the broken variant, which the check must catch.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from fourfold.cli.database import brought_up_to_date

MORNING = datetime(2026, 10, 8, 6, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[3] / "examples" / "four-objectives"
STEP = 2_000  # instructions of SQLite's machine between two looks
STEPS_UNLIMITED = 10**9
RETRIED_EVERY = 20
MAPPING = """\
key: killed
file: killed.csv
layout: long
format: {date: "%Y-%m-%d"}
columns: {unit: unit, period: day, value: value}
constants: {measure: footfall}
"""
TABLES = (
    "measures_observation",
    "measures_ledgerhead",
    "measures_ledgerentry",
    "imports_importrun",
    "audit_auditevent",
)


def main() -> None:
    rows, kills, is_chunked = int(sys.argv[1]), int(sys.argv[2]), "chunks" in sys.argv
    brought_up_to_date()
    from django.conf import settings
    from django.db import connections

    prepared = founded(Path(settings.FOURFOLD_HOME), rows)
    connections.close_all()
    template = Path(settings.DATABASES["default"]["NAME"])
    trial = template.with_name("trial.sqlite3")
    before = fingerprint(template)
    total = run_trial(template, trial, prepared, limit=STEPS_UNLIMITED, is_chunked=is_chunked)
    after = fingerprint(trial)
    found: Counter[str] = Counter()
    killed = retried = 0
    for number in range(kills):
        limit = 1 + number * total // kills
        killed += run_trial(template, trial, prepared, limit=limit, is_chunked=is_chunked) < 0
        state = fingerprint(trial)
        found["before" if state == before else "after" if state == after else "between"] += 1
        if number % RETRIED_EVERY == 0 and state == before:
            run_trial(trial, trial, prepared, limit=STEPS_UNLIMITED, is_chunked=is_chunked)
            retried += fingerprint(trial) == after
    print(json.dumps({"killed": killed, "retried": retried, "steps": total, **found}))


def founded(home: Path, rows: int) -> Any:
    """The bakery with a daily measure, and a file of that many days read already."""
    from fourfold.data.imports.actions import load_strategy_folder
    from fourfold.data.imports.queries.mappings import mapping_in_text
    from fourfold.data.imports.queries.prepared_import import ImportSource, prepared_import
    from fourfold.folder.mapping.look import ProposedMeasure
    from fourfold.platform.accounts.scope import INSTALLATION

    load_strategy_folder(EXAMPLE, data=None, scope=INSTALLATION, at=MORNING)
    file = home / "killed.csv"
    first = datetime(1980, 1, 1, tzinfo=UTC)
    with file.open("w") as stream:
        stream.write("unit,day,value\n")
        for place in range(rows):
            unit = ("old-town", "riverside")[place % 2]
            stream.write(f"{unit},{first + timedelta(days=place // 2):%Y-%m-%d},{place}\n")
    measure = ProposedMeasure("footfall", "Footfall", frequency="day")
    named = mapping_in_text("killed", MAPPING)
    return prepared_import(ImportSource(file, "killed.csv", named, measures=(measure,)))


def run_trial(template: Path, trial: Path, prepared: Any, *, limit: int, is_chunked: bool) -> int:
    """Import in a forked child; the steps it took, or -1 where it was killed."""
    if template != trial:
        for suffix in ("-wal", "-shm"):
            trial.with_name(trial.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(template, trial)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        import_until(trial, prepared, limit=limit, is_chunked=is_chunked, told=writing)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return -1
    if status:
        raise RuntimeError(f"the import itself failed: {text}")
    return int(text)


def import_until(trial: Path, prepared: Any, *, limit: int, is_chunked: bool, told: int) -> None:
    """In the child: never returns."""
    from django.db import connection

    from fourfold.platform.accounts.scope import INSTALLATION
    from fourfold.scorecard.measures.actions import append_observations

    append_observations.ROWS_AT_ONCE = 1_000
    importing = import_module(
        "fourfold.data.imports.actions.import_file"
    )  # its package offers the action by that name
    importing.prepared_import = lambda _source: prepared  # type: ignore[attr-defined] # read once, before the fork
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        if steps >= limit:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def after_a_chunk(words: str, *, done: int = 0, total: int = 0) -> None:
        if is_chunked and total:
            commit_the_chunk(connection)

    try:
        connection.settings_dict["NAME"] = str(trial)
        connection.ensure_connection()
        connection.connection.set_progress_handler(step, STEP)
        importing.import_source(
            prepared.source, scope=INSTALLATION, at=MORNING + timedelta(hours=1), tell=after_a_chunk
        )
        connection.close()
        os.write(told, str(steps).encode())
        os._exit(0)
    except BaseException as problem:
        os.write(told, repr(problem).encode())
        os._exit(1)


def commit_the_chunk(connection: Any) -> None:
    """What the broken variant does; the blocks around still want to release their savepoints."""
    connection.connection.execute("COMMIT")
    connection.connection.execute("BEGIN IMMEDIATE")
    for name in filter(None, connection.savepoint_ids):
        connection.connection.execute(f'SAVEPOINT "{name}"')


def fingerprint(database: Path) -> str:
    """Everything the ledger, the runs and the journal say, after whatever recovery the file needs."""
    import sqlite3

    digest = hashlib.sha256()
    known = sqlite3.connect(database)
    try:
        assert known.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in TABLES:
            for row in known.execute(f"SELECT * FROM {table} ORDER BY 1"):
                digest.update(repr(row).encode())
    finally:
        known.close()
    return digest.hexdigest()


if __name__ == "__main__":
    main()
