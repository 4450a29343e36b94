"""Small segments in a tree of units: what is hidden in one must not come out of the units around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.segments.suppression import giving_away

__all__ = ["hidden_in_tree", "hidden_over_time"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def hidden_in_tree(
    cases: Floats, *, children: Sequence[range], least: float, already: Flags | None = None
) -> Flags:
    """Which cells of a table of segments by units are not shown in one period.

    Small cells are hidden; then, until nothing changes, as many more as it takes that no hidden one can be worked out
    from a unit's total and its other segments, nor from the same segment of the units around it.

    Args:
        cases: (segment, unit); NaN where a number stands on cases that nobody counted, infinite where there is no
            number at all (an empty cell hides nobody).
        children: of every unit, the places of those directly below, which add up to it.
        least: policy `anonymity.n_min`.
        already: cells that are hidden for another reason.

    Source: METHOD M2.3, M5.4 (sequential passes, rows then columns, until nothing changes), §6, §7.3 (7).

    >>> shops = np.array([[100.0, 50.0, 50.0], [23.0, 3.0, 20.0], [60.0, 30.0, 30.0]])
    >>> hidden_in_tree(shops, children=[range(1, 3), range(0), range(0)], least=5).astype(int).tolist()
    [[0, 0, 0], [0, 1, 1], [0, 1, 1]]
    """
    known = np.where(np.isnan(cases), 0.0, cases)
    small = known < least
    if already is not None:
        small |= already & np.isfinite(known)
    known = np.where(_told_anyway(np.isfinite(known), children), np.inf, known)
    hidden, before = small & np.isfinite(known), -1
    while (count := int(hidden.sum())) != before:
        before = count
        for unit in np.flatnonzero(hidden.any(axis=0)).tolist():
            _hide(hidden[:, unit], known[:, unit], least=least)
        if count:
            _hide_around(hidden, known, children=children, least=least)
    return hidden | small


def _told_anyway(there: Flags, children: Sequence[range]) -> Flags:
    """What the units' totals tell by themselves: the only segment of a unit, and what follows from that around it.

    To hide such a cell protects no other one.
    """
    told, before = ~there, -1
    while (count := int(told.sum())) != before:
        before = count
        told |= (~told).sum(axis=0) == 1
        for unit, below in enumerate(children):
            if len(below):
                part = slice(below.start, below.stop)
                told[:, unit] |= told[:, part].all(axis=1)
                is_last = told[:, unit] & ((~told[:, part]).sum(axis=1) == 1)
                told[is_last, part] = True
    return told


def _hide(hidden: Flags, cases: Floats, *, least: float) -> bool:
    """Hide besides what would give the hidden ones away; answers whether all that is there is hidden now."""
    places = np.flatnonzero(hidden).tolist()
    hidden[giving_away(cases, places, least=least)] = True
    return bool(hidden[np.isfinite(cases)].all())


def _hide_around(hidden: Flags, cases: Floats, *, children: Sequence[range], least: float) -> None:
    """Up and down the tree, one segment at a time."""
    for unit, below in enumerate(children):
        if not len(below):
            continue
        part = slice(below.start, below.stop)
        for segment in range(len(cases)):
            row, there = hidden[segment, part], cases[segment, part]
            if hidden[segment, unit]:
                if not row.any() and np.isfinite(there).any():
                    row[int(np.argmin(there))] = True  # all parts together would tell their whole
            elif row.any() and _hide(row, there, least=least) and _is_little(row, there, least=least):
                hidden[segment, unit] = np.isfinite(cases[segment, unit])


def _is_little(hidden: Flags, cases: Floats, *, least: float) -> bool:
    return bool(hidden.sum() < 2 or cases[hidden].sum() < least)


def hidden_over_time(cases: Floats, hidden: Flags, *, pages: Iterable[range], least: float) -> Flags:
    """Which cells of longer pages would tell a hidden one of the periods they hold: those that hold just one, or few.

    Args:
        cases, hidden: (segment, period, unit) of the periods in which numbers are taken.
        pages: the places of the periods that each page holds.

    Returns: (segment, page, unit).

    Source: METHOD M2.3, §7.3 (7).

    >>> cases = np.array([[[3.0], [20.0], [20.0]]])
    >>> hidden_over_time(cases, cases < 5, pages=[range(3), range(1, 3)], least=5).tolist()
    [[[True], [False]]]
    """
    found = []
    for page in pages:
        part = slice(page.start, page.stop)
        inside = hidden[:, part]
        known = np.where(inside & np.isfinite(cases[:, part]), cases[:, part], 0.0).sum(axis=1)
        count = inside.sum(axis=1)
        found.append((count == 1) | ((count > 0) & (known < least)))
    return np.stack(found, axis=1)
