"""From the ledger to the cube: how many rows a second."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.reference_work import MONTHS, reference_work
from benchmarks.report import Report

__all__ = ["measure"]

LEAST_ROWS_A_SECOND = 0.5e6
FOUNDED = datetime(2026, 1, 15, 8, tzinfo=UTC)


def measure(report: Report) -> None:
    """A real SQLite file with 600,000 observations."""
    with tempfile.TemporaryDirectory(prefix="fourfold-bench-") as home:
        os.environ["FOURFOLD_HOME"] = str(Path(home))
        from fourfold.cli.database import brought_up_to_date

        brought_up_to_date()
        _measure(report)


def _measure(report: Report) -> None:
    from fourfold.engine.book import compile_book
    from fourfold.engine.cube import Cube
    from fourfold.platform.accounts.scope import INSTALLATION
    from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
    from fourfold.scorecard.evaluation.queries.definitions import read_definitions
    from fourfold.scorecard.measures.actions.append_observations import append_observations
    from fourfold.scorecard.measures.observation import observations_from_rows
    from fourfold.scorecard.measures.queries.ledger import head_seq
    from fourfold.scorecard.measures.queries.ledger_rows import positions_in, rows_as_of

    work = reference_work(leaves=100, entered=100)
    write_definitions(work.definitions, scope=INSTALLATION, at=FOUNDED)
    rows = observations_from_rows(work.definitions, work.rows)
    start = perf_counter()
    append_observations(rows, scope=INSTALLATION, at=FOUNDED, digits_checked=True)
    writing = len(work.rows) / (perf_counter() - start)
    definitions = read_definitions()
    book = compile_book(definitions, today=FOUNDED.date())
    positions = positions_in(definitions)
    start = perf_counter()
    cube = Cube.of(book, rows_as_of(head_seq(), positions=positions))
    reading = len(work.rows) / (perf_counter() - start)
    assert cube is not None
    assert len(work.rows) == 100 * 100 * MONTHS
    report.add("rows into the ledger", f"{writing / 1e6:.2f} M/s")
    report.add(
        "cube from the database",
        f"{reading / 1e6:.2f} M rows/s",
        promise="at least 0.5 M rows/s",
        is_kept=reading >= LEAST_ROWS_A_SECOND,
    )
