"""The free space arrows run in: lanes and pins that never coincide, tracks that never overlap."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

__all__ = ["PIN_STEP", "TRACK_STEP", "Channel", "Run", "Span", "free_places"]

PIN_STEP = 10.0
TRACK_STEP = 8.0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of x in which a pin or a lane may stand."""

    left: float
    right: float

    def nearest(self, x: float) -> float:
        """The wished x, moved into the span."""
        return min(max(x, self.left), self.right)


@dataclass(slots=True)
class Run:
    """A horizontal piece of one arrow inside a channel; the track is given when all runs are known."""

    start: float
    end: float
    track: int = 0

    @property
    def low(self) -> float:
        """The left end."""
        return min(self.start, self.end)

    @property
    def high(self) -> float:
        """The right end."""
        return max(self.start, self.end)


@dataclass(slots=True)
class Channel:
    """The space between two rows of cards. Pins from above and below share one list, so no two lines coincide."""

    pins: list[float] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def is_free(self, x: float) -> bool:
        """Whether a vertical line at x keeps its distance from every other."""
        place = bisect_left(self.pins, x)
        near = self.pins[max(place - 1, 0) : place + 1]
        return all(abs(pin - x) >= PIN_STEP - 1e-9 for pin in near)

    def take(self, x: float) -> None:
        """Let a vertical line stand at x."""
        insort(self.pins, x)

    def run(self, start: float, end: float) -> Run:
        """Add a horizontal piece; its track comes with `give_tracks`."""
        run = Run(start, end)
        self.runs.append(run)
        return run

    def give_tracks(self) -> int:
        """Left-edge assignment; answers how many tracks are used."""
        ends: list[float] = []
        for run in sorted((r for r in self.runs if r.start != r.end), key=lambda r: (r.low, r.high)):
            free = next((k for k, end in enumerate(ends) if end + PIN_STEP <= run.low), None)
            if free is None:
                free = len(ends)
                ends.append(run.high)
            else:
                ends[free] = run.high
            run.track = free
        return len(ends)


def free_places(span: Span, wish: float, *, channels: tuple[Channel, ...]) -> float | None:
    """The place in a span nearest to the wish that is free in every channel it touches; None when there is none."""
    start = span.nearest(wish)
    steps = int((span.right - span.left) // PIN_STEP) + 1
    for distance in range(steps + 1):
        for side in (1, -1):
            x = start + side * distance * PIN_STEP
            if span.left <= x <= span.right and all(channel.is_free(x) for channel in channels):
                return x
    return None
