"""How sure a measured value is, and whether its status might be another one (METHOD §2.9)."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose, isfinite

import numpy as np
from numpy.typing import NDArray

from fourfold.engine import spc
from fourfold.engine.book.timetable import Line
from fourfold.engine.book.units import UnitTree
from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.evaluate.borders import targets_over
from fourfold.engine.explain.page import Page
from fourfold.engine.limit_decisions import ordinal_in
from fourfold.engine.quantities import AggregationKind, Why
from fourfold.engine.score import GREY, score_block
from fourfold.engine.wilson import wilson_interval

__all__ = ["Certainty", "certainty_of", "certainty_on"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Certainty:
    """Where the true value lies with 95 % confidence, in the measure's unit of measure.

    `is_uncertain`: the interval reaches across a border of statuses, so that another status is as possible. `cases`
    stand behind the value; `dispersion` is Laney's σ_z of the unit's history where that is above 1, else 1: how many
    times as much as by chance alone its counts vary.
    """

    low: float
    high: float
    is_uncertain: bool
    cases: int
    dispersion: float = 1.0


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

    Known only where the version declares that it counts cases (`counts_cases`): a `ratio` of kilograms or money has
    whole numbers too, and no chance of a case. Of sums, means without their deviation, formulas and net shares without
    both of their counts nothing is known, nor where the numbers contradict what was declared. Where the unit's counts
    vary more than chance alone, the cases count for fewer, by σ_z², as on its p′ chart: since its limits last began
    anew, without known special causes. Costs a look at the measure's observations in the unit and below.

    Source: METHOD §2.9, M2.2, M3.2; σ_z: METHOD M3.4, Laney 2002. Tested in tests/engine/test_certainty.py, for
    example `certainty_on(evaluation, measure="otif", unit="hamburg", period=page)`.
    """
    line = page.line_of(measure)
    if line is None or line.rule.kind is not AggregationKind.RATIO or not line.tracks:
        return None
    if not page.scored_of(line).version.counts_cases:
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
        start, stop = self.page.rows_of(self.line, self.unit)
        counts, sizes = self._history(stop)
        if not _are_cases(counts, sizes):
            return None
        count, of = float(counts[start:].sum()), float(sizes[start:].sum())
        times, value = self.line.rule.version.multiplier, float(results.value[where])
        # What does not add up to the value is not what it was made of: a part that is not due yet, or not owed.
        if not of or not isclose(times * count / of, value, rel_tol=1e-9):
            return None
        dispersion = self._dispersion(counts, sizes)
        ends = [times * end for end in _interval(count, of, dispersion=dispersion)]
        if not isfinite(ends[0]):  # so dispersed that all of them tell less than one case
            return None
        return Certainty(ends[0], ends[1], self._has_other_status(ends), int(of), dispersion)

    def _history(self, stop: int) -> tuple[Floats, Floats]:
        """What was observed in the unit and all below it, shape (period,), from the first native period to the page."""
        counts, sizes = np.zeros(stop), np.zeros(stop)
        # All versions of one series share their tracks: the line owes, and sums, the periods before it too.
        owed = self.page.evaluation.view.expectation(self.line).owed[:stop] & self._mine()
        for above, below in self._tracks(stop):
            there = owed & np.isfinite(above) & np.isfinite(below)
            counts += np.where(there, above, 0.0).sum(axis=1)
            sizes += np.where(there, below, 0.0).sum(axis=1)
        return counts, sizes

    def _mine(self) -> Bools:
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

    def _tracks(self, stop: int) -> list[tuple[Floats, Floats]]:
        evaluation = self.page.evaluation
        stack = evaluation.cube.stack(self.line.rule.frequency)
        found = []
        for track in self.line.tracks:
            below = stack.denominator_of(track)
            if below is not None:
                cut = evaluation.view.cut
                found.append((cut(stack.numerator[track][:stop]), cut(below[:stop])))
        return found

    def _dispersion(self, counts: Floats, sizes: Floats) -> float:
        """Laney's σ_z as the unit's chart has it; 1 where there are too few periods to know, or less than chance."""
        policies = self.page.evaluation.book.policies
        begins, special = self._segment(sizes.size)
        there = begins + np.flatnonzero(sizes[begins:] > 0.0)
        least = max(int(policies.number("spc.min_points.firm")), spc.TRIAL_POINTS)
        if (there.size - special[there].sum()) < least:
            return 1.0
        # From the first period with cases on: a chart begins there, and its limits stay on its first points.
        part = slice(there[0], None)
        baseline = max(int(policies.number("spc.baseline")), spc.TRIAL_POINTS)
        chart = spc.proportions(
            counts[part],
            np.where(sizes > 0.0, sizes, np.nan)[part],
            basis=spc.Basis(baseline=baseline, excluded=special[np.newaxis, part]),
        )
        assert chart.dispersion is not None, "a chart of proportions has a dispersion"
        found = float(chart.dispersion[0, -1])
        return max(found, 1.0) if isfinite(found) else 1.0

    def _segment(self, stop: int) -> tuple[int, Bools]:
        """Where the unit's limits last began anew before the page's end, and which periods have a special cause."""
        cube, frequency = self.page.evaluation.cube, self.line.rule.frequency
        first = cube.timeline.ordinals(frequency).start
        unit = self.page.evaluation.view.units.keys[self.unit]
        decided = cube.decisions.of(_key(self.page, self.line.rule.measure), unit)

        def place(key: str, *, is_end: bool = False) -> int:
            found = ordinal_in(key, frequency, calendar=cube.timeline.calendar, is_end=is_end)
            return stop if found is None else min(found - first, stop)

        special = np.zeros(stop, dtype=np.bool_)
        for since, until in decided.special:
            special[max(place(since), 0) : max(place(until, is_end=True) + 1, 0)] = True
        begins = [each for each in map(place, decided.anew) if each < stop]
        return max([0, *begins]), special

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


def _are_cases(counts: Floats, sizes: Floats) -> bool:
    """Whether the numbers bear out that some among so many cases were counted."""
    whole = bool((counts == np.floor(counts)).all() and (sizes == np.floor(sizes)).all())
    return whole and bool(((counts >= 0.0) & (counts <= sizes)).all())


def _interval(count: float, of: float, *, dispersion: float) -> tuple[float, float]:
    """Wilson's ends of a share; σ_z² cases that vary together tell no more than one."""
    told = dispersion * dispersion
    low, high = wilson_interval(np.array([count / told]), np.array([of / told]))
    return float(low[0]), float(high[0])
