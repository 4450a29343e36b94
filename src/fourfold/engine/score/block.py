"""Scores, colours and reasons for a whole block of cells at once; the one way in this house to score a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.score import vectors
from fourfold.engine.score.rule import AnchorRule, RuleShape
from fourfold.engine.score.status import GREY

__all__ = ["Backend", "ScoreBlock", "positions", "score_block"]

Backend = Literal["numba", "numpy"]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

CELLS_AT_ONCE = 16_384  # 128 kB a column of float64: the dozen columns in flight stay in a second-level cache

_NONE = np.empty(0, dtype=np.float64)


class ScoreBlock(NamedTuple):
    """Scores (NaN where there is none), status bytes and `Why` bytes, each of the values' shape."""

    score: Floats
    status: Bytes
    why: Bytes

    @classmethod
    def empty(cls, shape: tuple[int, ...]) -> ScoreBlock:
        """Room for answers, uninitialised; hand it in as `out` again and again."""
        return cls(np.empty(shape), np.empty(shape, dtype=np.uint8), np.empty(shape, dtype=np.uint8))


def score_block(
    value: Floats,
    target: Floats | None,
    *,
    rule: AnchorRule,
    why: Bytes,
    red: Floats | None = None,
    best: Floats | None = None,
    multiplicity: Floats | None = None,
    backend: Backend = "numba",
    out: ScoreBlock | None = None,
) -> ScoreBlock:
    """Turn values into scores on the rule's scale, each cell against its own target.

    Args:
        value: any shape, usually (period, unit), in the measure's unit; ignored where `why` is not PRESENT.
        target: the same shape or broadcastable to it, NaN where there is none; None if `rule.needs_target` is false.
        rule: from `anchor_rule`.
        why: why a value is missing, a byte per cell.
        red: absolute red of the target rows that have their own, NaN elsewhere; ignored unless `rule.takes_red`.
        best: the same for best; ignored unless `rule.takes_best`.
        multiplicity: how many entered targets the cell's target is the sum of (flows), at least 1; distances,
            absolute thresholds and natural bounds grow with it. None: 1 everywhere.
        backend: both give the same bits.
        out: C-contiguous room for the answers; fresh arrays otherwise.

    Returns: where a value is missing, NaN, grey and its own reason; MISSING_REQUIRED where the target is missing or
        leaves the thresholds out of order (`anchors_at` says which); NOT_FINITE where a present value is not finite;
        INFORMATIONAL everywhere for an unscored measure.

    Source: METHOD §2.1–2.3, §2.9 (compare unrounded); DESIGN §5 (Thresholds, Scales).

    >>> from fourfold.engine.quantities import GoalType
    >>> from fourfold.engine.score import ANCHORED, AnchorRule, Line, RuleShape
    >>> rule = AnchorRule(GoalType.MAXIMISE, ANCHORED, RuleShape.ONE_SIDED, red=Line(0.0, 90.0))
    >>> found = score_block(np.array([95.0, 92.5]), np.array([95.0, 95.0]), rule=rule, why=np.zeros(2, np.uint8))
    >>> found.score.round(2).tolist(), found.status.tolist()
    ([66.67, 50.0], [3, 2])
    """
    out = ScoreBlock.empty(value.shape) if out is None else out
    assert out.score.flags.c_contiguous, "a copy would swallow the answers"
    if not rule.is_scored:
        return _unscored(out)
    cells = _cells(value, target, rule=rule, why=why, red=red, best=best, multiplicity=multiplicity, out=out)
    if backend == "numpy" or rule.shape is RuleShape.TABLE:
        _by_numpy(cells, rule)
    else:
        _by_numba(cells, rule)
    return out


