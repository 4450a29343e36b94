"""What a formula reads: other measures' pages, and the same over other stretches of their native periods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import PageRanges
from fourfold.engine.book.pages import NativeMap, Pages
from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import Frequency, Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate.lines import observed, totals_of, values_over
from fourfold.engine.evaluate.native import NativeTotals, Observed
from fourfold.engine.evaluate.view import View
from fourfold.engine.formula import BEFORE_THE_FIRST, Cells, carried_forward, evaluate_formula
from fourfold.engine.quantities import Why

__all__ = ["Operands", "Reach", "Totals"]

Ints = NDArray[np.int64]
Rows = tuple[Ints, Ints]
Reach = tuple[tuple[str, int], ...]
"""Steps from a page's own native periods to others: (`lag`, k), (`ytd`, 0), (`rolling`, n)."""


@dataclass
class Totals:
    """Native totals of lines, worked out when first asked for."""

    cube: Cube
    view: View
    _known: dict[int, NativeTotals] = field(default_factory=dict)

    def of(self, line: Line) -> NativeTotals:
        """What a line adds up to natively; a formula computed per cell is computed here."""
        found = self._known.get(id(line))
        if found is None:
            found = totals_of(self._tracks(line), line=line, view=self.view)
            self._known[id(line)] = found
        return found

    def _tracks(self, line: Line) -> list[Observed]:
        if line.rule.formula is None:
            return observed(line, cube=self.cube, view=self.view)
        pages = self.view.native_pages(line.rule.frequency)
        values, whys = Operands(self, pages).computed(line)
        # Adding zero turns -0.0 into 0.0, as the cube does with what is observed.
        return [Observed(values + 0.0, None, whys)]


@dataclass(frozen=True)
class Operands:
    """Operands on the pages of one grain; with a `reach`, over other native periods than the pages' own.

    `known` answers for whole pages already computed (key position → cells), None to compute everything here.
    """

    totals: Totals
    pages: Pages
    known: Callable[[int], Cells | None] = lambda _: None
    reach: Reach = ()
    native: Frequency | None = None

    def value(self, key: str) -> Cells:
        """A measure's pages, by its own semantics."""
        measure = self.totals.view.book.measure_index(key)
        found = self.known(measure) if not self.reach else None
        return self._over(measure) if found is None else found

    def lag(self, key: str, k: int) -> Cells:
        """The page's native periods, k of them earlier."""
        return self._further(("lag", k)).value(key)

    def last(self, key: str) -> Cells:
        """Each gap filled with the last value before it, page by page."""
        return carried_forward(*self.value(key))

    def ytd(self, key: str) -> Cells:
        """From the start of the fiscal year to the page's end."""
        return self._further(("ytd", 0)).value(key)

    def rolling(self, key: str, n: int) -> Cells:
        """The last n native periods up to the page's end."""
        return self._further(("rolling", n)).value(key)

    def computed(self, line: Line) -> Cells:
        """A line's formula on these pages."""
        assert line.rule.formula is not None
        return evaluate_formula(
            line.rule.formula,
            self,
            missing=line.rule.missing_operand,
            factor=line.rule.factor,
            shape=(len(self.pages), len(self.totals.view.units)),
        )

    def _further(self, step: tuple[str, int]) -> Operands:
        return replace(self, reach=(*self.reach, step))

    def _over(self, measure: int) -> Cells:
        shape = (len(self.pages), len(self.totals.view.units))
        values = np.full(shape, np.nan)
        whys = np.full(shape, Why.NOT_APPLICABLE, dtype=np.uint8)
        for line in self.totals.view.lines_of[measure]:
            valid = self.pages.between(line.rule.valid_from, line.rule.valid_until)
            found = self._line(line)
            values[valid], whys[valid] = found[0][valid], found[1][valid]
        return values, whys

    def _line(self, line: Line) -> Cells:
        if line.rule.is_per_page:
            return self.computed(line)
        native_map = self.pages.native(line.rule.frequency)
        start, stop = _reached(native_map, self.pages, self.reach)
        before = start < 0
        ranges = PageRanges(np.maximum(start, 0).astype(np.int32), np.maximum(stop, 0).astype(np.int32))
        is_cell = (native_map.is_cell | native_map.carried) & (stop - start == 1)
        found = values_over(
            self.totals.of(line), line=line, view=self.totals.view, ranges=ranges, is_cell=is_cell
        )
        found.value[before] = np.nan
        found.why[before] = BEFORE_THE_FIRST
        return found.value, found.why


def _reached(native_map: NativeMap, pages: Pages, reach: Reach) -> Rows:
    start, stop = native_map.start.astype(np.int64), native_map.stop.astype(np.int64)
    for step, count in reach:
        if step == "lag":
            start, stop = start - count, stop - count
        elif step == "rolling":
            start = stop - count
        else:
            start = np.minimum(_year_starts(native_map, pages), stop)
    return start, stop


def _year_starts(native_map: NativeMap, pages: Pages) -> Ints:
    """The native row with which each page's fiscal year begins."""
    calendar = pages.timeline.calendar
    months = np.asarray(calendar.month_holding(pages.last_day))
    first, last = int(months.min()), int(months.max())
    to_date = calendar.range_map(native_map.frequency, Grain.YTD, first=first, last=last)
    return np.maximum(to_date.start[months - first] - native_map.ordinals.start, 0)
