"""Which row an objective stands in, and in which order: fewer crossings without surprises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from fourfold.scorecard.strategy.drawing.shapes import Link, Node

__all__ = ["in_rows"]

_SWEEPS = 4
_APART = 0.8  # in row widths: what a card standing between two linked ones costs


def in_rows(nodes: Sequence[Node], links: Sequence[Link], *, bands: int, most: int) -> list[list[Node]]:
    """The rows from the top of the sheet down; a band with more than `most` objectives takes several.

    Inside a band what is caused stands above its cause; each row then takes the order with the shortest links, a few
    sweeps down and up, ties by listed order.
    """
    rows = [
        row
        for band in range(bands)
        for row in _rows_of_band([n for n in nodes if n.band == band], links, most)
    ]
    neighbours = _neighbours(nodes, links)
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            _reorder(row, neighbours, _places(rows))
    return rows


def _rows_of_band(members: list[Node], links: Sequence[Link], most: int) -> list[list[Node]]:
    if len(members) <= most:
        return [members]
    count = -(-len(members) // most)
    keys = {node.key for node in members}
    heights = _heights(keys, [link for link in links if link.source in keys and link.target in keys])
    members = sorted(members, key=lambda node: -heights[node.key])
    size = -(-len(members) // count)
    return [members[start : start + size] for start in range(0, len(members), size)]


def _heights(keys: set[str], links: Sequence[Link]) -> dict[str, int]:
    """How many causes stand below each objective inside its band; loops stop at the number of objectives."""
    heights = dict.fromkeys(keys, 0)
    for _ in range(len(keys)):
        for link in links:
            heights[link.target] = max(heights[link.target], min(heights[link.source] + 1, len(keys)))
    return heights


def _neighbours(nodes: Sequence[Node], links: Sequence[Link]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {node.key: [] for node in nodes}
    for link in links:
        near[link.source].append(link.target)
        near[link.target].append(link.source)
    return near


def _places(rows: list[list[Node]]) -> dict[str, float]:
    return {node.key: (place + 1) / (len(row) + 1) for row in rows for place, node in enumerate(row)}


def _reorder(row: list[Node], neighbours: Mapping[str, list[str]], places: Mapping[str, float]) -> None:
    """Try every order of a row: it holds at most `most` cards, so there are few."""
    elsewhere = {key: place for key, place in places.items() if key not in {node.key for node in row}}
    best = min(permutations(row), key=lambda order: _stretch(order, neighbours, elsewhere))
    row[:] = best


def _stretch(
    order: Sequence[Node], neighbours: Mapping[str, list[str]], elsewhere: Mapping[str, float]
) -> float:
    """How far links reach sideways; a link inside the row costs more when the two cards are not side by side."""
    seats = {node.key: place for place, node in enumerate(order)}
    total = 0.0
    for key, seat in seats.items():
        here = (seat + 1) / (len(order) + 1)
        for near in neighbours[key]:
            if near in seats:
                total += _APART * (abs(seats[near] - seat) - 1) / 2
            elif near in elsewhere:
                total += abs(elsewhere[near] - here)
    return total
