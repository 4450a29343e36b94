"""Control charts written out a second time: one series, one point, one sentence of METHOD M3.4 at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan, nan, sqrt

Series = Sequence[float]


@dataclass(frozen=True)
class SlowLimits:
    """Centre and three sigma of one segment; NaN where there are none."""

    centre: float
    reach: float


def limits_of_individuals(
    points: Series, *, baseline: int | None = None, screening: bool = True, least: int = 8
) -> SlowLimits:
    """Of one segment, gaps as NaN."""
    used: list[int] = []
    for place, point in enumerate(points):
        if not isnan(point) and (baseline is None or len(used) < baseline):
            used.append(place)
    ranges = [abs(points[now] - points[now - 1]) for now in used if now - 1 in used]
    if len(used) < least or len(ranges) < least - 1:
        return SlowLimits(nan, nan)
    mean = added(points[place] for place in used) / len(used)
    if screening:
        ceiling = 3.267 * (added(ranges) / len(ranges))
        calm = [each for each in ranges if each < ceiling]
        ranges = calm if added(calm) > 0.0 else ranges
    if not ranges or added(ranges) == 0.0:
        return SlowLimits(nan, nan)
    return SlowLimits(mean, 2.66 * (added(ranges) / len(ranges)))


def added(numbers) -> float:
    """One after another, as the engine does."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def share_limits(counts: Series, sizes: Series) -> tuple[float, list[float]]:
    """Of a p chart: the share, and three sigma for every point."""
    whole = [place for place, size in enumerate(sizes) if size > 0 and not isnan(counts[place])]
    share = added(counts[place] for place in whole) / added(sizes[place] for place in whole)
    return share, [3.0 * sqrt(share * (1.0 - share) / size) if size > 0 else nan for size in sizes]


def marked(points: Series, limits: SlowLimits, rule: str) -> dict[int, str]:
    """The places a rule names, each with `up`, `down`, `both` or `neither`."""
    if isnan(limits.reach):
        return {}
    seen = _Seen(points, limits)
    up, down, neither = PATTERNS[rule](seen)
    found = {}
    for place in up | down:
        found[place] = "both" if place in up & down else ("up" if place in up else "down")
    return found | dict.fromkeys(neither, "neither")


@dataclass(frozen=True)
class _Seen:
    points: Series
    limits: SlowLimits

    def there(self, place: int) -> bool:
        return not isnan(self.points[place])

    def above(self, place: int, sigmas: int) -> bool:
        """More than so many sigma up; zero sigmas: above the centre."""
        return (
            self.there(place) and self.points[place] > self.limits.centre + self.limits.reach * SHARE[sigmas]
        )

    def below(self, place: int, sigmas: int) -> bool:
        return (
            self.there(place) and self.points[place] < self.limits.centre - self.limits.reach * SHARE[sigmas]
        )

    def windows(self, length: int) -> list[range]:
        """All stretches of so many points without a gap."""
        starts = range(len(self.points) - length + 1)
        found = [range(start, start + length) for start in starts]
        return [window for window in found if all(self.there(place) for place in window)]

    def where(self, length: int, holds: Callable[[range], bool]) -> set[int]:
        return {place for window in self.windows(length) if holds(window) for place in window}


SHARE = {0: 0.0, 1: 1.0 / 3.0, 2: 2.0 / 3.0, 3: 1.0}
Found = tuple[set[int], set[int], set[int]]


def outside(seen: _Seen) -> Found:
    places = range(len(seen.points))
    return {p for p in places if seen.above(p, 3)}, {p for p in places if seen.below(p, 3)}, set()


def one_side(length: int) -> Callable[[_Seen], Found]:
    return lambda seen: (
        seen.where(length, lambda window: all(seen.above(p, 0) for p in window)),
        seen.where(length, lambda window: all(seen.below(p, 0) for p in window)),
        set(),
    )


def trend(length: int) -> Callable[[_Seen], Found]:
    def rises(seen: _Seen, window: range, sign: int) -> bool:
        return all(sign * (seen.points[p] - seen.points[p - 1]) > 0 for p in window[1:])

    return lambda seen: (
        seen.where(length, lambda window: rises(seen, window, 1)),
        seen.where(length, lambda window: rises(seen, window, -1)),
        set(),
    )


def alternating(length: int) -> Callable[[_Seen], Found]:
    def zigzags(seen: _Seen, window: range) -> bool:
        steps = [seen.points[p] - seen.points[p - 1] for p in window[1:]]
        return all(now * after < 0 for now, after in pairwise(steps))

    return lambda seen: (set(), set(), seen.where(length, lambda window: zigzags(seen, window)))


def some_of(needed: int, length: int, sigmas: int, *, agrees: bool = False) -> Callable[[_Seen], Found]:
    def side(seen: _Seen, beyond: Callable[[int, int], bool]) -> set[int]:
        found = set()
        for window in seen.windows(length):
            far = [place for place in window if beyond(place, sigmas)]
            if len(far) >= needed and (not agrees or all(beyond(place, 0) for place in window)):
                found |= set(far)
        return found

    return lambda seen: (side(seen, seen.above), side(seen, seen.below), set())


def all_near(length: int, *, within: bool) -> Callable[[_Seen], Found]:
    def holds(seen: _Seen, window: range) -> bool:
        far = [seen.above(place, 1) or seen.below(place, 1) for place in window]
        return not any(far) if within else all(far)

    return lambda seen: (set(), set(), seen.where(length, lambda window: holds(seen, window)))


PATTERNS: dict[str, Callable[[_Seen], Found]] = {
    "mdc.outside": outside,
    "mdc.shift": one_side(7),
    "mdc.trend": trend(7),
    "mdc.two-of-three": some_of(2, 3, 2, agrees=True),
    "nelson.1": outside,
    "nelson.2": one_side(9),
    "nelson.3": trend(6),
    "nelson.4": alternating(14),
    "nelson.5": some_of(2, 3, 2),
    "nelson.6": some_of(4, 5, 1),
    "nelson.7": all_near(15, within=True),
    "nelson.8": all_near(8, within=False),
    "weco.1": outside,
    "weco.2": some_of(2, 3, 2),
    "weco.3": some_of(4, 5, 1),
    "weco.4": one_side(8),
    "rule1": outside,
}
