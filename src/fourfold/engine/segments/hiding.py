"""Small segments in a tree of units: what is hidden in one must not come out of the units around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.segments.circles import SumsGraph, sums_graph
from fourfold.engine.segments.suppression import giving_away

__all__ = ["hidden_in_tree", "hidden_over_time"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def hidden_in_tree(cases: Floats, *, children: Sequence[range], least: float) -> Flags:
    """Which cells of a table of segments by units are not shown in one period.

    Small cells are hidden; then, until nothing changes, as many more as it takes that no hidden one can be worked out
    from a unit's total and its other segments, nor from the same segment of the units around it. At last every small
    one lies on a circle of hidden ones, each of at least half its cases: no sums, however many are taken together, tell
    it to less than half and half as much again. What the units' totals tell by themselves is told anyway.

    Args:
        cases: (segment, unit); NaN where a number stands on cases that nobody counted, infinite where there is no
            number at all (an empty cell hides nobody).
        children: of every unit, the places of those directly below, which add up to it.
        least: policy `anonymity.n_min`.

    Source: METHOD M2.3, M5.4 (sequential passes, rows then columns, until nothing changes; audit), §6, §7.3 (7).

    >>> shops = np.array([[100.0, 50.0, 50.0], [23.0, 3.0, 20.0], [60.0, 30.0, 30.0]])
    >>> hidden_in_tree(shops, children=[range(1, 3), range(0), range(0)], least=5).astype(int).tolist()
    [[0, 0, 0], [0, 1, 1], [0, 1, 1]]
    """
    counted = np.where(np.isnan(cases), 0.0, cases)
    small = counted < least
    known = np.where(_told_anyway(np.isfinite(counted), children), np.inf, counted)
    hidden, before = small & np.isfinite(known), -1
    while (count := int(hidden.sum())) != before:
        before = count
        for unit in np.flatnonzero(hidden.any(axis=0)).tolist():
            _hide(hidden[:, unit], known[:, unit], least=least)
        if count:
            _hide_around(hidden, known, children=children, least=least)
    hidden |= small
    if hidden.any():
        _close_circles(hidden, counted, graph=sums_graph(len(cases), children=children), least=least)
    return hidden


def _close_circles(hidden: Flags, cases: Floats, *, graph: SumsGraph, least: float) -> None:
    """Hide besides what closes a circle around each small cell, the fewest cases first.

    Along a circle of numbers of at least x/2 cases, x/2 may be moved either way without a sum changing or a number
    falling below zero: nobody knows which of the tables is the true one.
    """
    there = np.isfinite(cases)
    needs = np.where(there, np.minimum(np.floor(np.where(there, cases, 0.0)), least) / 2.0, np.inf)
    targets = hidden & (cases < least)
    for need in sorted(set(needs[targets].tolist()), reverse=True):
        wide = there & (cases >= need)
        open_ = targets & (needs == need) & ~graph.on_circle(hidden & wide)
        for place in np.flatnonzero(open_).tolist():
            for lines in (wide, there):
                cost = np.where(hidden, 0.0, np.where(there, cases, 0.0))
                way = graph.cheapest_way(place, lines=lines, cost=cost)
                if way is not None:
                    hidden.flat[way] = True
                    break


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


def hidden_over_time(
    cases: Floats, hidden: Flags, *, blocks: Sequence[range], children: Sequence[range], least: float
) -> Flags:
    """Which cells of longer periods (a quarter of its months) would tell a hidden one of the periods they hold.

    A longer period tells a hidden cell no more where the cell has a partner: another of its periods in which a circle
    through it is hidden, too. What is moved around the circle in the one may be moved back in the other, and no sum of
    the longer one changes. Where a small cell has none, the longer period hides a circle around it instead; so it does
    for what is small in the whole, and for units of which a period is still to come. Periods longer still may be shown
    where they are sums of what is shown.

    Args:
        cases, hidden: (segment, period, unit) of the periods in which numbers are taken, as `hidden_in_tree` hid them.
        blocks: the places of the periods that each longer one holds; they share none.

    Returns: (segment, block, unit).

    Source: METHOD M2.3, M5.4 (also across waves), §7.3 (7).

    >>> cases = np.array([[[3.0], [4.0], [20.0]], [[30.0], [30.0], [40.0]]])
    >>> shown = hidden_over_time(cases, cases < 35, blocks=[range(3)], children=[range(0)], least=5)
    >>> shown.astype(int).tolist(), hidden_over_time(
    ...     cases, np.array([[[True], [False], [False]]] * 2), blocks=[range(3)], children=[range(0)], least=5
    ... ).astype(int).tolist()
    ([[[0]], [[0]]], [[[1]], [[1]]])
    """
    graph = sums_graph(len(cases), children=children)
    found = np.zeros((len(cases), len(blocks), cases.shape[2]), dtype=np.bool_)
    for place, block in enumerate(blocks):
        part = slice(block.start, block.stop)
        if hidden[:, part].any():
            found[:, place] = _hidden_in_whole(cases[:, part], hidden[:, part], graph=graph, least=least)
    return found


def _hidden_in_whole(cases: Floats, hidden: Flags, *, graph: SumsGraph, least: float) -> Flags:
    """What one longer period hides, (segment, unit): circles of what its periods hide, the fewest cells."""
    there = np.isfinite(cases)
    lines = [hidden[:, period] & there[:, period] for period in range(cases.shape[1])]
    is_open_ended = ~there.any(axis=0).all(axis=0)  # a unit without any number in one of the periods
    always = (np.where(there, cases, 0.0).sum(axis=1) < least) | is_open_ended
    found = np.asarray(always & hidden.any(axis=1), dtype=np.bool_)
    for period, own in enumerate(lines):
        paired = np.zeros(found.shape, dtype=np.bool_)
        for other in range(len(lines)):
            if other != period:
                paired |= graph.on_circle(own & lines[other])
        bare = own & (always | ((cases[:, period] < least) & ~paired))
        for place in np.flatnonzero(bare & ~graph.on_circle(own & found)).tolist():
            way = graph.cheapest_way(place, lines=own, cost=np.where(found, 0.0, 1.0))
            if way is not None:
                found.flat[[place, *way]] = True
    return found
