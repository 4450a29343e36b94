"""Run as `python -m tests.data.imports.killing ROWS KILLS [careless]` in a home of its own: imports that are killed.

A warmed server: Django is up and the file is read once; every trial forks, imports into a copy of the database, writes
the cube's mirror, and is killed by SIGKILL on the way. Half of them after so many steps of SQLite's machine, the points
spread over the whole; the other half from outside at a random time: a third of those while rows are written, a third
around the commit and its syncs, a third while the mirror is. Prints what was found, each way, as JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import select
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from fourfold.cli.database import brought_up_to_date
from tests.data.imports.killed_child import BEGUN, MORNING, Manner, import_as, mirror

EXAMPLE = Path(__file__).parents[3] / "examples" / "four-objectives"
RETRIED_EVERY = 20
SEED = 20261008
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


Known = dict[
    str, tuple[str, str]
]  # by what the ledger says: the name of that state, and the cube it stands for


@dataclass(frozen=True)
class Ground:
    """Where trials happen: a database and a mirror to begin from, their copies to be spoiled, the file as read."""

    home: Path
    prepared: Any
    is_careless: bool

    @property
    def template(self) -> Path:
        return self.home / "fourfold.sqlite3"

    @property
    def trial(self) -> Path:
        return self.home / "trial.sqlite3"

    def renew(self) -> None:
        """As before any import: the database, and the mirror of it."""
        for suffix in ("-wal", "-shm"):
            self.trial.with_name(self.trial.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.trial)
        shutil.rmtree(self.home / "cube", ignore_errors=True)
        shutil.copytree(self.home / "cube-before", self.home / "cube")

    def state(self) -> str:
        """What the ledger, the runs and the journal say, after whatever recovery the file needs."""
        return fingerprint(self.trial)

    def cube(self) -> str:
        """What a process that starts now takes for the numbers, from whatever mirror it finds."""
        return told_by_child(lambda told: os.write(told, cube_digest(self.trial).encode()))


def main() -> None:
    rows, kills, is_careless = int(sys.argv[1]), int(sys.argv[2]), "careless" in sys.argv
    brought_up_to_date()
    from django.conf import settings
    from django.db import connections

    ground = Ground(Path(settings.FOURFOLD_HOME), founded(Path(settings.FOURFOLD_HOME), rows), is_careless)
    mirror(MORNING)
    connections.close_all()
    shutil.move(ground.home / "cube", ground.home / "cube-before")
    ground.renew()
    before = ground.state(), ground.cube()
    whole = json.loads(run(ground, Manner(is_careless=is_careless)))
    shutil.rmtree(ground.home / "cube")
    known = {before[0]: ("before", before[1]), ground.state(): ("after", ground.cube())}
    steps = [1 + number * int(whole["steps"]) // (kills // 2) for number in range(kills // 2)]
    by_steps = [partial(run, ground, Manner(limit=limit, is_careless=is_careless)) for limit in steps]
    by_clock = [partial(run_for, ground, seconds) for seconds in delays(whole, kills // 2)]
    found = {
        "steps": counted(ground, known, by_steps),
        "clock": counted(ground, known, by_clock, reads_cube=True),
    }
    print(json.dumps(found))


def delays(whole: dict[str, float], kills: int) -> list[float]:
    """Seconds after the beginning: a third before the commit, a third around it, a third until after the mirror."""
    chance = random.Random(SEED)
    written, committed, mirrored = (whole[name] for name in ("written", "committed", "mirrored"))
    commit = max(committed - written, written / 10)  # no two runs take equally long
    after = mirrored - committed
    spans = ((0.0, written), (written - commit, committed + commit), (committed, mirrored + after))
    return [chance.uniform(*spans[number % len(spans)]) for number in range(kills)]


def counted(
    ground: Ground, known: Known, trials: list[Callable[[], str | None]], *, reads_cube: bool = False
) -> dict[str, int]:
    """How many were killed and what state each left; `misread`: a mirror from which another number would be read,
    where somebody looks."""
    found: Counter[str] = Counter()
    after = next(state for state, (name, _cube) in known.items() if name == "after")
    for number, trial in enumerate(trials):
        ground.renew()
        found["killed"] += trial() is None
        state = ground.state()
        name, cube = known.get(state, ("between", ""))
        found[name] += 1
        if reads_cube and name != "between":
            found["misread"] += ground.cube() != cube
        if number % RETRIED_EVERY == 0 and name == "before":
            run(ground, Manner(is_careless=ground.is_careless))
            found["retried"] += ground.state() == after
    return dict(found)


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
    from fourfold.platform.accounts.scope import INSTALLATION

    measure = ProposedMeasure("footfall", "Footfall", frequency="day")
    named = mapping_in_text("killed", MAPPING)
    return prepared_import(ImportSource(file, "killed.csv", named, measures=(measure,)), scope=INSTALLATION)


def run(ground: Ground, manner: Manner) -> str | None:
    """One import, until it ends by itself or has taken its steps; what it told, None where it was killed."""
    return of_child(lambda told: import_as(manner, trial=ground.trial, prepared=ground.prepared, told=told))


def run_for(ground: Ground, seconds: float) -> str | None:
    """One import that is killed so late after it has begun."""
    manner = Manner(waits=True, is_careless=ground.is_careless)
    return of_child(
        lambda told: import_as(manner, trial=ground.trial, prepared=ground.prepared, told=told),
        killed_after=seconds,
    )


def told_by_child(work: Callable[[int], object]) -> str:
    """What a child of its own says: this process keeps no connection and no cube."""

    def begin(told: int) -> None:
        os.write(told, BEGUN)
        work(told)
        os._exit(0)

    answer = of_child(begin)
    assert answer is not None
    return answer


def of_child(work: Callable[[int], object], *, killed_after: float | None = None) -> str | None:
    """Fork, and hear what the child says after its first line; None where it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        assert answer.readline() == BEGUN
        if killed_after is not None:
            select.select([answer], [], [], killed_after)  # or until it has done all of it
            os.kill(child, signal.SIGKILL)
        text = answer.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    if status:
        raise RuntimeError(f"the import itself failed: {text}")
    return text


def cube_digest(trial: Path) -> str:
    """Every array of the cube that a fresh process on this database answers from."""
    from django.db import connection

    from fourfold.scorecard.evaluation.queries.live_cube import forget, known_now

    connection.settings_dict["NAME"] = str(trial)
    forget()
    digest = hashlib.sha256()
    with known_now(MORNING + timedelta(hours=2)) as known:
        for _frequency, stack in sorted(known.cube.stacks.items()):
            digest.update(stack.numerator.tobytes() + stack.denominator.tobytes())
    return digest.hexdigest()


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
