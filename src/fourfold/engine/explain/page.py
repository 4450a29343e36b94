"""One unit and page of an evaluation, and the sums behind a measure's line there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan

import numpy as np

from fourfold.engine.aggregate import PageRanges
from fourfold.engine.book.timetable import Line
from fourfold.engine.book.value_rules import ScoredFrom
from fourfold.engine.calendar import GrainPeriod, Period
from fourfold.engine.evaluate import Evaluation, GrainResults
from fourfold.engine.evaluate.lines import observed
from fourfold.engine.evaluate.native import NativeTotals, Observed
from fourfold.engine.evaluate.operands import Totals
from fourfold.engine.evaluate.page_values import PageSums, page_sums

__all__ = ["LineOnPage", "Page", "number"]


def number(value: float) -> float | None:
    """None for a missing number."""
    return None if isnan(value) else float(value)


@dataclass(frozen=True)
class LineOnPage:
    """A line's native rows [start, stop) that make up the page, and what every unit's add up to, shape (1, unit)."""

    line: Line
    native: NativeTotals
    tracks: list[Observed]
    sums: PageSums
    start: int
    stop: int


@dataclass(frozen=True)
class Page:
    """Where an explanation looks: a page's row and its last day; the unit is given per question."""

    evaluation: Evaluation
    results: GrainResults
    period: GrainPeriod
    row: int
    day: date

    @classmethod
    def of(cls, evaluation: Evaluation, period: GrainPeriod) -> Page:
        """The page, or IndexError where it was not evaluated."""
        results = evaluation.at(period.grain)
        row = results.position(period.ordinal)
        return cls(evaluation, results, period, row, evaluation.cube.timeline.calendar.last_day(period))

    @property
    def key(self) -> str:
        """How the page is written."""
        return self.evaluation.cube.timeline.calendar.key_of(self.period)

    def line_of(self, measure: int) -> Line | None:
        """The line valid at the page's end."""
        for line in self.evaluation.view.lines_of[measure]:
            valid_from, until = line.rule.valid_from, line.rule.valid_until
            if (valid_from is None or valid_from <= self.day) and (until is None or self.day < until):
                found: Line = line
                return found
        return None

    def scored_of(self, line: Line) -> ScoredFrom:
        """The thresholds valid at the page's end."""
        valid = [each for each in line.rule.scored if each.valid_from is None or each.valid_from <= self.day]
        return valid[-1]

    def period_key(self, line: Line, row: int) -> str:
        """How a native row is written."""
        ordinal = self.ordinal(line, row)
        return self.evaluation.cube.timeline.calendar.key(Period(line.rule.frequency, ordinal))

    def ordinal(self, line: Line, row: int) -> int:
        """The ordinal of a native row."""
        return int(self.evaluation.cube.timeline.ordinals(line.rule.frequency).start + row)

    def on_page(self, line: Line, *, unit: int) -> LineOnPage:
        """The sums of an observed line; costs a pass over its measure."""
        view, cube = self.evaluation.view, self.evaluation.cube
        start, stop = self.rows_of(line, unit)
        native = Totals(cube, view).of(line)
        tracks = observed(line, cube=cube, view=view) if line.tracks else []
        ranges = PageRanges(np.array([start], dtype=np.int32), np.array([stop], dtype=np.int32))
        return LineOnPage(line, native, tracks, page_sums(native, rule=line.rule, ranges=ranges), start, stop)

    def rows_of(self, line: Line, unit: int) -> tuple[int, int]:
        """The native rows of the page; for a page shorter than a native period the one it shows."""
        pages = self.evaluation.view.pages
        native_map = pages.native(line.rule.frequency)
        page = pages.slices[self.period.grain].start + self.row
        start, stop = int(native_map.start[page]), int(native_map.stop[page])
        if native_map.carried[page]:
            measure = self.evaluation.book.definitions.measures[line.rule.measure].key
            shown = self.results.shown.get(self.evaluation.measure_index(measure))
            if shown is not None and shown[self.row, unit] >= 0:
                start = int(shown[self.row, unit]) - native_map.ordinals.start
            return max(start, 0), max(start, 0) + 1
        return max(start, 0), max(stop, 0)
