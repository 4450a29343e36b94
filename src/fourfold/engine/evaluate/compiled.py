"""Handing lines to the kernels, in threads where there is work for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import Frequency
from fourfold.engine.cube import Cube
from fourfold.engine.cube.scatter import WORKERS
from fourfold.engine.evaluate.arrays import Arrays
from fourfold.engine.evaluate.threads import CELLS_WORTH_A_THREAD, in_threads
from fourfold.engine.evaluate.view import View
from fourfold.engine.rollup import COVERAGE_TOLERANCE

__all__ = ["fill_by_kernel"]

_NOBODY = np.empty((0, 0))
_EVERYBODY = np.empty(0, dtype=np.int32)


def fill_by_kernel(
    lines: Sequence[Line],
    *,
    view: View,
    cube: Cube,
    arrays: Arrays,
    places: dict[int, int],
    pages: NDArray[np.intp] | None = None,
    rows: tuple[int, int] | None = None,
) -> set[int]:
    """Fill the lines that the kernels can; returns their identities.

    Args:
        pages: which pages, None: all. rows: the native rows these are made of, None: all.
    """
    filled: set[int] = set()
    for frequency in dict.fromkeys(line.rule.frequency for line in lines if line.rule.formula is None):
        plan, reasons = view.plan(frequency), cube.stack(frequency).reasons
        mine = [
            plan.rows[id(line)]
            for line in lines
            if id(line) in plan.rows and not (reasons and line.tracks[0] in reasons)
        ]
        if mine:
            chosen = np.array(mine)
            table = plan.table[chosen]
            table[:, 0] = [places[plan.lines[row].rule.measure] for row in mine]
            _run(frequency, chosen, table, view=view, cube=cube, arrays=arrays, pages=pages, rows=rows)
            filled.update(id(plan.lines[row]) for row in mine)
    return filled


def _run(
    frequency: Frequency,
    chosen: NDArray[np.intp],
    table: NDArray[np.int32],
    *,
    view: View,
    cube: Cube,
    arrays: Arrays,
    pages: NDArray[np.intp] | None,
    rows: tuple[int, int] | None,
) -> None:
    # Imported here: compiling costs seconds the first time, and plain NumPy should not pay for it.
    from fourfold.engine.evaluate import kernels

    plan, stack, owing = view.plan(frequency), cube.stack(frequency), view.stacked(frequency)
    native_map, results = view.pages.native(frequency), arrays.measures
    first, after = rows or (0, len(native_map.ordinals))
    listed = np.arange(len(view.pages)) if pages is None else pages
    gate = view.book.policies.number("score.coverage_min") - COVERAGE_TOLERANCE
    multipliers, valid = plan.multipliers[chosen], plan.valid[chosen]
    scoring, anchors = plan.scoring[chosen], plan.anchors[chosen]
    ahead = view.pages.ahead(view.book.today)

    def part(bounds: tuple[int, int]) -> None:
        kernels.fill_lines(
            *bounds, table, multipliers, gate,
            stack.numerator, stack.denominator, view.timetable.targets.get(frequency, _NOBODY),
            owing.owed, owing.expected, owing.due, owing.selected, owing.entry,
            _EVERYBODY if view.is_whole else view.units.whole, view.units.first_child, view.parents,
            listed, native_map.start, native_map.stop, native_map.is_cell, ahead, valid,
            scoring, anchors, plan.packed, first, after,
            results.value, results.target, results.score, results.why, results.target_why, results.score_why,
            results.status, results.present, results.due,
        )  # fmt: skip

    cells = len(chosen) * listed.size * len(view.units)
    in_threads(part, _bounds(len(chosen), cells=cells), cells=cells)


def _bounds(lines: int, *, cells: int) -> list[tuple[int, int]]:
    """Lines in runs: small enough that no thread waits long for the other, not so small that calls add up."""
    if cells < CELLS_WORTH_A_THREAD:
        return [(0, lines)]
    step = max(1, -(-lines // (WORKERS * 4)))
    return [(lo, min(lo + step, lines)) for lo in range(0, lines, step)]
