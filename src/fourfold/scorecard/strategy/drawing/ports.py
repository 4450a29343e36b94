"""Where on a card's edge its arrows should touch: spread around the middle, in the order of where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from fourfold.scorecard.strategy.drawing.shapes import Link

__all__ = ["Edge", "Seat", "Wish", "Wishes", "edges_of", "wished_ports"]

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
class Wish:
    """Where one end of a link would best touch its card, and how many arrows share that edge."""

    x: float
    company: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """The two ends of a link."""

    source: Wish
    target: Wish

    @property
    def straight(self) -> float:
        """Where a straight line disturbs the busier edge least."""
        if self.source.company == self.target.company:
            return (self.source.x + self.target.x) / 2
        return max(self.source, self.target, key=lambda wish: wish.company).x


def edges_of(source: Seat, target: Seat) -> tuple[Edge, Edge]:
    """Which edges a link leaves from and lands on; inside a row both are on top."""
    if source.row == target.row:
        return Edge.TOP, Edge.TOP
    return (Edge.TOP, Edge.BOTTOM) if target.row < source.row else (Edge.BOTTOM, Edge.TOP)


def wished_ports(
    links: Sequence[Link], seats: Mapping[str, Seat], *, lanes: Mapping[Link, Sequence[float]]
) -> dict[Link, Wishes]:
    """A place for both ends of every link, in the order in which the lines arrive at an edge.

    Args:
        links: those that cross a channel.
        seats: by objective.
        lanes: where a link passes the rows between its ends, from its source on; empty where there are none.
    """
    ends: dict[tuple[str, Edge], list[_End]] = {}
    for place, link in enumerate(links):
        source, target, between = seats[link.source], seats[link.target], lanes.get(link, ())
        leaves, lands = edges_of(source, target)
        goes, comes = (between[0], between[-1]) if between else (target.middle, source.middle)
        ends.setdefault((link.source, leaves), []).append(_End(goes, place, link, is_source=True))
        ends.setdefault((link.target, lands), []).append(_End(comes, place, link, is_source=False))
    found: dict[tuple[Link, bool], Wish] = {}
    for (key, _), side in ends.items():
        for at, end in enumerate(sorted(side, key=lambda each: (each.towards, each.place))):
            found[end.link, end.is_source] = Wish(_spread(seats[key], at, of=len(side)), len(side))
    return {link: Wishes(found[link, True], found[link, False]) for link in links}


@dataclass(frozen=True, slots=True)
class _End:
    """Where a link goes from an edge; listed order breaks ties."""

    towards: float
    place: int
    link: Link
    is_source: bool


def _spread(seat: Seat, place: int, *, of: int) -> float:
    step = min(PORT_STEP, (seat.right - seat.left) / max(of - 1, 1))
    return seat.middle + (place - (of - 1) / 2) * step
