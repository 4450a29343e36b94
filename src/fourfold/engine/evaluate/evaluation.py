"""The whole way from observations to perspectives."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from fourfold.engine.book import Book
from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate.results import Evaluation

__all__ = ["Backend", "evaluate", "last_complete"]

Backend = Literal["numba", "numpy"]


def evaluate(
    book: Book,
    cube: Cube,
    *,
    grains: Collection[Grain] = (Grain.MONTH,),
    unit: str | None = None,
    measures: Collection[str] | None = None,
    backend: Backend = "numba",
    reuse: Evaluation | None = None,
) -> Evaluation:
    """Compute every number of a unit's subtree.

    Args:
        book: the definitions.
        cube: the observations; must have been made with this book.
        grains: what pages show.
        unit: the head of the subtree; None: the root.
        measures: keys; None: all. With a choice, operands of formulas come along and objectives that have measures
            outside it are grey.
        backend: both give the same digits.
        reuse: an evaluation of the same shape whose arrays may be overwritten; saves the cost of fresh memory.

    Raises:
        UnknownUnit: no such unit. KeyError: no such measure.
    """
    raise NotImplementedError


def last_complete(
    book: Book, cube: Cube, *, grain: Grain = Grain.MONTH, unit: str | None = None
) -> GrainPeriod:
    """The latest period that has ended and has an observation (DESIGN §5), in a unit's subtree.

    Without any, the latest that has ended.
    """
    raise NotImplementedError
