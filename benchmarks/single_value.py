"""One new value with its closure, and the numbers of one page."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from benchmarks.reference_work import FIRST_MONTH, MONTHS, ReferenceWork, reference_work
from benchmarks.report import Report
from benchmarks.whole import FULL_GRAINS
from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import evaluate
from fourfold.engine.rows import ObservationRows
from fourfold.engine.update import apply

__all__ = ["measure"]

VALUES, PAGES, PAGE_MEASURES = 500, 30, 40
MOST_FOR_A_VALUE, MOST_FOR_A_LEAF, MOST_FOR_THE_ROOT = 1e-3, 1e-3, 10e-3


def measure(report: Report) -> None:
    """p95 of single values; medians of pages."""
    work = reference_work()
    assert work.definitions.organisation.clock is not None
    book = compile_book(work.definitions, today=work.definitions.organisation.clock)
    cube = Cube.of(book, work.rows)
    evaluation = evaluate(book, cube, grains=FULL_GRAINS)
    times = []
    for row in _single_rows(work):
        start = perf_counter()
        apply(evaluation, row)
        times.append(perf_counter() - start)
    p95 = float(np.percentile(times[20:], 95))
    report.add(
        "one new value and its closure, p95",
        f"{p95 * 1e3:.2f} ms",
        promise="at most 1 ms",
        is_kept=p95 <= MOST_FOR_A_VALUE,
    )
    keys = tuple(each.key for each in work.definitions.measures[:PAGE_MEASURES])
    leaf, root = work.definitions.units[-1].key, work.definitions.units[0].key
    for unit, name, most in (
        (leaf, "a leaf unit", MOST_FOR_A_LEAF),
        (root, "the root of 1,000", MOST_FOR_THE_ROOT),
    ):
        taken = []
        for _ in range(PAGES):
            start = perf_counter()
            evaluate(book, cube, grains=(Grain.MONTH,), unit=unit, measures=keys, depth=0, rollups=False)
            taken.append(perf_counter() - start)
        median = float(np.median(taken[3:]))
        report.add(
            f"a page's numbers, 40 measures × 60 months, {name}",
            f"{median * 1e3:.2f} ms",
            promise=f"at most {most * 1e3:.0f} ms",
            is_kept=median <= most,
        )


def _single_rows(work: ReferenceWork) -> list[ObservationRows]:
    """Flows of random leaves and months; every fifth measure is a ratio and is left out."""
    rng = np.random.default_rng(3)
    first_leaf = len(work.definitions.units) - work.leaves
    rows = []
    for _ in range(VALUES):
        measure = int(rng.integers(0, work.entered)) // 5 * 5 + 1
        unit = int(rng.integers(first_leaf, first_leaf + work.leaves))
        period = FIRST_MONTH + int(rng.integers(0, MONTHS))
        value = float(rng.normal(100.0, 12.0))
        rows.append(ObservationRows.of([(measure, 1, 0, unit, period, value, 1.0, 0)]))
    return rows
