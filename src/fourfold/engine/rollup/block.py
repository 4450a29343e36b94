"""A parent's score, coverage and bounds from its children's, for a whole block of periods and units at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.definitions import RollupMethod
from fourfold.engine.quantities import Why
from fourfold.engine.rollup import vectors
from fourfold.engine.rollup.gate import COVERAGE_MIN
from fourfold.engine.score import AMBER, ANCHORED, Backend, Scale, status_of_score

__all__ = ["RollupBlock", "rollup_block"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

CELLS_AT_ONCE = 16_384  # as in scoring: what is in flight stays in a second-level cache
FEW_UNITS = (
    64  # below, entering the kernel's loops for every period costs more than the arithmetic inside them
)


@dataclass(frozen=True, slots=True)
class RollupBlock:
    """A parent over (period, unit).

    `score` is NaN where it is not published; `coverage`, `low` and `high` are NaN only where nothing is owed.
    `worst_child` is a position in the listed order, -1 where no child has a score.
    """

    score: Floats
    coverage: Floats
    low: Floats
    high: Floats
    why: Bytes
    status: Bytes
    red_children: NDArray[np.int16]
    worst_child: NDArray[np.int16]

    @classmethod
    def empty(cls, shape: tuple[int, int]) -> RollupBlock:
        """Room for answers, uninitialised; hand it in as `out` again and again."""
        return cls(
            score=np.empty(shape),
            coverage=np.empty(shape),
            low=np.empty(shape),
            high=np.empty(shape),
            why=np.empty(shape, dtype=np.uint8),
            status=np.empty(shape, dtype=np.uint8),
            red_children=np.empty(shape, dtype=np.int16),
            worst_child=np.empty(shape, dtype=np.int16),
        )


def rollup_block(
    scores: Floats,
    why: Bytes,
    *,
    status: Bytes,
    weights: Floats,
    children: Sequence[int] | NDArray[np.int64] | None = None,
    critical: Sequence[bool] | NDArray[np.bool_] | None = None,
    method: RollupMethod = RollupMethod.ARITHMETIC,
    coverage_min: float = COVERAGE_MIN,
    scale: Scale = ANCHORED,
    backend: Backend = "numba",
    out: RollupBlock | None = None,
) -> RollupBlock:
    """Roll children up into one parent.

    Args:
        scores: (node, period, unit); may hold more nodes than this parent's children.
        why: the same shape; PRESENT where there is a score.
        status: the same shape; status bytes, for red children, veto and the count of those on target.
        weights: (child, period) in listed order; 0 makes a child informational, no matter how red.
        children: the nodes that are this parent's children, in listed order; None: all of them.
        critical: per child; a red one caps the parent's status at amber, the score stays (METHOD §8).
        method: geometric works on max(score, 1), renormalised over scored children.
        coverage_min: below this share of eligible weight the score is held back as INSUFFICIENT.
        scale: owns the borders and the ceiling that a missing child could have reached.
        backend: both give the same bits.
        out: C-contiguous room for the answers.

    Returns: NOT_DUE, NOT_APPLICABLE or INFORMATIONAL (the first of these that a child has) where nobody owes a
        number, NOT_APPLICABLE for a parent without children.

    Source: METHOD §2.5, §8; OECD/JRC, Handbook on Constructing Composite Indicators, 2008.

    >>> scores = np.array([80.0, 60.0, np.nan, 90.0]).reshape(4, 1, 1)
    >>> why = np.array([0, 0, Why.MISSING_DUE, 0], dtype=np.uint8).reshape(4, 1, 1)
    >>> weights = np.array([[0.4], [0.3], [0.2], [0.1]])
    >>> parent = rollup_block(scores, why, status=np.where(why == 0, 3, 0).astype(np.uint8), weights=weights)
    >>> round(float(parent.score[0, 0]), 2), round(float(parent.coverage[0, 0]), 2)
    (73.75, 0.8)
    """
    out = RollupBlock.empty(scores.shape[1:]) if out is None else out
    assert out.score.flags.c_contiguous, "a copy would swallow the answers"
    family = _Family(
        # Contiguous, or the kernel would be compiled anew for every way of slicing; no copy where they already are.
        np.ascontiguousarray(scores),
        np.ascontiguousarray(why),
        np.ascontiguousarray(status),
        np.arange(scores.shape[0]) if children is None else np.asarray(children, dtype=np.int64),
        np.ascontiguousarray(weights, dtype=np.float64),
        np.zeros(len(weights), np.uint8) if critical is None else np.asarray(critical, dtype=np.uint8),
    )
    vetoed = np.empty(out.why.shape, dtype=np.uint8)
    parent = _Parent(method, coverage_min, _missing_high(method, scale), out, vetoed)
    if backend == "numpy":
        _by_numpy(family, parent)
    elif _is_one_row(family, units=out.score.shape[1]):
        _by_numba(family.as_one_row(), parent.as_one_row())
    else:
        _by_numba(family, parent)
    if method is RollupMethod.GEOMETRIC:
        for answer in (out.score, out.low, out.high):
            np.exp(answer, out=answer)
    out.status[...] = status_of_score(out.score, scale)
    if family.critical.any():
        np.minimum(out.status, AMBER, out=out.status, where=vetoed.view(np.bool_))
    return out


@dataclass(frozen=True, slots=True)
class _Family:
    """All nodes' blocks, and which of them are the children."""

    scores: Floats
    why: Bytes
    status: Bytes
    children: NDArray[np.int64]
    weights: Floats
    critical: Bytes

    def as_one_row(self) -> _Family:
        """The same cells with all periods in one row, for weights that do not change; views, no copies."""
        rows = (self.scores.shape[0], 1, -1)
        return _Family(
            self.scores.reshape(rows),
            self.why.reshape(rows),
            self.status.reshape(rows),
            self.children,
            np.ascontiguousarray(self.weights[:, :1]),
            self.critical,
        )

    @property
    def childless(self) -> Why:
        """The reason before any child has given a better one: a parent of weightless children only informs."""
        return Why.INFORMATIONAL if self.children.size else Why.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class _Parent:
    method: RollupMethod
    coverage_min: float
    missing_high: float
    out: RollupBlock
    vetoed: Bytes

    def as_one_row(self) -> _Parent:
        """The same room for answers with all periods in one row."""
        rows = {name: getattr(self.out, name).reshape(1, -1) for name in RollupBlock.__dataclass_fields__}
        return replace(self, out=RollupBlock(**rows), vetoed=self.vetoed.reshape(1, -1))


