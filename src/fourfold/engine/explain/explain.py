"""Walk from a number down to the observations it rests on."""

from __future__ import annotations

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.explain.explanation import Explanation

__all__ = ["explain"]


def explain(evaluation: Evaluation, *, node: tuple[str, str], unit: str, period: GrainPeriod) -> Explanation:
    """The tree behind one number: inputs, formula, version, thresholds, weights, coverage.

    Args:
        evaluation: must cover the unit and the period.
        node: kind (`perspective`, `objective`, `measure`) and key.
        unit: a unit of the evaluated subtree.
        period: a page of an evaluated grain.

    Raises:
        UnknownUnit, KeyError, IndexError: not there.
    """
    raise NotImplementedError
