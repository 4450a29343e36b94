"""The change of a formula's value, attributed to its leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fourfold.engine.drivers.leaves import leaves_of, with_leaves
from fourfold.engine.drivers.logarithmic import factors_of, logarithmic_parts
from fourfold.engine.drivers.shapley import sampled_shapley, shapley
from fourfold.engine.formula import Cells, Expression, evaluate_formula
from fourfold.engine.quantities import Why

__all__ = ["EXACT_LEAVES", "Attribution", "Method", "attribute"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

EXACT_LEAVES: Final = 10  # 2^10 evaluations; more leaves are sampled (METHOD M4.1)


class Method(StrEnum):
    """How the parts came about."""

    LMDI = "lmdi"
    SHAPLEY = "shapley"
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True)
class Attribution:
    """The parts of every leaf, (leaf, case), in the formula's unit; they sum to `change` (case,).

    NaN where `why` (case,) says why not. `errors` are standard errors, zero where the method is exact.
    """

    method: Method
    leaves: tuple[str, ...]
    before: Floats
    after: Floats
    contributions: Floats
    errors: Floats
    why: Bytes

    @property
    def change(self) -> Floats:
        """What is attributed."""
        return self.after - self.before

    def of(self, leaf: str) -> Floats:
        """One leaf's part in every case; ValueError where there is no such leaf."""
        return np.asarray(self.contributions[self.leaves.index(leaf)])


def attribute(
    expression: Expression,
    *,
    before: Mapping[str, ArrayLike],
    after: Mapping[str, ArrayLike],
    factor: float = 1.0,
) -> Attribution:
    """Attribute the change of a formula's value to its leaves: exactly and residual-free.

    A product of positive factors by LMDI. Anything else by Shapley over the leaves that changed: exact up to ten, from
    5,000 random orders beyond. A zero or negative factor falls to Shapley.

    Args:
        expression: any formula; what it reads over other periods is a leaf of its own (`leaves_of`).
        before, after: each leaf's values, a number or (case,); NaN is missing. Cases are units, periods, whatever.
        factor: multiplies every value (`conversion_to`).

    Returns: MISSING_REQUIRED where a leaf is missing; where the formula has no value between the two (a division by
        zero on the way), its reason.

    Source: METHOD M4.1.

    >>> from fourfold.engine.formula import parse
    >>> found = attribute(parse("(revenue - cost) / revenue"), before={"revenue": 100.0, "cost": 80.0},
    ...                   after={"revenue": 110.0, "cost": 93.5})
    >>> found.method.value, found.contributions.round(4).ravel().tolist()
    ('shapley', [0.0789, -0.1289])
    """
    leaves = tuple(leaves_of(expression))
    first, second = _table(leaves, before), _table(leaves, after)
    first, second = (np.array(each) for each in np.broadcast_arrays(first, second))
    trees = _Trees(with_leaves(expression), leaves, first, second, factor)
    both, whys = trees.cells(np.repeat(np.array([[False, True]]), len(leaves), axis=0))
    why = np.where(whys[0] == Why.PRESENT, whys[1], whys[0])
    gone = np.isnan(first).any(axis=0) | np.isnan(second).any(axis=0)
    why = np.where(gone, np.uint8(Why.MISSING_REQUIRED), why).astype(np.uint8)
    method, parts, errors = _parts(trees, both)
    # With both ends there, only a division by zero on the way from one to the other can fail.
    is_broken = (why == Why.PRESENT) & ~np.isfinite(parts).all(axis=0)
    why = np.where(is_broken, np.uint8(Why.ZERO_DENOMINATOR), why)
    absent = why != Why.PRESENT
    parts[:, absent], errors[:, absent] = np.nan, np.nan
    return Attribution(method, leaves, both[0], both[1], parts, errors, why)


def _table(leaves: tuple[str, ...], values: Mapping[str, ArrayLike]) -> Floats:
    rows = [np.atleast_1d(np.asarray(values[leaf], dtype=np.float64)) for leaf in leaves]
    return np.stack(np.broadcast_arrays(*rows)) if rows else np.zeros((0, 1))


@dataclass(frozen=True, slots=True)
class _Trees:
    """A formula over coalitions of leaves: each has its new value or still its old one."""

    expression: Expression
    leaves: tuple[str, ...]
    before: Floats
    after: Floats
    factor: float

    def cells(self, chosen: Bools) -> Cells:
        """Values and reasons of coalitions (leaf, coalition), shape (coalition, case)."""
        tables = {
            leaf: np.where(chosen[place][:, np.newaxis], self.after[place], self.before[place])
            for place, leaf in enumerate(self.leaves)
        }
        shape = (chosen.shape[1], self.before.shape[1])
        return evaluate_formula(self.expression, _Tables(tables), factor=self.factor, shape=shape)

    def worth(self, moving: NDArray[np.intp], chosen: Bools) -> Floats:
        """The same for coalitions of the leaves that move; the others are as they were."""
        whole = np.zeros((len(self.leaves), chosen.shape[1]), dtype=np.bool_)
        whole[moving] = chosen
        return self.cells(whole)[0]


@dataclass(frozen=True, slots=True)
class _Tables:
    """Operands that are read as they are: what looks over time was made a leaf before."""

    tables: Mapping[str, Floats]

    def value(self, key: str) -> Cells:
        """A leaf's values; NaN is missing."""
        values = self.tables[key]
        return values, np.where(np.isnan(values), np.uint8(Why.MISSING_REQUIRED), np.uint8(Why.PRESENT))

    def lag(self, key: str, k: int) -> Cells:
        """No formula with leaves asks."""
        raise LookupError(key)

    def last(self, key: str) -> Cells:
        """No formula with leaves asks."""
        raise LookupError(key)

    def ytd(self, key: str) -> Cells:
        """No formula with leaves asks."""
        raise LookupError(key)

    def rolling(self, key: str, n: int) -> Cells:
        """No formula with leaves asks."""
        raise LookupError(key)


def _parts(trees: _Trees, both: Floats) -> tuple[Method, Floats, Floats]:
    exponents = factors_of(trees.expression)
    nothing = np.zeros_like(trees.before)
    if exponents is not None and _is_positive(trees, both):
        powers = np.array([exponents[leaf] for leaf in trees.leaves])
        return (
            Method.LMDI,
            logarithmic_parts(trees.before, trees.after, exponents=powers, values=(both[0], both[1])),
            nothing,
        )
    # A leaf that did not move in any case has no part: it need not be counted among ten.
    moving = np.flatnonzero((trees.before != trees.after).any(axis=1))
    parts, errors = nothing.copy(), nothing
    if moving.size <= EXACT_LEAVES:
        parts[moving] = shapley(lambda chosen: trees.worth(moving, chosen), moving.size)
        return Method.SHAPLEY, parts, errors
    errors = nothing.copy()
    parts[moving], errors[moving] = sampled_shapley(lambda chosen: trees.worth(moving, chosen), moving.size)
    return Method.SAMPLED, parts, errors


def _is_positive(trees: _Trees, both: Floats) -> bool:
    """Whether LMDI holds in every case that has all its numbers."""
    known = np.isfinite(both).all(axis=0)
    ends = np.concatenate([trees.before, trees.after, both])
    return bool(trees.leaves) and bool(((ends > 0.0) | ~known).all())
