"""How much memory the full evaluation needs at most, rows included, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.report import Report

__all__ = ["measure"]

MOST = 2.0e9
ALONE = """
import resource
from benchmarks.reference_work import reference_work
from benchmarks.whole import full_evaluation
from fourfold.engine.book import compile_book
work = reference_work()
made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
book = compile_book(work.definitions, today=work.definitions.organisation.clock)
with open("/proc/self/clear_refs", "w") as counters:
    counters.write("5")
full_evaluation(book, work, backend="numba")
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def measure(report: Report) -> None:
    """The high-water mark is set back once the rows are made. Making them is no part of the work, nor is the peer."""
    if not sys.platform.startswith("linux"):
        report.add("peak memory of the full evaluation", "not measured here: it needs /proc")
        return
    answer = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    peak = int(answer.stdout.split()[-1]) * 1024
    report.add(
        "peak memory of the full evaluation",
        f"{peak / 1e9:.2f} GB",
        promise="at most 2 GB",
        is_kept=peak <= MOST,
    )