def _cells(
    value: Floats,
    target: Floats | None,
    *,
    rule: AnchorRule,
    why: Bytes,
    red: Floats | None,
    best: Floats | None,
    multiplicity: Floats | None,
    out: ScoreBlock,
) -> vectors.Cells:
    """Everything as flat columns; copies only what is not contiguous already."""
    return vectors.Cells(
        value=_flat(value, value.shape),
        target=np.zeros(value.size)
        if target is None or not rule.needs_target
        else _flat(target, value.shape),
        why=np.ascontiguousarray(why).reshape(-1),
        own_red=_flat(red, value.shape) if red is not None and rule.takes_red else None,
        own_best=_flat(best, value.shape) if best is not None and rule.takes_best else None,
        multiplicity=_flat(multiplicity, value.shape) if multiplicity is not None else None,
        score=out.score.reshape(-1),
        status=out.status.reshape(-1),
        reason=out.why.reshape(-1),
    )


def positions(
    value: Floats,
    target: Floats | None,
    *,
    rule: AnchorRule,
    red: Floats | None = None,
    multiplicity: Floats | None = None,
) -> Floats:
    """Say how far above the green border each value lies, in amber widths: 0 on that border, -1 on the red one.

    Args: as for `score_block`.

    Returns: the value's shape; NaN where value or target is missing, and for goals without borders (yes or no,
        rubric, informational). For `hysteresis`.

    Source: METHOD §2.9.

    >>> from fourfold.engine.quantities import GoalType
    >>> from fourfold.engine.score import ANCHORED, AnchorRule, Line, RuleShape
    >>> rule = AnchorRule(GoalType.MAXIMISE, ANCHORED, RuleShape.ONE_SIDED, red=Line(0.0, 90.0))
    >>> positions(np.array([96.0, 90.0]), np.array([95.0, 95.0]), rule=rule).tolist()
    [0.2, -1.0]
    """
    if rule.shape in (RuleShape.TABLE, RuleShape.UNSCORED):
        return np.full(value.shape, np.nan)
    out = ScoreBlock.empty(value.shape)
    states = np.zeros(value.shape, dtype=np.uint8)
    cells = _cells(
        value, target, rule=rule, why=states, red=red, best=None, multiplicity=multiplicity, out=out
    )
    with np.errstate(all="ignore"):
        return vectors.position_of(cells, rule).reshape(value.shape)


def _unscored(out: ScoreBlock) -> ScoreBlock:
    out.score.fill(np.nan)
    out.status.fill(GREY)
    out.why.fill(Why.INFORMATIONAL)
    return out


def _flat(array: Floats, shape: tuple[int, ...]) -> Floats:
    if array.shape != shape:
        array = np.broadcast_to(array, shape)
    return np.ascontiguousarray(array, dtype=np.float64).reshape(-1)


_BY_SHAPE: dict[RuleShape, Callable[[vectors.Cells, AnchorRule], None]] = {
    RuleShape.ONE_SIDED: vectors.score_one_sided,
    RuleShape.TWO_SIDED: vectors.score_two_sided,
    RuleShape.TABLE: vectors.score_table,
}


def _by_numpy(cells: vectors.Cells, rule: AnchorRule) -> None:
    score = _BY_SHAPE[rule.shape]
    with np.errstate(all="ignore"):
        for start in range(0, cells.value.size, CELLS_AT_ONCE):
            score(cells.part(slice(start, start + CELLS_AT_ONCE)), rule)


def _by_numba(cells: vectors.Cells, rule: AnchorRule) -> None:
    # Imported here: compiling costs seconds the first time, and a page in plain NumPy should not pay for it.
    from fourfold.engine.score import kernels

    answers = (cells.score, cells.status, cells.reason)
    times = _NONE if cells.multiplicity is None else cells.multiplicity
    if rule.shape is RuleShape.TWO_SIDED:
        kernels.score_two_sided(cells.value, cells.target, cells.why, times, rule.packed, *answers)
    elif rule.is_straight and cells.own_red is None and cells.own_best is None and cells.multiplicity is None:
        kernels.score_straight(cells.value, cells.target, cells.why, rule.packed, *answers)
    else:
        red = _NONE if cells.own_red is None else cells.own_red
        best = _NONE if cells.own_best is None else cells.own_best
        kernels.score_one_sided(cells.value, cells.target, cells.why, red, best, times, rule.packed, *answers)