def _is_one_row(family: _Family, *, units: int) -> bool:
    """Few units and weights that do not change over time: a leaf unit's page."""
    weights = family.weights
    several = family.scores.shape[1] > 1
    return bool(
        several and 0 < units < FEW_UNITS and family.scores.size and (weights == weights[:, :1]).all()
    )


def _missing_high(method: RollupMethod, scale: Scale) -> float:
    """What the best outcome of a missing child would add per unit of weight."""
    if method is RollupMethod.GEOMETRIC:
        return float(np.log(scale.ceiling))
    return 100.0 if method is RollupMethod.COUNT else scale.ceiling


def _logs(scores: Floats) -> Floats:
    """Logarithms for the geometric mean, in NumPy for both backends so that the bits agree (DESIGN §2)."""
    floored = np.maximum(scores, 1.0)
    return np.asarray(np.log(floored, out=floored))


def _by_numpy(family: _Family, parent: _Parent) -> None:
    periods, units = parent.vetoed.shape
    step = max(1, CELLS_AT_ONCE // max(units, 1))
    with np.errstate(all="ignore"):
        for first in range(0, periods, step):
            _rows_by_numpy(family, parent, slice(first, first + step))


def _rows_by_numpy(family: _Family, parent: _Parent, rows: slice) -> None:
    out = parent.out
    target = vectors.Parent(
        parent.method,
        parent.missing_high,
        parent.coverage_min,
        out.score[rows],
        out.coverage[rows],
        out.low[rows],
        out.high[rows],
        out.why[rows],
        parent.vetoed[rows],
        out.red_children[rows],
        out.worst_child[rows],
    )
    vectors.start(target, childless=family.childless)
    geometric = parent.method is RollupMethod.GEOMETRIC
    for order, node in enumerate(family.children.tolist()):
        score = family.scores[node, rows]
        child = vectors.Child(
            order,
            score,
            family.why[node, rows],
            family.status[node, rows],
            family.weights[order, rows, np.newaxis],
            bool(family.critical[order]),
            _logs(score) if geometric else None,
        )
        vectors.add_child(target, child)
    vectors.publish(target)


def _by_numba(family: _Family, parent: _Parent) -> None:
    # Imported here: compiling costs seconds the first time, and a page in plain NumPy should not pay for it.
    from fourfold.engine.rollup import kernels

    gathers = {
        RollupMethod.ARITHMETIC: kernels.ADD_SCORES,
        RollupMethod.GEOMETRIC: kernels.ADD_LOGS,
        RollupMethod.COUNT: kernels.ADD_ON_TARGET,
        RollupMethod.MINIMUM: kernels.TAKE_LOWEST,
    }[parent.method]
    geometric = parent.method is RollupMethod.GEOMETRIC
    out = parent.out
    kernels.roll_up(
        family.scores,
        family.why,
        family.status,
        _logs(family.scores[family.children]) if geometric else np.empty((0, 0, 0)),
        family.children,
        family.weights,
        family.critical,
        gathers,
        int(family.childless),
        parent.missing_high,
        parent.coverage_min,
        out.score,
        out.coverage,
        out.low,
        out.high,
        out.why,
        parent.vetoed,
        out.red_children,
        out.worst_child,
    )
