"""Segments too small to be shown: pooled, so that none can be worked out from the total and the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.segments.counted import SegmentCounts

__all__ = ["Pooled", "giving_away", "hidden_places", "pooled"]


Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pooled:
    """Both periods with the small segments as one. `groups` says which of the original segments each column holds."""

    before: SegmentCounts
    after: SegmentCounts
    groups: tuple[tuple[int, ...], ...]

    @property
    def is_suppressed(self) -> bool:
        """Whether any segment is not shown by itself."""
        return any(len(group) > 1 for group in self.groups)


def pooled(
    before: SegmentCounts, after: SegmentCounts, *, least: float = 0.0, hidden: Collection[int] = ()
) -> Pooled:
    """Pool the segments with fewer than `least` cases in either period into one, listed last.

    A single small segment could be worked out by subtraction, and so could a pool that is itself small: the next
    smallest segment joins until the pool holds two segments and enough cases. An empty segment (0 cases in a period)
    hides nobody. Counts must be complete and of one pair of periods, (segment,).

    Args:
        least: policy `anonymity.n_min`; 0: `hidden` says it all.
        hidden: segments that are not shown for another reason, and join the pool.

    Source: METHOD M2.3 (a segment below n_min is suppressed), §6 (complementary suppression), §7.3 (7).

    >>> found = pooled(SegmentCounts.of([1, 30, 9], [3, 60, 20]), SegmentCounts.of([2, 30, 9], [4, 60, 20]), least=5)
    >>> found.groups, found.before.base.tolist()
    (((1,), (0, 2)), [60.0, 23.0])
    """
    together = hidden_places((before.base, after.base), least=least).union(hidden)
    groups: list[tuple[int, ...]] = [(place,) for place in range(before.base.size) if place not in together]
    if together:
        groups.append(tuple(sorted(together)))
    return Pooled(_grouped(before, groups), _grouped(after, groups), tuple(groups))


def hidden_places(bases: Sequence[Floats], *, least: float) -> frozenset[int]:
    """Which segments may not be shown by themselves over some periods: small ones, and those that give them away.

    Every period hides by its own cases alone, so that two pages that share a period never hide it differently: what one
    shows could be taken from what the other holds together.

    Args:
        bases: of each period the cases of every segment, (segment,); NaN is unknown, and hidden.
        least: policy `anonymity.n_min`.

    Source: METHOD M2.3, §6 (complementary suppression).

    >>> sorted(hidden_places([np.array([3.0, 60.0, 20.0])], least=5)), hidden_places([np.array([9.0, 8.0])], least=5)
    ([0, 2], frozenset())
    """
    return frozenset[int]().union(*(_hidden_in(_cases(base), least=least) for base in bases))


def _hidden_in(cases: Floats, *, least: float) -> set[int]:
    hidden = set(np.flatnonzero(cases < least).tolist())
    return hidden | set(giving_away(cases, hidden, least=least)) if hidden else hidden


def giving_away(cases: Floats, hidden: Collection[int], *, least: float) -> list[int]:
    """Which of several numbers that add up to a known one to hide besides: the smallest, until two are hidden and hold
    enough cases together.

    Args:
        cases: of each number, (number,); infinite where there is none to be shown.
        hidden: places of those that are hidden already.

    >>> giving_away(np.array([3.0, 60.0, 20.0]), {0}, least=5)
    [2]
    """
    taken, more = list(hidden), list[int]()
    for place in np.argsort(cases, kind="stable").tolist():
        if (len(taken) > 1 and cases[taken].sum() >= least) or np.isinf(cases[place]):
            break
        if place not in taken:
            taken.append(place)
            more.append(place)
    return more


def _cases(base: Floats) -> Floats:
    """Cases of each segment; an empty one needs no hiding, one that nobody counted does."""
    return np.where(base == 0.0, np.inf, np.where(np.isnan(base), 0.0, base))


def _grouped(counts: SegmentCounts, groups: list[tuple[int, ...]]) -> SegmentCounts:
    return SegmentCounts(
        np.array([counts.numerator[list(group)].sum() for group in groups]),
        np.array([counts.base[list(group)].sum() for group in groups]),
    )
