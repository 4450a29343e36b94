"""Formulas and roll-ups for a few units only: what an update recomputes above one changed value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.timetable import Line
from fourfold.engine.book.value_rules import ScoredFrom
from fourfold.engine.evaluate.arrays import Arrays, room_for
from fourfold.engine.evaluate.cut import Cut, cut_of, taken
from fourfold.engine.evaluate.formula_targets import weighs_by_divisor
from fourfold.engine.evaluate.measuring import Measuring
from fourfold.engine.evaluate.native import NativeTotals
from fourfold.engine.evaluate.operands import Totals
from fourfold.engine.evaluate.page_targets import PageTargets
from fourfold.engine.evaluate.rolling_up import RollingUp
from fourfold.engine.evaluate.view import View, chain_view
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


@dataclass(frozen=True)
class _OwnPages:
    """What is known of a formula that reads nothing but its own page: its operands, and who scores which pages.

    `begun` marks the pages it fills: valid, and not in the future, where nothing is due whatever is observed.
    """

    operands: tuple[int, ...]
    begun: NDArray[np.bool_]
    unselected: NDArray[np.bool_]
    scored: tuple[tuple[ScoredFrom, NDArray[np.bool_]], ...]


def compute_cells(line: Line, *, measuring: Measuring, pages: Places, columns: Places) -> bool:
    """Fill a formula on some pages and columns only, if it reads nothing else and its targets stay what they are.

    Returns: False where `compute_columns` has to do it.
    """
    own = _own_pages(line, measuring.view)
    if own is None:
        return False
    rule, results = line.rule, measuring.arrays.measures
    cut = cut_of(pages[own.begun[pages]], columns, shape=results.value.shape)
    assert rule.formula is not None
    value, why = evaluate_formula(
        rule.formula,
        _CutCells(measuring, cut),
        missing=rule.missing_operand,
        factor=rule.factor,
        shape=cut.flat.shape,
    )
    unselected = own.unselected[columns]
    why[:, unselected] = Why.NOT_APPLICABLE
    value[:, unselected] = np.nan
    place = measuring.places[rule.measure]
    operands = cut.of_nodes(np.array([measuring.places[each] for each in own.operands], dtype=np.intp))
    for counts in (results.present, results.due):
        total = taken(counts, operands).sum(axis=0, dtype=counts.dtype)
        total[:, unselected] = 0
        cut.put(counts[place], total)
    cut.put(results.value[place], value)
    cut.put(results.why[place], why)
    _score_cells(own, value, why, measuring=measuring, place=place, cut=cut)
    return True


def _own_pages(line: Line, view: View) -> _OwnPages | None:
    """None where a formula reads other pages or its targets move with what is observed; worked out once."""
    if id(line) not in view.kept:
        moves = line.target is not None and not line.target.is_steady
        fits = line.rule.is_per_cell_of_page and not line.rule.breaks and not moves
        view.kept[id(line)] = _laid_out(line, view) if fits and _keeps_targets(line) else None
    found: _OwnPages | None = view.kept[id(line)]
    return found


def _laid_out(line: Line, view: View) -> _OwnPages:
    rule, shown = line.rule, view.pages
    ends = [*(scored.valid_from for scored in rule.scored[1:]), None]
    return _OwnPages(
        tuple(dict.fromkeys(rule.reads)),
        ~shown.ahead(view.book.today) & shown.between(rule.valid_from, rule.valid_until),
        ~view.expectation(line).selected,
        tuple(
            (scored, shown.between(scored.valid_from, until))
            for scored, until in zip(rule.scored, ends, strict=True)
        ),
    )


class ReadsOtherPages(RuntimeError):
    """A fault of ours: a formula with a window was to be computed cell by cell (`ValueRule.is_per_cell_of_page`)."""


class _CutCells:
    """Operands on some pages and columns. Formulas that look back never come here: `_own_pages` leaves them out."""

    def __init__(self, measuring: Measuring, cut: Cut) -> None:
        self.measuring, self.cut = measuring, cut

    def value(self, key: str) -> Cells:
        results = self.measuring.arrays.measures
        place = self.measuring.places[self.measuring.view.book.measure_index(key)]
        return self.cut.of(results.value[place]), self.cut.of(results.why[place])

    def lag(self, key: str, k: int) -> Cells:
        raise ReadsOtherPages(f"lag({key}, {k})")

    def last(self, key: str) -> Cells:
        raise ReadsOtherPages(f"last({key})")

    def ytd(self, key: str) -> Cells:
        raise ReadsOtherPages(f"ytd({key})")

    def rolling(self, key: str, n: int) -> Cells:
        raise ReadsOtherPages(f"rolling({key}, {n})")


def _score_cells(
    own: _OwnPages,
    value: NDArray[np.float64],
    why: NDArray[np.uint8],
    *,
    measuring: Measuring,
    place: int,
    cut: Cut,
) -> None:
    """Score by the thresholds valid at each page's end, as `Measuring.put` does."""
    results = measuring.arrays.measures
    for scored, on in own.scored:
        rows = on[cut.pages]
        if not rows.any():
            continue
        part = cut.on(rows)
        found = score_block(
            value[rows],
            part.of(results.target[place]) if scored.anchors.needs_target else None,
            rule=scored.anchors,
            why=why[rows],
            backend=measuring.backend,
        )
        reasons = found.why
        if not scored.anchors.is_scored:
            reasons = np.where(why[rows] == Why.NOT_APPLICABLE, why[rows], reasons)
        part.put(results.score[place], found.score)
        part.put(results.status[place], found.status)
        part.put(results.score_why[place], reasons)


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
    if not _keeps_targets(line):
        return None
    return PageTargets(room.measures.target[-1], room.measures.target_why[-1], None, None, None)


def _keeps_targets(line: Line) -> bool:
    own = line.target is not None and (line.target.red is not None or line.target.best is not None)
    grows = any(each.anchors.grows_with_sums for each in line.rule.scored)
    return not (own or grows or weighs_by_divisor(line))


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
