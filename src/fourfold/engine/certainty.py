"""How sure a measured value is, and whether its status might be another one (METHOD §2.9)."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.timetable import Line
from fourfold.engine.book.units import UnitTree
from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.evaluate.borders import targets_over
from fourfold.engine.explain.page import Page
from fourfold.engine.quantities import AggregationKind, Why
from fourfold.engine.score import GREY, score_block
from fourfold.engine.wilson import wilson_interval

__all__ = ["Certainty", "certainty_of", "certainty_on"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Certainty:
    """Where the true value lies with 95 % confidence, in the measure's unit of measure.

    `is_uncertain`: the interval reaches across a border of statuses, so that another status is as possible.
    """

    low: float
    high: float
    is_uncertain: bool


def certainty_on(evaluation: Evaluation, *, measure: str, unit: str, period: GrainPeriod) -> Certainty | None:
    """The same as `certainty_of`, by keys.

    Source: METHOD §2.9.

    Raises:
        KeyError, UnknownUnit: no such measure or unit. GrainNotEvaluated, IndexError: the period was not evaluated.
    """
    page = Page.of(evaluation, period)
    return certainty_of(page, evaluation.book.measure_index(measure), unit=evaluation.units.index(unit))


def certainty_of(page: Page, measure: int, *, unit: int) -> Certainty | None:
    """How sure a measure's value on a page is; None where nobody can know.

    Known of shares of counts only: a `ratio` whose parts are whole numbers, the upper among the lower, as they were
    observed (no formula). Of sums, means without their deviation, and net shares without both of their counts nothing
    is known. Costs a look at the page's own observations; at all of the measure's only where the status is in doubt.

    Source: METHOD §2.9, M2.2, M3.2. Tested in tests/engine/test_certainty.py, for example
    `certainty_on(evaluation, measure="otif", unit="hamburg", period=page)`.
    """
    line = page.line_of(measure)
    if line is None or line.rule.kind is not AggregationKind.RATIO or not line.tracks:
        return None
    asked = _Asked(page, line, page.evaluation.measure_index(_key(page, measure)), unit)
    if asked.why != Why.PRESENT:
        return None
    return asked.certainty()


@dataclass(frozen=True, slots=True)
class _Asked:
    """One line in one unit on one page."""

    page: Page
    line: Line
    node: int
    unit: int

    @property
    def why(self) -> int:
        return int(self.page.results.measures.why[self.node, self.page.row, self.unit])

    def certainty(self) -> Certainty | None:
        results, where = self.page.results.measures, (self.node, self.page.row, self.unit)
        count, of = self._counts()
        times, value = self.line.rule.version.multiplier, float(results.value[where])
        # What does not add up to the value is not what it was made of: a part that is not due yet, or not owed.
        if not of or not isclose(times * count / of, value, rel_tol=1e-9):
            return None
        if count != int(count) or of != int(of):
            return None
        low, high = (float(end) for end in wilson_interval(np.float64(count), np.float64(of)))  # type: ignore[arg-type]  # scalars are arrays of no axis
        if low != low:
            return None
        ends = sorted((times * low, times * high))
        is_uncertain = self._has_other_status(ends) and self._has_counts_only()
        return Certainty(ends[0], ends[1], is_uncertain)

    def _counts(self) -> tuple[float, float]:
        """Sums of what was observed on the page, in the unit and all below it."""
        start, stop = self.page.rows_of(self.line, self.unit)
        owed = self.page.evaluation.view.expectation(self.line).owed[start:stop]
        mine = self._mine()
        count = of = 0.0
        for above, below in self._tracks(start, stop):
            there = owed & mine & np.isfinite(above) & np.isfinite(below)
            count += float(above[there].sum())
            of += float(below[there].sum())
        return count, of

    def _mine(self) -> NDArray[np.bool_]:
        """The unit with all below it; a value that was entered is its own alone."""
        units: UnitTree = self.page.evaluation.view.units
        mine = np.zeros(len(units), dtype=np.bool_)
        first, after = self.unit, self.unit + 1
        while first < after:
            mine[first:after] = True
            if self.line.rule.is_entered:
                break
            first, after = int(units.first_child[first]), int(units.first_child[after])
        return mine

    def _tracks(self, start: int, stop: int | None) -> list[tuple[Floats, Floats]]:
        evaluation = self.page.evaluation
        stack = evaluation.cube.stack(self.line.rule.frequency)
        found = []
        for track in self.line.tracks:
            below = stack.denominator_of(track)
            if below is not None:
                cut = evaluation.view.cut
                found.append((cut(stack.numerator[track][start:stop]), cut(below[start:stop])))
        return found

    def _has_counts_only(self) -> bool:
        """Whether whole numbers are no chance of this page: money is whole now and then."""
        for above, below in self._tracks(0, None):
            there = np.isfinite(above) & np.isfinite(below)
            parts = np.concatenate([above[there], below[there]])
            if (parts != np.floor(parts)).any() or (above[there] > below[there]).any():
                return False
        return True

    def _has_other_status(self, ends: list[float]) -> bool:
        """Whether an end of the interval would have another status than the value."""
        page, rule = self.page, self.page.scored_of(self.line).anchors
        results, where = page.results.measures, (self.node, page.row, self.unit)
        if not rule.is_scored or results.status[where] == GREY:
            return False
        values = np.array([ends[0], float(results.value[where]), ends[1]])
        red, best = self._own_borders()
        found = score_block(
            values,
            np.full(3, float(results.target[where])),
            rule=rule,
            why=np.zeros(3, dtype=np.uint8),
            red=red,
            best=best,
            backend="numpy",
        )
        return bool((found.status != found.status[1]).any())

    def _own_borders(self) -> tuple[Floats | None, Floats | None]:
        """Red and best of the target's own row, where it has any."""
        target = self.line.target
        if target is None or (target.red is None and target.best is None):
            return None, None
        page = self.page
        wanted = targets_over(page.evaluation, self.line, grain=page.period.grain)
        found = [
            None if each is None else np.full(3, float(each[page.row, self.unit]))
            for each in (wanted.red, wanted.best)
        ]
        return found[0], found[1]


def _key(page: Page, measure: int) -> str:
    return page.evaluation.book.definitions.measures[measure].key
