"""What a change of one measure would come to along the tested links, if they hold: a simulation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.leadlag.refusals import LinksInCircle
from fourfold.engine.leadlag.slope import Slope

__all__ = ["DRAWS", "Carried", "Reached", "propagate"]

DRAWS: Final = 10_000  # judgement: ends of an interval steady to about a hundredth of its width
_SEED: Final = 20_261_122  # any; the same question has the same answer
_ENDS: Final = (2.5, 97.5)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Carried:
    """A link between two measures, by key, with its slope."""

    x: str
    y: str
    slope: Slope


@dataclass(frozen=True, slots=True)
class Reached:
    """A measure's simulated change with its interval at 95 %, and through how many links at most it came."""

    change: float
    low: float
    high: float
    steps: int


def propagate(start: str, delta: float, *, links: Sequence[Carried]) -> Mapping[str, Reached]:
    """Δ of every measure that the links lead to from `start`: along a way slopes multiply, where ways meet they add.

    The interval: each slope is drawn from its t, every way through the same draws, and the middle 95 % is taken. It
    knows the slopes' uncertainty and nothing of whether the links will hold.

    Args:
        start: a measure's key. delta: its change, in its unit of measure, made to last.
        links: those that may be carried along; others are the caller's to leave out, and to name.

    Returns: measures' keys in the order they are reached, without `start`.

    Raises:
        LinksInCircle: a measure would move itself.

    Source: METHOD §3.8 (linear propagation with interval, labelled simulation).

    >>> chain = [Carried("skills", "speed", Slope(2.0, 0.1, 40)), Carried("speed", "sales", Slope(3.0, 0.1, 40))]
    >>> found = propagate("skills", 1.0, links=chain)
    >>> found["sales"].change, found["sales"].steps, found["sales"].low < 6.0 < found["sales"].high
    (6.0, 2, True)
    """
    used = _reachable(start, links)
    rng = np.random.default_rng(_SEED)
    drawn = [each.slope.value + each.slope.error * rng.standard_t(each.slope.degrees, DRAWS) for each in used]
    change, spread, steps = {start: delta}, {start: np.full(DRAWS, delta)}, {start: 0}
    for key in _in_order(start, used):
        coming = [place for place, each in enumerate(used) if each.y == key]
        change[key] = sum(change[used[at].x] * used[at].slope.value for at in coming)
        spread[key] = np.sum([spread[used[at].x] * drawn[at] for at in coming], axis=0)
        steps[key] = 1 + max(steps[used[at].x] for at in coming)
    ends = {key: np.percentile(spread[key], _ENDS).tolist() for key in list(change)[1:]}
    return {key: Reached(change[key], low, high, steps[key]) for key, (low, high) in ends.items()}


def _reachable(start: str, links: Sequence[Carried]) -> list[Carried]:
    """The links on any way from `start`, in listed order."""
    seen, more = {start}, True
    while more:
        fresh = {each.y for each in links if each.x in seen} - seen
        seen |= fresh
        more = bool(fresh)
    return [each for each in links if each.x in seen]


def _in_order(start: str, links: Sequence[Carried]) -> list[str]:
    """The measures after `start`, each once everything it follows from is there."""
    waiting = {each.y: {other.x for other in links if other.y == each.y} for each in links}
    done, order = {start}, []
    if start in waiting:
        raise LinksInCircle(f"the links lead from {start!r} back to it")
    while waiting:
        ready = [key for key, causes in waiting.items() if causes <= done]
        if not ready:
            raise LinksInCircle(f"links go in a circle: {', '.join(waiting)}")
        for key in ready:
            order.append(key)
            done.add(key)
            del waiting[key]
    return order
