"""The unit tree as arrays, parents before children, so that a page can evaluate one unit's part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.refusals import DefinitionRefused
from fourfold.engine.definitions import Unit

__all__ = ["UnitTree", "UnknownUnit", "unit_tree"]

Ints = NDArray[np.int32]


class UnknownUnit(KeyError):
    """No unit of this key in this part of the tree."""

    code = "UNIT_UNKNOWN"


@dataclass(frozen=True, slots=True)
class UnitTree:
    """Units level by level; the children of a unit stand together, in listed order.

    Position i on every `unit` axis is `keys[i]`; 0 is the root. The children of i are `first_child[i]` up to
    `first_child[i + 1]` (shape n + 1), so a loop over positions adds children one after another in listed order.
    `whole` maps positions to the whole tree's, `definition` to positions in `Definitions.units`.
    `level_starts` has one entry per level and a closing one.
    """

    keys: tuple[str, ...]
    parent: Ints
    first_child: Ints
    level_starts: tuple[int, ...]
    whole: Ints
    definition: Ints
    positions: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "positions", {key: place for place, key in enumerate(self.keys)})

    def __len__(self) -> int:
        return len(self.keys)

    def index(self, key: str) -> int:
        """Where a unit stands.

        Raises:
            UnknownUnit: not in this tree.
        """
        if key not in self.positions:
            raise UnknownUnit(key)
        return self.positions[key]

    def children(self, position: int) -> range:
        """Positions of a unit's children."""
        return range(int(self.first_child[position]), int(self.first_child[position + 1]))

    def path(self, position: int) -> tuple[int, ...]:
        """The unit and its ancestors, the root last."""
        found = [position]
        while self.parent[found[-1]] >= 0:
            found.append(int(self.parent[found[-1]]))
        return tuple(found)

    def below(self, key: str) -> UnitTree:
        """The part of the tree that a unit heads, itself included; order and sums stay the same.

        Raises:
            UnknownUnit: not in this tree.
        """
        position = self.index(key)
        if position == 0:
            return self
        chosen, starts = [position], [0]
        level = [position]
        while level:
            starts.append(len(chosen))
            level = [child for parent in level for child in self.children(parent)]
            chosen += level
        return _part(self, np.array(chosen, dtype=np.int32), level_starts=tuple(starts))


def unit_tree(units: Sequence[Unit]) -> UnitTree:
    """Lay out the units of the definitions.

    Raises:
        DefinitionRefused: UNIT_UNKNOWN (a parent that is not listed), UNIT_CYCLE, UNIT_ROOT (none, or several).
    """
    ordinals = {unit.key: ordinal for ordinal, unit in enumerate(units)}
    children: list[list[int]] = [[] for _ in units]
    roots = []
    for ordinal, unit in enumerate(units):
        if unit.parent is None:
            roots.append(ordinal)
        elif unit.parent not in ordinals:
            raise DefinitionRefused("UNIT_UNKNOWN", f"{unit.key}: its parent {unit.parent!r} is not a unit")
        else:
            children[ordinals[unit.parent]].append(ordinal)
    if len(roots) != 1:
        raise DefinitionRefused("UNIT_ROOT", f"an organisation has one root unit, not {len(roots)}")
    order, starts = _level_order(roots[0], children)
    if len(order) < len(units):
        lost = sorted(set(range(len(units))) - set(order))
        raise DefinitionRefused("UNIT_CYCLE", f"{units[lost[0]].key} is its own ancestor")
    return _laid_out(units, order, children=children, level_starts=starts)


def _level_order(root: int, children: list[list[int]]) -> tuple[list[int], tuple[int, ...]]:
    order, starts, level = [root], [0], [root]
    while level:
        starts.append(len(order))
        level = [child for parent in level for child in children[parent]]
        order += level
    return order, tuple(starts)


def _laid_out(
    units: Sequence[Unit], order: list[int], *, children: list[list[int]], level_starts: tuple[int, ...]
) -> UnitTree:
    position = {ordinal: place for place, ordinal in enumerate(order)}
    keys = {unit.key: ordinal for ordinal, unit in enumerate(units)}
    parent = [position[keys[up]] if (up := units[ordinal].parent) is not None else -1 for ordinal in order]
    counts = [len(children[ordinal]) for ordinal in order]
    return UnitTree(
        keys=tuple(units[ordinal].key for ordinal in order),
        parent=np.array(parent, dtype=np.int32),
        first_child=np.concatenate(([1], 1 + np.cumsum(counts))).astype(np.int32),
        level_starts=level_starts,
        whole=np.arange(len(order), dtype=np.int32),
        definition=np.array(order, dtype=np.int32),
    )


def _part(tree: UnitTree, chosen: Ints, *, level_starts: tuple[int, ...]) -> UnitTree:
    place = np.full(len(tree), -1, dtype=np.int32)
    place[chosen] = np.arange(chosen.size, dtype=np.int32)
    parent = np.where(np.arange(chosen.size) == 0, np.int32(-1), place[tree.parent[chosen]])
    counts = tree.first_child[chosen + 1] - tree.first_child[chosen]
    return UnitTree(
        keys=tuple(tree.keys[position] for position in chosen),
        parent=parent.astype(np.int32),
        first_child=np.concatenate(([1], 1 + np.cumsum(counts))).astype(np.int32),
        level_starts=level_starts,
        whole=tree.whole[chosen],
        definition=tree.definition[chosen],
    )
