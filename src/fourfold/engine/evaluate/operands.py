"""What a formula reads: other measures' pages, and the same over other stretches of their native periods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from fourfold.engine.book.pages import Pages
from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import Frequency
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate.lines import observed, totals_of, values_over
from fourfold.engine.evaluate.native import NativeTotals, Observed, by_date
from fourfold.engine.evaluate.view import View
from fourfold.engine.evaluate.windows import Reach, Window, window_over
from fourfold.engine.formula import Cells, Expression, carried_forward, evaluate_formula
from fourfold.engine.quantities import Why

__all__ = ["Operands", "Totals"]


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
        """The last n native periods up to the page's last one that is owed to date."""
        return self._further(("rolling", n)).value(key)

    def computed(self, line: Line) -> Cells:
        """A line's formula on these pages."""
        assert line.rule.formula is not None
        return self.part(line, line.rule.formula, factor=line.rule.factor)

    def part(self, line: Line, expression: Expression, *, factor: float = 1.0) -> Cells:
        """A part of a line's formula on these pages."""
        return evaluate_formula(
            expression,
            self,
            missing=line.rule.missing_operand,
            factor=factor,
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
            value, why = self.computed(line)
            if not self.reach:
                return value, why
            early = self._window(line, by_date(self.totals.view.expectation(line))).empty
            too_few = early == Why.TOO_FEW_POINTS
            return np.where(too_few, np.nan, value), np.where(too_few, early, why)
        native = self.totals.of(line)
        window = self._window(line, native)
        ranges, own = window.ranges()
        is_single = ranges.stop - ranges.start == 1
        native_map = self.pages.native(line.rule.frequency)
        is_cell = is_single & (native_map.is_cell | native_map.carried) if own is None else is_single
        found = values_over(native, line=line, view=self.totals.view, ranges=ranges, is_cell=is_cell)
        value, why = found.value, found.why
        if own is not None:
            value, why = np.take_along_axis(value, own, axis=0), np.take_along_axis(why, own, axis=0)
        value[window.empty != Why.PRESENT] = np.nan
        np.copyto(why, window.empty, where=window.empty != Why.PRESENT)
        return value, why

    def _window(self, line: Line, native: NativeTotals) -> Window:
        return window_over(
            self.reach,
            pages=self.pages,
            native_map=self.pages.native(line.rule.frequency),
            native=native,
            expectation=self.totals.view.expectation(line),
            known_from=line.rule.known_from,
        )
