"""Sums as a graph: a hidden number cannot be worked out where it lies on a circle of hidden ones.

A table of segments by units has two kinds of sums: the segments of a unit without units below add up to its total, and
a segment's numbers in the units below add up to that of their unit. (The totals of all other units follow.) Every
number stands in two of these sums, so that it is a line between them; the roots' lead to one place outside. Whoever
knows all sums and some of the numbers knows the others up to a flow around circles of unknown lines: a number is told
by all sums together if and only if it lies on no such circle.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["SumsGraph", "sums_graph"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class SumsGraph:
    """`first` and `second` are the sums that each number stands in, (segment, unit), counted from 0."""

    first: Places
    second: Places

    def on_circle(self, lines: Flags) -> Flags:
        """Which of some lines lie on a circle of them; the others are told by the sums. Linear in their number.

        Args:
            lines: (segment, unit).

        Source: METHOD M5.4 (audit). Diestel, Graph Theory, §1.9 (cycle space): the flows that change no sum.

        >>> shops = sums_graph(3, children=[range(1, 3), range(0), range(0)])
        >>> hidden = np.array([[0, 1, 1], [0, 1, 1], [0, 0, 0]], dtype=bool)
        >>> bool((shops.on_circle(hidden) == hidden).all()), bool(shops.on_circle(np.eye(3, dtype=bool)).any())
        (True, False)
        """
        found = np.zeros(lines.shape, dtype=np.bool_)
        places = np.flatnonzero(lines)
        ends = list(zip(self.first.flat[places].tolist(), self.second.flat[places].tolist(), strict=True))
        found.flat[places] = ~_bridges(ends)
        return found

    def cheapest_way(self, line: int, *, lines: Flags, cost: Floats) -> list[int] | None:
        """The lines that close a circle through one, at the least cost; None where nothing does.

        Args:
            line: its place in the flattened table.
            lines: those that may be taken, (segment, unit).
            cost: of each, (segment, unit), not negative.
        """
        around = defaultdict[int, list[tuple[int, int]]](list)
        for place in np.flatnonzero(lines).tolist():
            if place != line:
                first, second = int(self.first.flat[place]), int(self.second.flat[place])
                around[first].append((second, place))
                around[second].append((first, place))
        start, goal = int(self.first.flat[line]), int(self.second.flat[line])
        best, came = {start: 0.0}, dict[int, tuple[int, int]]()
        waiting = [(0.0, start)]
        while waiting:
            spent, node = heapq.heappop(waiting)
            if node == goal:
                return _walked(came, start, goal)
            if spent > best[node]:
                continue
            for other, place in around[node]:
                total = spent + float(cost.flat[place])
                if total < best.get(other, np.inf):
                    best[other], came[other] = total, (node, place)
                    heapq.heappush(waiting, (total, other))
        return None


def _walked(came: dict[int, tuple[int, int]], start: int, goal: int) -> list[int]:
    found, node = list[int](), goal
    while node != start:
        node, place = came[node]
        found.append(place)
    return found


def sums_graph(segments: int, *, children: Sequence[range]) -> SumsGraph:
    """The sums of a table of so many segments in a tree of units.

    Args:
        children: of every unit, the places of those directly below, which add up to it.
    """
    above = {child: unit for unit, below in enumerate(children) for child in below}
    units = len(children)
    first, second = (np.zeros((segments, units), dtype=np.intp) for _end in range(2))
    for segment in range(segments):
        for unit in range(units):
            # A unit without units below has one sum; any other one for each segment. 0 is the place outside.
            own = 1 + (segment * units if len(children[unit]) else segments * units) + unit
            first[segment, unit] = own
            second[segment, unit] = 1 + segment * units + above[unit] if unit in above else 0
    return SumsGraph(first, second)


def _bridges(ends: Sequence[tuple[int, int]]) -> Flags:
    """Which lines lie on no circle, by the earliest place that is reached from below them (Tarjan)."""
    around = defaultdict[int, list[tuple[int, int]]](list)
    for place, (first, second) in enumerate(ends):
        around[first].append((second, place))
        around[second].append((first, place))
    found = np.zeros(len(ends), dtype=np.bool_)
    seen: dict[int, int] = {}
    low: dict[int, int] = {}
    for root in around:
        if root in seen:
            continue
        seen[root] = low[root] = len(seen)
        path = [(root, -1, iter(around[root]))]
        while path:
            node, by, rest = path[-1]
            for other, place in rest:
                if place == by:
                    continue
                if other in seen:
                    low[node] = min(low[node], seen[other])
                else:
                    seen[other] = low[other] = len(seen)
                    path.append((other, place, iter(around[other])))
                    break
            else:
                path.pop()
                if path:
                    parent = path[-1][0]
                    low[parent] = min(low[parent], low[node])
                    found[by] = low[node] > seen[parent]
    return found
