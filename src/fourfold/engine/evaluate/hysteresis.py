"""Colours that do not flicker: hysteresis over a measure's native periods, where policy wants it (METHOD §2.9)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.timetable import Line
from fourfold.engine.evaluate.arrays import Arrays
from fourfold.engine.evaluate.view import View
from fourfold.engine.score import hysteresis, positions

__all__ = ["hold_statuses"]


def hold_statuses(view: View, *, arrays: Arrays, places: dict[int, int]) -> None:
    """Replace computed by held statuses on the pages that are one native period, and note where they differ.

    The score stays. Costs a pass over every native page.
    """
    policies = view.book.policies
    for measure, place in places.items():
        for line in view.lines_of[measure]:
            native_map = view.pages.native(line.rule.frequency)
            cells = native_map.is_cell & view.pages.between(line.rule.valid_from, line.rule.valid_until)
            if not cells.any():
                continue
            found = hysteresis(
                arrays.measures.status[place][cells],
                _positions(line, cells, view=view, arrays=arrays, place=place),
                share=policies.number("status.hysteresis_share"),
                periods=int(policies.number("status.hysteresis_periods")),
            )
            arrays.measures.status[place][cells] = found.status
            held = arrays.held.setdefault(
                place, np.zeros(arrays.measures.status[place].shape, dtype=np.bool_)
            )
            held[cells] = found.held


def _positions(
    line: Line, cells: NDArray[np.bool_], *, view: View, arrays: Arrays, place: int
) -> NDArray[np.float64]:
    """Where the values lie between their thresholds, by the version valid at each page's end."""
    results, table = arrays.measures, view.target(line)
    start = view.pages.native(line.rule.frequency).start
    found = np.full(results.value[place].shape, np.nan)
    for index, scored in enumerate(line.rule.scored):
        until = line.rule.scored[index + 1].valid_from if index + 1 < len(line.rule.scored) else None
        on = cells & view.pages.between(scored.valid_from, until)
        red = None if table is None or table.red is None else table.red[start[on]]
        found[on] = positions(
            results.value[place][on], results.target[place][on], rule=scored.anchors, red=red
        )
    return found[cells]
