"""The full evaluation that is measured: from rows in memory to every value, score and roll-up."""

from __future__ import annotations

from benchmarks.reference_work import ReferenceWork
from fourfold.engine.book import Book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.score import Backend

__all__ = ["FULL_GRAINS", "full_evaluation"]

FULL_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YTD)


def full_evaluation(
    book: Book, work: ReferenceWork, *, backend: Backend, reuse: Evaluation | None = None
) -> Evaluation:
    """From rows to everything."""
    return evaluate(
        book, Cube.of(book, work.rows, backend="numba"), grains=FULL_GRAINS, backend=backend, reuse=reuse
    )
