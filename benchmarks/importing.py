"""A file of a million rows, read, checked and committed, against bare `executemany` of the same rows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.report import Report

__all__ = ["measure"]

LEAVES, MEASURES, ROWS = 170, 100, 1_000_000
MOST_TIMES_BARE = 3.0
FOUNDED = datetime(2026, 1, 15, 8, tzinfo=UTC)
MAPPING = """\
key: million
file: million.csv
layout: long
columns: {unit: unit, measure: measure, period: month, value: value, numerator: numerator, denominator: denominator}
"""


def measure(report: Report) -> None:
    """In a process of its own: the settings of the database part hold for this one already."""
    with tempfile.TemporaryDirectory(prefix="fourfold-bench-import-") as home:
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.importing"],
            env={**os.environ, "FOURFOLD_HOME": home},
            capture_output=True,
            text=True,
            check=True,
        )
    bare, whole, again, rows = (float(text) for text in answer.stdout.split())
    report.add("1 M rows, bare executemany", f"{bare:.1f} s")
    report.add(
        "import of 1 M rows: read, checked, committed",
        f"{whole:.1f} s, {whole / bare:.2f} × bare",
        promise=f"at most {MOST_TIMES_BARE:.0f} × bare executemany",
        is_kept=whole <= MOST_TIMES_BARE * bare and rows == ROWS,
    )
    report.add("the same file again: nothing written", f"{again:.1f} s")


def _measured() -> tuple[float, float, float, int]:
    """Seconds of bare inserts, of the import, of the same import again, and rows written."""
    from fourfold.cli.database import brought_up_to_date

    brought_up_to_date()
    from django.conf import settings

    from benchmarks.reference_work import reference_work
    from fourfold.data.imports.actions import import_file
    from fourfold.platform.accounts.scope import INSTALLATION
    from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
    from fourfold.scorecard.measures.models import Observation

    work = reference_work(leaves=LEAVES, entered=MEASURES)
    write_definitions(work.definitions, scope=INSTALLATION, at=FOUNDED)
    home = Path(settings.FOURFOLD_HOME)
    file, mapping = home / "million.csv", home / "million.mapping.yaml"
    mapping.write_text(MAPPING)
    _write(work, file)
    seconds = []
    for _ in range(2):
        start = perf_counter()
        run = import_file(file, mapping=str(mapping), scope=INSTALLATION, at=FOUNDED)
        seconds.append(perf_counter() - start)
    assert run.values_written == 0
    rows = Observation.objects.count()
    return _bare(home / "fourfold.sqlite3", home / "bare.sqlite3"), seconds[0], seconds[1], rows


def _write(work: Any, file: Path) -> None:
    """The reference rows as people would deliver them: a line a value, in the order of months and units."""
    from fourfold.engine.quantities import Why

    measures = [each.key for each in work.definitions.measures]
    divides = [each.versions[-1].kind.has_denominator for each in work.definitions.measures]
    units = [each.key for each in work.definitions.units]
    rows = work.rows
    columns = (rows.measure, rows.unit, rows.period, rows.numerator, rows.denominator, rows.why)
    written = 0
    with file.open("w") as stream:
        stream.write("unit,measure,month,value,numerator,denominator\n")
        for measure_at, unit, period, numerator, denominator, why in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            if why != Why.PRESENT or written == ROWS:
                continue
            said = f",{numerator!r},{denominator!r}" if divides[measure_at] else f"{numerator!r},,"
            stream.write(
                f"{units[unit]},{measures[measure_at]},{period // 12}-{period % 12 + 1:02d},{said}\n"
            )
            written += 1


def _bare(source: Path, target: Path) -> float:
    """The rows that were written, as tuples, into a table of the same layout with the same index and safety."""
    from fourfold.config.sqlite import JOURNAL_MODE

    import sqlite3  # isort: skip - the safe one, which config.sqlite has put in its place

    with sqlite3.connect(source) as known:
        rows = known.execute("SELECT * FROM measures_observation ORDER BY seq").fetchall()
        layout = known.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'measures_observation' AND sql IS NOT NULL "
            "ORDER BY type = 'trigger', type = 'index'"
        ).fetchall()
    database = sqlite3.connect(target, isolation_level=None)
    database.execute(f"PRAGMA journal_mode={JOURNAL_MODE}")
    database.execute("PRAGMA synchronous=FULL")
    for (sql,) in layout:
        database.execute(sql)
    marks = ", ".join("?" * len(rows[0]))
    start = perf_counter()
    database.execute("BEGIN IMMEDIATE")
    database.executemany(f"INSERT INTO measures_observation VALUES ({marks})", rows)
    database.execute("COMMIT")
    return perf_counter() - start


if __name__ == "__main__":
    print(*_measured())
