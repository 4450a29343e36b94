"""The ledger's cube and a big one's compiled kernels, made ready before somebody waits for a page."""

from __future__ import annotations

from datetime import datetime

from fourfold.engine.backends import backend_for
from fourfold.engine.calendar import Grain
from fourfold.engine.evaluate import evaluate
from fourfold.platform.periods.models import NotFounded
from fourfold.scorecard.evaluation.queries.live_cube import known_now
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = ["needs_warming", "warm_kernels"]


def needs_warming() -> bool:
    """Whether the ledger is so long that pages are computed by compiled kernels. One query."""
    return backend_for(head_seq()) == "numba"


def warm_kernels(at: datetime) -> None:
    """Build this process's cube and evaluate the root and a leaf, the two shapes that kernels are compiled for.

    Costs seconds for a big ledger, after an upgrade up to a minute; for a small one some tenths. Does nothing where
    nothing was loaded.
    """
    try:
        with known_now(at) as known:
            for unit in {known.book.units.keys[0], known.book.units.keys[-1]}:
                evaluate(known.book, known.cube, grains=(Grain.MONTH,), unit=unit)
    except NotFounded:
        return
