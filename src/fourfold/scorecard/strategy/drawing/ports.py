"""Where on a card's edge its arrows should touch: spread around the middle, in the order of where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from fourfold.scorecard.strategy.drawing.shapes import Link

__all__ = ["Edge", "Seat", "Wishes", "edges_of", "wished_ports"]

PORT_STEP = 24.0
"""How far apart arrows touch a card that has room for them."""


class Edge(Enum):
    """The long sides of a card."""

    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Seat:
    """A card's row and left edge, before heights are known; arrows touch it from `left` to `right`."""

    row: int
    x: float
    left: float
    right: float

    @property
    def middle(self) -> float:
        """The x of the card's middle."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wished x of a link's two ends, and how many arrows share the busier of the two edges."""

    source: float
    target: float
    company: int


def edges_of(source: Seat, target: Seat) -> tuple[Edge, Edge]:
    """Which edges a link leaves from and lands on; inside a row both are on top."""
    if source.row == target.row:
        return Edge.TOP, Edge.TOP
    return (Edge.TOP, Edge.BOTTOM) if target.row < source.row else (Edge.BOTTOM, Edge.TOP)


def wished_ports(links: Sequence[Link], seats: Mapping[str, Seat]) -> dict[Link, Wishes]:
    """A place for both ends of every link that crosses a channel."""
    ends: dict[tuple[str, Edge], list[tuple[float, int, Link, bool]]] = {}
    for place, link in enumerate(links):
        source, target = seats[link.source], seats[link.target]
        leaves, lands = edges_of(source, target)
        ends.setdefault((link.source, leaves), []).append((target.middle, place, link, True))
        ends.setdefault((link.target, lands), []).append((source.middle, place, link, False))
    found: dict[tuple[Link, bool], tuple[float, int]] = {}
    for (key, _), side in ends.items():
        for at, (_, _, link, is_source) in enumerate(sorted(side, key=lambda end: end[:2])):
            found[link, is_source] = (_spread(seats[key], at, of=len(side)), len(side))
    return {
        link: Wishes(
            found[link, True][0], found[link, False][0], max(found[link, True][1], found[link, False][1])
        )
        for link in links
    }


def _spread(seat: Seat, place: int, *, of: int) -> float:
    step = min(PORT_STEP, (seat.right - seat.left) / max(of - 1, 1))
    return seat.middle + (place - (of - 1) / 2) * step
