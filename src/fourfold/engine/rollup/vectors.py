"""The roll-up in plain NumPy. Must agree with `kernels` to the last bit: change both or neither."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.definitions import RollupMethod
from fourfold.engine.quantities import Why
from fourfold.engine.rollup.gate import COVERAGE_TOLERANCE
from fourfold.engine.score.status import GREEN, RED

__all__ = ["Child", "Parent", "add_child", "publish", "start"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Child:
    """One child's (period, unit) block with its weights as a column, and its logarithms for the geometric mean."""

    order: int
    score: Floats
    why: Bytes
    status: Bytes
    weight: Floats
    critical: bool
    logs: Floats | None


@dataclass(frozen=True, slots=True)
class Parent:
    """Where the answers go; until `publish`, `score`, `coverage`, `low` and `high` hold the running sums."""

    method: RollupMethod
    missing_high: float
    coverage_min: float
    score: Floats
    coverage: Floats
    low: Floats
    high: Floats
    why: Bytes
    vetoed: Bytes
    red_children: NDArray[np.int16]
    worst_child: NDArray[np.int16]


def start(parent: Parent, *, childless: Why) -> None:
    """Nothing gathered yet."""
    for sums in (parent.score, parent.coverage, parent.low):
        sums.fill(0.0)
    parent.high.fill(np.inf)
    parent.why.fill(childless)
    parent.vetoed.fill(0)
    parent.red_children.fill(0)
    parent.worst_child.fill(-1)


def add_child(parent: Parent, child: Child) -> None:
    """Add the next child in listed order; where its weight is zero it is informational."""
    weighty = child.weight > 0.0
    scored = child.why == Why.PRESENT
    # NOT_DUE, NOT_APPLICABLE and INFORMATIONAL are 1 to 3: one below, a byte wraps round and PRESENT is the largest.
    eligible = child.why - np.uint8(1) > Why.INFORMATIONAL - 1
    if not weighty.all():
        scored &= weighty
        eligible &= weighty
    all_scored = bool(scored.all())  # the usual case: then nothing needs masking
    all_eligible = all_scored or bool(eligible.all())
    _gather(parent, child, scored, is_whole=all_scored)
    weight = child.weight if all_scored else np.where(scored, child.weight, 0.0)
    np.add(parent.coverage, weight, out=parent.coverage)
    np.add(
        parent.low, child.weight if all_eligible else np.where(eligible, child.weight, 0.0), out=parent.low
    )
    _rank(parent, child, scored, is_whole=all_scored)
    red = scored & (child.status == RED)
    np.add(parent.red_children, red, out=parent.red_children)
    if child.critical:
        np.bitwise_or(parent.vetoed, red, out=parent.vetoed)
    if not all_eligible:
        excused = np.where(eligible | ~weighty, parent.why, child.why)
        np.minimum(parent.why, excused, out=parent.why)


def _gather(parent: Parent, child: Child, scored: NDArray[np.bool_], *, is_whole: bool) -> None:
    """Adding nought where there is no score changes no bit of a sum that began at nought."""
    if parent.method is RollupMethod.MINIMUM:
        return
    if parent.method is RollupMethod.COUNT:
        part = np.where(scored & (child.status == GREEN), child.weight * 100.0, 0.0)
    else:
        own = child.score if child.logs is None else child.logs
        part = (own if is_whole else np.where(scored, own, 0.0)) * child.weight
    np.add(parent.score, part, out=parent.score)


def _rank(parent: Parent, child: Child, scored: NDArray[np.bool_], *, is_whole: bool) -> None:
    """Keep the lowest score and whose it is; a tie stays with the one listed first."""
    own = child.score if is_whole else np.where(scored, child.score, np.inf)
    # Children come in ascending order, so the one found last has the largest number; a masked copy is far slower.
    lower = (own < parent.high).astype(np.int16)
    lower *= np.int16(child.order + 1)
    lower -= np.int16(1)
    np.maximum(parent.worst_child, lower, out=parent.worst_child)
    np.minimum(parent.high, own, out=parent.high)


def publish(parent: Parent) -> None:
    """Turn the sums into score, coverage and bounds, and hold back what too little is known about."""
    total, present, due = parent.score.copy(), parent.coverage.copy(), parent.low.copy()
    worst = parent.high.copy()
    owed = due > 0.0
    np.divide(present, due, out=parent.coverage)
    if parent.method is RollupMethod.MINIMUM:
        parent.low[...] = np.where(present == due, worst, 0.0)
        np.minimum(worst, parent.missing_high, out=parent.high)
        parent.score[...] = worst
    else:
        np.divide(total, due, out=parent.low)
        np.divide(total + parent.missing_high * (due - present), due, out=parent.high)
        np.divide(total, present, out=parent.score)
    for answer in (parent.coverage, parent.low, parent.high):
        np.copyto(answer, np.nan, where=~owed)
    known = (present > 0.0) & (parent.coverage >= parent.coverage_min - COVERAGE_TOLERANCE)
    np.copyto(parent.score, np.nan, where=~known)
    np.copyto(parent.why, np.uint8(Why.PRESENT), where=known)
    np.copyto(parent.why, np.uint8(Why.INSUFFICIENT), where=owed & ~known)
