"""Adding children to parents, one after another in listed order, so that every backend has the same digits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate.semantics import Operator

__all__ = ["UnitLevels"]

Floats = NDArray[np.float64]


class UnitLevels:
    """The unit tree as runs of children, deepest level first.

    Args:
        parent: shape (unit,), −1 for the root; parents stand before children, siblings together.
        level_starts: where each level begins, and the end.

    >>> levels = UnitLevels(np.array([-1, 0, 0], dtype=np.int32), level_starts=(0, 1, 3))
    >>> table = np.array([[0.0, 2.0, 3.0]])
    >>> levels.roll_up(table, operator=Operator.SUM)
    >>> table.tolist()
    [[5.0, 2.0, 3.0]]
    """

    def __init__(self, parent: NDArray[np.int32], *, level_starts: tuple[int, ...]) -> None:
        self._runs = [
            (slice(start, stop), slice(before, start), parent[start:stop].astype(np.intp) - before)
            for before, start, stop in zip(level_starts, level_starts[1:], level_starts[2:], strict=False)
        ]
        self._flat: dict[tuple[int, int], NDArray[np.intp]] = {}

    def roll_up(self, table: Floats, *, operator: Operator) -> None:
        """Combine children into their parents, in place; what a parent has itself comes first.

        Args:
            table: shape (period, unit). Missing must be the operator's neutral number (0, −∞ or +∞).

        Raises:
            ValueError: the operator is not one over units.
        """
        for depth in range(len(self._runs), 0, -1):
            children, parents, parent_of = self._runs[depth - 1]
            if operator is Operator.SUM:
                table[:, parents] += self.sums(table[:, children], below=depth)
            elif operator is Operator.MAX:
                np.maximum.at(table[:, parents].T, parent_of, table[:, children].T)
            elif operator is Operator.MIN:
                np.minimum.at(table[:, parents].T, parent_of, table[:, children].T)
            else:
                raise ValueError(f"{operator.name} is no operator over units")

    def sums(self, children: Floats, *, below: int) -> Floats:
        """One level's children added to their parents, shape (period, parent); level 1 is right below the root.

        `bincount` adds its weights in the order given, which is the listed one.
        """
        rows = len(children)
        _, parents, parent_of = self._runs[below - 1]
        width = parents.stop - parents.start
        flat = self._flat.get((below, rows))
        if flat is None:
            flat = (np.arange(rows)[:, np.newaxis] * width + parent_of).ravel()
            self._flat[below, rows] = flat
        summed = np.bincount(flat, weights=children.ravel(), minlength=rows * width)
        return np.asarray(summed, dtype=np.float64).reshape(rows, width)
