"""One new value and its closure, without evaluating everything again."""

from __future__ import annotations

from fourfold.engine.evaluate import Evaluation
from fourfold.engine.rows import ObservationRows

__all__ = ["apply"]


def apply(evaluation: Evaluation, rows: ObservationRows) -> Evaluation:
    """Take later rows into the evaluation's cube and bring its arrays up to date, in place.

    Equal bit for bit to evaluating everything again. Recomputed are the changed cells' units and their ancestors, the
    pages made of the changed periods, formulas that read them, and the objectives and perspectives above.
    """
    raise NotImplementedError
