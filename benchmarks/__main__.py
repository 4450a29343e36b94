"""`make bench`: run everything, print the ratios, and fail where one misses what was promised."""

from __future__ import annotations

import sys

from benchmarks import (
    against_polars,
    control_charts,
    cube_mirror,
    database_cube,
    importing,
    lead_and_lag,
    memory,
    pages,
    single_value,
)
from benchmarks.report import Report

__all__: list[str] = []


def main() -> int:
    """One run, one report; 1 where a promise is missed."""
    report = Report()
    against_polars.measure(report)
    single_value.measure(report)
    memory.measure(report)
    database_cube.measure(report)
    importing.measure(report)
    cube_mirror.measure(report)
    pages.measure(report)
    control_charts.measure(report)
    lead_and_lag.measure(report)
    report.print_whole()
    return 0 if report.is_kept else 1


sys.exit(main())
