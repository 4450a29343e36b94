"""Formulas and roll-ups for a few units only: what an update recomputes above one changed value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.timetable import Line
from fourfold.engine.evaluate.arrays import Arrays, room_for
from fourfold.engine.evaluate.formula_targets import weighs_by_divisor
from fourfold.engine.evaluate.measuring import Measuring
from fourfold.engine.evaluate.native import NativeTotals
from fourfold.engine.evaluate.operands import Totals
from fourfold.engine.evaluate.rolling_up import RollingUp
from fourfold.engine.evaluate.view import View, chain_view
from fourfold.engine.evaluate.wanting import PageTargets
from fourfold.engine.formula import Cells, evaluate_formula
from fourfold.engine.quantities import Why
from fourfold.engine.score import score_block

__all__ = ["compute_cells", "compute_columns", "roll_up_columns"]

Places = NDArray[np.intp]


class ColumnTotals(Totals):
    """Native totals of the whole view, cut to some of its units."""

    def __init__(self, source: Totals, *, view: View, columns: Places) -> None:
        super().__init__(source.cube, view)
        self.source, self.columns = source, columns

    def of(self, line: Line) -> NativeTotals:
        """A line's totals in these columns."""
        found = self.source.of(line)
        cut = {
            each.name: getattr(found, each.name)[:, self.columns]
            for each in fields(found)
            if isinstance(getattr(found, each.name), np.ndarray)
        }
        return replace(found, **cut)


def compute_cells(line: Line, *, measuring: Measuring, pages: Places, columns: Places) -> bool:
    """Fill a formula on some pages and columns only, if it reads nothing else and its targets stay what they are.

    Returns: False where `compute_columns` has to do it.
    """
    rule = line.rule
    thresholds = _known_targets(line, measuring.arrays) is None
    moves = line.target is not None and not line.target.is_steady
    if not rule.is_per_cell_of_page or rule.breaks or thresholds or moves:
        return False
    shown = measuring.view.pages
    begun = ~shown.ahead(measuring.view.book.today)  # later pages are NOT_DUE whatever is observed
    on = pages[(begun & shown.between(rule.valid_from, rule.valid_until))[pages]]
    results = measuring.arrays.measures
    cells = _GatheredCells(measuring, on, columns)
    assert rule.formula is not None
    value, why = evaluate_formula(
        rule.formula,
        cells,
        missing=rule.missing_operand,
        factor=rule.factor,
        shape=(on.size, columns.size),
    )
    unselected = ~measuring.view.expectation(line).selected[columns]
    why[:, unselected] = Why.NOT_APPLICABLE
    value[:, unselected] = np.nan
    where = np.ix_(on, columns)
    place = measuring.places[rule.measure]
    operands = [measuring.places[each] for each in dict.fromkeys(rule.reads)]
    for counts in (results.present, results.due):
        total = sum((counts[each][where].astype(np.float64) for each in operands), np.zeros(value.shape))
        total[:, unselected] = 0.0
        counts[place][where] = total
    results.value[place][where], results.why[place][where] = value, why
    _score_cells(line, value, why, measuring=measuring, pages=on, columns=columns)
    return True


class _GatheredCells:
    """Operands on some pages and columns; a formula that asks for more is not computed here."""

    def __init__(self, measuring: Measuring, pages: Places, columns: Places) -> None:
        self.measuring, self.where = measuring, np.ix_(pages, columns)

    def value(self, key: str) -> Cells:
        results = self.measuring.arrays.measures
        place = self.measuring.places[self.measuring.view.book.measure_index(key)]
        return results.value[place][self.where], results.why[place][self.where]

    def lag(self, key: str, k: int) -> Cells:
        raise NotImplementedError

    def last(self, key: str) -> Cells:
        raise NotImplementedError

    def ytd(self, key: str) -> Cells:
        raise NotImplementedError

    def rolling(self, key: str, n: int) -> Cells:
        raise NotImplementedError


def _score_cells(
    line: Line,
    value: NDArray[np.float64],
    why: NDArray[np.uint8],
    *,
    measuring: Measuring,
    pages: Places,
    columns: Places,
) -> None:
    """Score by the thresholds valid at each page's end, as `Measuring.put` does."""
    results, place = measuring.arrays.measures, measuring.places[line.rule.measure]
    for index, scored in enumerate(line.rule.scored):
        until = line.rule.scored[index + 1].valid_from if index + 1 < len(line.rule.scored) else None
        rows = np.flatnonzero(measuring.view.pages.between(scored.valid_from, until)[pages])
        if not rows.size:
            continue
        where = np.ix_(pages[rows], columns)
        found = score_block(
            value[rows],
            results.target[place][where] if scored.anchors.needs_target else None,
            rule=scored.anchors,
            why=why[rows],
            backend=measuring.backend,
        )
        reasons = found.why
        if not scored.anchors.is_scored:
            reasons = np.where(why[rows] == Why.NOT_APPLICABLE, why[rows], reasons)
        results.score[place][where], results.status[place][where] = found.score, found.status
        results.score_why[place][where] = reasons


def compute_columns(line: Line, *, measuring: Measuring, columns: Places) -> None:
    """Fill a formula's pages in some columns, from the operands' in the same."""
    view: View = chain_view(measuring.view, columns)
    needed = [*dict.fromkeys(line.rule.reads), line.rule.measure]
    room = _small(measuring.arrays, [measuring.places[each] for each in needed], columns)
    totals = ColumnTotals(measuring.totals, view=view, columns=columns)
    small = Measuring(
        view, room, totals, {each: place for place, each in enumerate(needed)}, measuring.backend
    )
    small.compute(line, wanted=_known_targets(line, room))
    place = measuring.places[line.rule.measure]
    for each in fields(measuring.arrays.measures):
        whole, part = getattr(measuring.arrays.measures, each.name), getattr(room.measures, each.name)
        whole[place][:, columns] = part[-1]


def _known_targets(line: Line, room: Arrays) -> PageTargets | None:
    """Targets that do not depend on observations; None where these or thresholds must be worked out again."""
    own = line.target is not None and (line.target.red is not None or line.target.best is not None)
    if own or weighs_by_divisor(line) or any(each.anchors.grows_with_sums for each in line.rule.scored):
        return None
    return PageTargets(room.measures.target[-1], room.measures.target_why[-1], None, None, None)


def _small(arrays: Arrays, places: list[int], columns: Places) -> Arrays:
    """Room for a few measures and units, holding what the arrays hold there."""
    pages = arrays.measures.value.shape[1]
    room = room_for(
        measures=len(places), objectives=0, perspectives=0, total=0, pages=pages, units=columns.size, most=1
    )
    cut = np.ix_(np.array(places), np.arange(pages), columns)
    parts = {each.name: getattr(arrays.measures, each.name)[cut] for each in fields(arrays.measures)}
    return replace(room, measures=type(arrays.measures)(**parts))


def roll_up_columns(
    above: RollingUp,
    *,
    objectives: Sequence[int],
    perspectives: Sequence[int],
    pages: Places,
    columns: Places,
) -> None:
    """Fill objectives, perspectives and the total again on some pages and columns."""
    part = above.on(pages, columns)
    for position in objectives:
        part.objective(position)
    for position in perspectives:
        part.perspective(position)
    part.total()
