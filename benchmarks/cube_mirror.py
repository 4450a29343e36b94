"""The cube on disk: how soon a fresh process has 12 M observations again, and that they are the same."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.reference_work import reference_work
from benchmarks.report import Report

__all__ = ["measure"]

LONGEST = 0.2  # seconds

REOPEN = """
import sys
from pathlib import Path
from time import perf_counter
import numpy as np
from benchmarks.reference_work import reference_work
from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Frequency
from fourfold.scorecard.evaluation.mirror import open_mirror

work = reference_work()
book = compile_book(work.definitions, today=work.definitions.organisation.clock)
start = perf_counter()
found = open_mirror(Path(sys.argv[1]), book, upto=1, digest_at=lambda seq: "")
taken = perf_counter() - start
start = perf_counter()
read = sum(float(np.nansum(stack.numerator)) for stack in found.cube.stacks.values())
print(taken, perf_counter() - start, found.cube.taken, read.hex())
"""


def measure(report: Report) -> None:
    """Write it, end the process, and open it in another; the sum of all numbers must be the same to the bit."""
    from fourfold.engine.book import compile_book
    from fourfold.engine.cube import Cube
    from fourfold.scorecard.evaluation.mirror import JournalPlace, write_mirror

    work = reference_work()
    assert work.definitions.organisation.clock is not None
    cube = Cube.of(compile_book(work.definitions, today=work.definitions.organisation.clock), work.rows)
    expected = sum(float(np.nansum(stack.numerator)) for stack in cube.stacks.values())
    with tempfile.TemporaryDirectory(prefix="fourfold-mirror-") as place:
        start = perf_counter()
        write_mirror(Path(place), cube, seq=1, journal=JournalPlace(0, ""))
        report.add("writing the cube's mirror, synced", f"{perf_counter() - start:.2f} s")
        told = subprocess.run(
            [sys.executable, "-c", REOPEN, place], capture_output=True, text=True, check=True
        ).stdout.split()
    taken, reading, rows = float(told[0]), float(told[1]), int(told[2])
    assert rows == len(work.rows)
    assert told[3] == expected.hex()
    report.add(
        f"re-opening the cube of {rows / 1e6:.0f} M observations",
        f"{taken:.3f} s",
        promise="at most 0.2 s",
        is_kept=taken <= LONGEST,
    )
    report.add("reading all of it once after that", f"{reading:.3f} s")
