"""From values to places on a drawing; screen coordinates grow downwards and are rounded to a tenth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Scale", "runs"]


@dataclass(frozen=True, slots=True)
class Scale:
    """Linear from [low, high] to [start, end]; a domain of one value lands in the middle."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[float | None], *, start: float, end: float) -> Scale:
        """Just wide enough for the values that are present."""
        present = [value for value in values if value is not None]
        return cls(min(present, default=0.0), max(present, default=1.0), start, end)

    def __call__(self, value: float) -> float:
        """Where the value lies.

        >>> Scale(0, 100, 200, 0)(25)
        150.0
        """
        if self.high == self.low:
            return round((self.start + self.end) / 2, 1)
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Unbroken stretches of present values with their places, so that a gap stays a gap.

    >>> runs([1.0, None, 2.0, 3.0])
    [[(0, 1.0)], [(2, 2.0), (3, 3.0)]]
    """
    stretches: list[list[tuple[int, float]]] = []
    before: float | None = None
    for place, value in enumerate(values):
        if value is not None:
            if before is None:
                stretches.append([])
            stretches[-1].append((place, value))
        before = value
    return stretches
