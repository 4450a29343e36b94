"""The free space arrows run in: lanes and pins that never coincide, tracks that never overlap."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["PIN_STEP", "TRACK_STEP", "Channel", "Run", "Span", "free_place"]

PIN_STEP = 10.0
"""Nearest that two vertical lines may come: one arrowhead's width and a hair."""
TRACK_STEP = 9.0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of x in which a pin or a lane may stand."""

    left: float
    right: float

    def nearest(self, x: float) -> float:
        """The wished x, moved into the span."""
        return min(max(x, self.left), self.right)


@dataclass(slots=True, eq=False)
class Run:
    """One arrow's way through a channel, from its lower to its upper pin; tracks come when all runs are known."""

    lower: float
    upper: float
    track: int = 0

    @property
    def low(self) -> float:
        """The left end."""
        return min(self.lower, self.upper)

    @property
    def high(self) -> float:
        """The right end."""
        return max(self.lower, self.upper)

    def holds(self, x: float) -> bool:
        """Whether a vertical line at x would meet the horizontal piece."""
        return self.low < x < self.high

    def overlaps(self, other: Run) -> bool:
        """Whether the two need different tracks; ends keep a pin's distance."""
        return self.low < other.high + PIN_STEP and other.low < self.high + PIN_STEP


@dataclass(slots=True)
class Channel:
    """The space between two rows of cards. Pins from above and below share one list, so no two lines coincide."""

    pins: list[float] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def is_free(self, x: float, *, distance: float = PIN_STEP) -> bool:
        """Whether a vertical line at x keeps its distance from every other."""
        place = bisect_left(self.pins, x)
        near = self.pins[max(place - 1, 0) : place + 1]
        return all(abs(pin - x) >= distance - 1e-9 for pin in near)

    def lines_near(self, x: float, *, within: float) -> int:
        """How many vertical lines stand closer than that."""
        return bisect_left(self.pins, x + within) - bisect_left(self.pins, x - within)

    def take(self, x: float) -> None:
        """Let a vertical line stand at x."""
        insort(self.pins, x)

    def run(self, lower: float, upper: float) -> Run:
        """Add an arrow's way from its lower to its upper pin."""
        run = Run(lower, upper)
        self.runs.append(run)
        return run

    def give_tracks(self) -> int:
        """Stack the horizontal pieces so that they cross as few verticals as possible; answers how many tracks."""
        placed: list[Run] = []
        for run in sorted((r for r in self.runs if r.lower != r.upper), key=lambda r: (r.low, r.high)):
            placed.insert(_cheapest_place(run, placed), run)
        for at, run in enumerate(placed):
            near = [other for other in placed[:at] if other.overlaps(run)]
            taken = {other.track for other in near}
            floor = max((other.track for other in near if _belongs_below(other, run)), default=-1)
            run.track = next(track for track in range(floor + 1, len(placed)) if track not in taken)
        return max((run.track + 1 for run in placed), default=0)


def _cheapest_place(run: Run, placed: list[Run]) -> int:
    """Where in a stack (lowest first) a run costs the fewest crossings; the lowest of equals."""
    cost = sum(_crossings(below=run, above=other) for other in placed)
    best, cheapest = 0, cost
    for at, other in enumerate(placed, start=1):
        cost += _crossings(below=other, above=run) - _crossings(below=run, above=other)
        if cost < cheapest:
            best, cheapest = at, cost
    return best


def _belongs_below(one: Run, other: Run) -> bool:
    return _crossings(below=one, above=other) < _crossings(below=other, above=one)


def _crossings(*, below: Run, above: Run) -> int:
    """The lower run's line on its way up meets the upper one, and the other way round."""
    return int(above.holds(below.upper)) + int(below.holds(above.lower))


def free_place(
    span: Span,
    wish: float,
    *,
    channels: tuple[Channel, ...],
    distance: float = PIN_STEP,
    neighbours: Sequence[float] = (),
) -> float | None:
    """The place in a span nearest to the wish that is free in every channel it touches; None when there is none.

    `distance` is kept from every line, a whole step from the `neighbours`.
    """
    start, step = span.nearest(wish), distance / 2
    for steps in range(int((span.right - span.left) // step) + 2):
        for side in (1, -1):
            x = start + side * steps * step
            if (
                span.left <= x <= span.right
                and all(abs(x - other) >= PIN_STEP - 1e-9 for other in neighbours)
                and all(channel.is_free(x, distance=distance) for channel in channels)
            ):
                return x
    return None
