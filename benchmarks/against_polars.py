"""The full evaluation against reading and writing the same bytes once, and against Polars."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import polars as pl

from benchmarks.peer_polars import GRAINS, PeerResult, evaluate_in_polars, frame_of
from benchmarks.reference_work import FIRST_MONTH, MONTHS, ReferenceWork, reference_work
from benchmarks.report import Report, best_of, seconds
from benchmarks.whole import full_evaluation
from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.evaluate import Evaluation

__all__ = ["measure"]

MOST_TIMES_THE_BYTES, LEAST_NUMBA, LEAST_NUMPY, TOLERANCE = 12.0, 80.0, 15.0, 1e-9
MOST_BEYOND_LINEAR = 1.25


def measure(report: Report) -> None:
    """Rows in memory in import order → every value, score and roll-up, with the results compared."""
    work = reference_work()
    copying = best_of(5, lambda: _copied(work))
    report.add("reading and writing the rows' bytes once", f"{copying:.3f} s, {work.bytes / 1e6:.0f} MB")
    book = compile_book(work.definitions, today=work.definitions.organisation.clock or _no_clock())
    warm = {backend: full_evaluation(book, work, backend=backend) for backend in ("numpy", "numba")}
    same = not warm["numpy"].differs_from(warm["numba"])
    report.add("NumPy and Numba agree", "bit for bit" if same else "no", promise="bit for bit", is_kept=same)
    kept = warm.pop("numba")
    warm.clear()
    numba = best_of(5, lambda: full_evaluation(book, work, backend="numba", reuse=kept))
    numpy = best_of(3, lambda: full_evaluation(book, work, backend="numpy", reuse=kept))
    frame = frame_of(work)
    peer: list[PeerResult] = []
    polars = seconds(lambda: peer.append(evaluate_in_polars(work, frame)))
    _report_ratios(report, copying=copying, numba=numba, numpy=numpy, polars=polars)
    _compare(report, work, kept, peer[0])
    _linear(report, numba)


def _no_clock() -> None:
    raise ValueError("the reference work pins its clock")


def _copied(work: ReferenceWork) -> list[np.ndarray]:
    return [getattr(work.rows, column.name).copy() for column in fields(work.rows)]


def _report_ratios(report: Report, *, copying: float, numba: float, numpy: float, polars: float) -> None:
    report.add("full evaluation, Numba", f"{numba:.3f} s")
    report.add("full evaluation, NumPy", f"{numpy:.3f} s")
    report.add("full evaluation, Polars", f"{polars:.2f} s")
    times = numba / copying
    report.add(
        "Numba ÷ reading and writing once",
        f"{times:.1f} ×",
        promise="at most 12 ×",
        is_kept=times <= MOST_TIMES_THE_BYTES,
    )
    faster = polars / numba
    report.add("Polars ÷ Numba", f"{faster:.0f} ×", promise="at least 80 ×", is_kept=faster >= LEAST_NUMBA)
    faster = polars / numpy
    report.add("Polars ÷ NumPy", f"{faster:.0f} ×", promise="at least 15 ×", is_kept=faster >= LEAST_NUMPY)


def _compare(report: Report, work: ReferenceWork, ours: Evaluation, peer: PeerResult) -> None:
    """Every value, score, objective and perspective, relative difference."""
    worst = max(_difference(work, ours, peer, grain=grain) for grain in GRAINS)
    report.add(
        "largest relative difference to Polars",
        f"{worst:.1e}",
        promise="at most 1e-9",
        is_kept=worst <= TOLERANCE,
    )


def _difference(work: ReferenceWork, ours: Evaluation, peer: PeerResult, *, grain: str) -> float:
    results = ours.at(Grain(grain))
    compared = [
        (getattr(results.measures, column), peer.measures[grain], "measure", column)
        for column in ("value", "target", "score", "status", "present", "due")
    ]
    for node, part, frame in (
        ("objective", results.objectives, peer.objectives[grain]),
        ("perspective", results.perspectives, peer.perspectives[grain]),
    ):
        columns = ("score", "coverage", "low", "high", "status", "red_children")
        compared += [(getattr(part, column), frame, node, column) for column in columns]
    months = 3 if grain == "quarter" else 1
    first = FIRST_MONTH // months - results.ordinals.start
    return max(
        _apart(array[:, first : first + MONTHS // months], frame, node=node, column=column)
        for array, frame, node, column in compared
    )


def _apart(array: np.ndarray, frame: pl.DataFrame, *, node: str, column: str) -> float:
    """Scatter the peer's rows into the same shape; a number on one side only counts as infinitely far."""
    theirs = np.full(array.shape, np.nan)
    place = tuple(frame[name].to_numpy() for name in (node, "period", "unit"))
    theirs[place] = frame[column].to_numpy()
    if (np.isnan(array) != np.isnan(theirs)).any():
        return float("inf")
    scale = np.maximum(np.abs(theirs), 1.0)
    return float(np.nanmax(np.abs(array - theirs) / scale))


def _linear(report: Report, full: float) -> None:
    """A tenth of the measures: a tenth of the time, give or take a quarter."""
    small = reference_work(entered=20)
    book = compile_book(small.definitions, today=small.definitions.organisation.clock or _no_clock())
    kept = full_evaluation(book, small, backend="numba")
    tenth = best_of(7, lambda: full_evaluation(book, small, backend="numba", reuse=kept))
    per_row = (full / 12.0e6) / (tenth / 1.2e6)
    report.add(
        "time per row, 12 M ÷ 1.2 M observations",
        f"{per_row:.2f}",
        promise="at most 1.25 (linear)",
        is_kept=per_row <= MOST_BEYOND_LINEAR,
    )
