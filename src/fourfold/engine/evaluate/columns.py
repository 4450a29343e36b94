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

__all__ = ["compute_columns", "roll_up_columns"]

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
