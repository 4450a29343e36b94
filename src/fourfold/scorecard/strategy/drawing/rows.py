"""Which row an objective stands in, and in which order: whoever knows the map finds everything where it was.

The order grows as the map did: objectives are seated one after another as they are listed, the newest last. Each takes
the place with the fewest crossings and then the shortest links, and moves nobody. Neighbours change places only where
that takes a crossing away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from fourfold.scorecard.strategy.drawing.shapes import Link, Node

__all__ = ["crossings", "in_rows"]

_APART = 0.8  # in row widths: what a card standing between two linked ones costs
_SAME = 9  # decimals: lengths that differ by less are the same, whatever the order they were added up in

Rows = list[list[Node]]


def in_rows(nodes: Sequence[Node], links: Sequence[Link], *, bands: int, most: int) -> Rows:
    """The rows from the top of the sheet down; a band with more than `most` objectives takes several.

    Inside a band what is caused stands above its cause. As long as the rows of all others stay, a further objective of
    the highest rank changes their order only where keeping it would cost more `crossings`; a house property.
    """
    planned = [
        row
        for band in range(bands)
        for row in _rows_of_band([n for n in nodes if n.band == band], links, most)
    ]
    row_of = {node.key: at for at, row in enumerate(planned) for node in row}
    neighbours = _neighbours(nodes, links)
    rows: Rows = [[] for _ in planned]
    for node in sorted(nodes, key=lambda each: each.rank):
        _seat(node, rows, at=row_of[node.key], neighbours=neighbours)
        while _exchange_one(rows, neighbours):
            pass
    return rows


def crossings(rows: Sequence[Sequence[Node]], links: Sequence[Link]) -> int:
    """How many pairs of links between the same two rows cross: their ends stand in opposite orders."""
    seats = {node.key: (at, seat) for at, row in enumerate(rows) for seat, node in enumerate(row)}
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for link in links:
        (upper, above), (lower, below) = sorted((seats[link.source], seats[link.target]))
        if upper != lower:
            spans.setdefault((upper, lower), []).append((above, below))
    pairs = (pair for span in spans.values() for pair in combinations(span, 2))
    return sum((one[0] - other[0]) * (one[1] - other[1]) < 0 for one, other in pairs)


def _rows_of_band(members: list[Node], links: Sequence[Link], most: int) -> Rows:
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


def _seat(node: Node, rows: Rows, *, at: int, neighbours: Mapping[str, list[str]]) -> None:
    """Give it the best place between the others of its row; of equally good ones the last."""
    row = rows[at]
    seats = _seats(rows)
    elsewhere = {
        key: (seat + 1) / (len(rows[other]) + 1) for key, (other, seat) in seats.items() if other != at
    }

    def cost(place: int) -> tuple[int, float, int]:
        order = [*row[:place], node, *row[place:]]
        crossed = sum(
            _crossed(one, other, seats=seats, neighbours=neighbours)
            for one, other in [(each, node) for each in row[:place]] + [(node, each) for each in row[place:]]
        )
        return crossed, round(_stretch(order, neighbours, elsewhere), _SAME), -place

    row.insert(min(range(len(row) + 1), key=cost), node)


def _exchange_one(rows: Rows, neighbours: Mapping[str, list[str]]) -> bool:
    """Let the first two neighbours change places that thereby lose a crossing; False where there are none."""
    seats = _seats(rows)
    for row in rows:
        for place in range(len(row) - 1):
            left, right = row[place], row[place + 1]
            now = _crossed(left, right, seats=seats, neighbours=neighbours)
            if now and _crossed(right, left, seats=seats, neighbours=neighbours) < now:
                row[place], row[place + 1] = right, left
                return True
    return False


def _crossed(
    left: Node,
    right: Node,
    *,
    seats: Mapping[str, tuple[int, int]],
    neighbours: Mapping[str, list[str]],
) -> int:
    """How many links of two cards of a row cross while the one stands left of the other."""
    return sum(
        one[0] == other[0] and one[1] > other[1]
        for one in _ends(left, right, seats=seats, neighbours=neighbours)
        for other in _ends(right, left, seats=seats, neighbours=neighbours)
    )


def _ends(
    node: Node,
    beside: Node,
    *,
    seats: Mapping[str, tuple[int, int]],
    neighbours: Mapping[str, list[str]],
) -> Iterator[tuple[int, int]]:
    """Where its links to other rows end, of the cards that are seated already."""
    here = seats.get(node.key) or seats[beside.key]
    return (seats[key] for key in neighbours[node.key] if key in seats and seats[key][0] != here[0])


def _seats(rows: Rows) -> dict[str, tuple[int, int]]:
    return {node.key: (at, seat) for at, row in enumerate(rows) for seat, node in enumerate(row)}


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
