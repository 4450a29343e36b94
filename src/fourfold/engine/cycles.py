"""Loops in a directed graph, found once and named in the order a person would follow them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Graph", "cycles_in", "reachable"]

Graph = Mapping[str, Sequence[str]]
"""Each node with the nodes its edges lead to; every node is a key."""


def cycles_in(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """The loops of a graph: one shortest loop for each set of nodes that can all reach one another.

    A loop lists its nodes along the edges, beginning with the one listed first in `graph`; an edge from a node to
    itself is a loop of one. Linear in nodes and edges, plus the search inside each set.

    Source: Tarjan, Depth-first search and linear graph algorithms (1972), §4; METHOD M1.1.

    >>> cycles_in({"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": []})
    (('a', 'b', 'c'),)
    """
    order = {node: rank for rank, node in enumerate(graph)}
    knots = [
        sorted(members, key=order.__getitem__)
        for members in _Knots(graph).found()
        if len(members) > 1 or members[0] in graph[members[0]]
    ]
    knots.sort(key=lambda members: order[members[0]])
    return tuple(_shortest_loop(graph, members[0]) for members in knots)


def reachable(graph: Graph, starts: Sequence[str]) -> frozenset[str]:
    """Every node some start leads to, the starts included.

    Source: breadth-first search; METHOD M1.1 (orphans).

    >>> sorted(reachable({"a": ["b"], "b": [], "c": ["a"]}, ["a"]))
    ['a', 'b']
    """
    found, waiting = set(starts), deque(starts)
    while waiting:
        for following in graph[waiting.popleft()]:
            if following not in found:
                found.add(following)
                waiting.append(following)
    return frozenset(found)


class _Knots:
    """Tarjan's strongly connected sets, with a walk of its own: a deep cascade must not exhaust Python's stack."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.index: dict[str, int] = {}
        self.lowest: dict[str, int] = {}
        self.path: list[str] = []
        self.on_path: set[str] = set()
        self.walk: list[tuple[str, Iterator[str]]] = []

    def found(self) -> Iterator[list[str]]:
        for root in self.graph:
            if root not in self.index:
                self._enter(root)
            while self.walk:
                node, following = self.walk[-1]
                fresh = self._next_fresh(node, following)
                if fresh is not None:
                    self._enter(fresh)
                elif members := self._leave(node):
                    yield members

    def _enter(self, node: str) -> None:
        self.index[node] = self.lowest[node] = len(self.index)
        self.path.append(node)
        self.on_path.add(node)
        self.walk.append((node, iter(self.graph[node])))

    def _next_fresh(self, node: str, following: Iterator[str]) -> str | None:
        for each in following:
            if each not in self.index:
                return each
            if each in self.on_path:
                self.lowest[node] = min(self.lowest[node], self.index[each])
        return None

    def _leave(self, node: str) -> list[str]:
        """Go back one step; the node's whole set, if it was the first of it to be entered."""
        self.walk.pop()
        if self.walk:
            before = self.walk[-1][0]
            self.lowest[before] = min(self.lowest[before], self.lowest[node])
        if self.lowest[node] != self.index[node]:
            return []
        members: list[str] = []
        while not members or members[-1] != node:
            members.append(self.path.pop())
        self.on_path.difference_update(members)
        return members


def _shortest_loop(graph: Graph, start: str) -> tuple[str, ...]:
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while start not in came_from:
        node = waiting.popleft()
        for following in graph[node]:
            if following not in came_from:
                came_from[following] = node
                waiting.append(following)
    loop = [start]
    while came_from[loop[-1]] != start:
        loop.append(came_from[loop[-1]])
    return (start, *reversed(loop[1:]))
