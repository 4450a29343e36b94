"""One new value and its closure, without evaluating everything again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.timetable import Line
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.evaluate.columns import compute_cells, compute_columns, roll_up_columns
from fourfold.engine.evaluate.compiled import fill_by_kernel
from fourfold.engine.evaluate.evaluation import rolling_up
from fourfold.engine.evaluate.measuring import Measuring
from fourfold.engine.evaluate.operands import Totals
from fourfold.engine.evaluate.rolling_up import RollingUp
from fourfold.engine.rows import ObservationRows

__all__ = ["apply"]

Places = NDArray[np.intp]


def apply(evaluation: Evaluation, rows: ObservationRows) -> Evaluation:
    """Take later rows into the evaluation's cube and bring its arrays up to date, in place.

    Equal bit for bit to evaluating everything again. Recomputed are the changed measures on the pages made of the
    changed periods (sums anew, never by adding a difference), the formulas that read them, and above the changed units
    the objectives and perspectives. Rows of other subtrees change the cube only. The cube must have no other user in
    the meantime.

    Returns: the same evaluation; a new one where the rows reach beyond its time, where it showed a few levels only, and
        where policy holds statuses, since these depend on all later periods.
    """
    timeline = evaluation.cube.timeline
    evaluation.cube.take_in(rows)
    is_cut = len(evaluation.units) < len(evaluation.view.units)
    if evaluation.cube.timeline != timeline or is_cut or evaluation.book.policies.is_on("status.hysteresis"):
        return evaluate(
            evaluation.book,
            evaluation.cube,
            grains=tuple(evaluation.grains),
            unit=evaluation.units.keys[0],
            measures=evaluation.measures,
            rollups=bool(evaluation.arrays.total.score.size),
            backend=evaluation.backend,
        )
    change = _Change.of(evaluation, rows)
    if change.units.size:
        change.carry_out()
    return evaluation


@dataclass(frozen=True)
class _Change:
    """What rows touch: lines with their native rows, and units with all their ancestors in the view."""

    evaluation: Evaluation
    measuring: Measuring
    touched: dict[int, tuple[Line, set[int]]]
    units: Places

    @classmethod
    def of(cls, evaluation: Evaluation, rows: ObservationRows) -> _Change:
        view = evaluation.view
        places = evaluation.places
        totals = Totals(evaluation.cube, view)
        measuring = Measuring(view, evaluation.arrays, totals, places, evaluation.backend)
        touched: dict[int, tuple[Line, set[int]]] = {}
        units: set[int] = set()
        known = view.positions
        for measure, series, unit, period in zip(
            rows.measure.tolist(), rows.series.tolist(), rows.unit.tolist(), rows.period.tolist(), strict=True
        ):
            if unit not in known or measure not in places:
                continue
            units.update(view.units.path(known[unit]))
            for line in view.lines_of[measure]:
                if line.tracks and line.rule.version.series == series:
                    start = view.pages.native(line.rule.frequency).ordinals.start
                    touched.setdefault(id(line), (line, set()))[1].add(period - start)
        return cls(evaluation, measuring, touched, np.array(sorted(units), dtype=np.intp))

    def carry_out(self) -> None:
        """Measures, then formulas, then what is above."""
        pages = [self._observe(line, rows) for line, rows in self.touched.values()]
        changed = {line.rule.measure for line, _ in self.touched.values()}
        reached = _together(pages)
        computed = self._compute(changed, pages=reached)
        if not all(self.measuring.view.reads_own_pages(measure) for measure in computed):
            reached = np.arange(len(self.measuring.view.pages))
        if reached.size and self.evaluation.arrays.total.score.size:
            self._roll_up(changed | computed, reached)

    def _observe(self, line: Line, rows: set[int]) -> Places:
        """Fill a line again where it changed; returns the pages."""
        view, cube = self.measuring.view, self.evaluation.cube
        native_map = view.pages.native(line.rule.frequency)
        kept = self.evaluation.backend == "numba" and id(line) in view.plan(line.rule.frequency).rows
        if kept and line.tracks[0] not in cube.stack(line.rule.frequency).reasons:
            pages = _together([native_map.pages_reading(row) for row in rows])
            if pages.size:
                reach = int(native_map.start[pages].min()), int(native_map.stop[pages].max())
                fill_by_kernel(
                    [line],
                    view=view,
                    cube=cube,
                    arrays=self.evaluation.arrays,
                    places=self.measuring.places,
                    pages=pages,
                    rows=reach,
                )
                self.measuring.score_the_rest([line])
            return pages
        self.measuring.observe(line)
        return np.arange(len(view.pages))

    def _compute(self, changed: set[int], *, pages: Places) -> set[int]:
        """Fill the formulas that read what changed on some pages, operands first; returns their measures."""
        view = self.measuring.view
        readers = self.evaluation.book.readers(changed)
        computed: set[int] = set()
        for measure in self.evaluation.book.order if readers else ():
            if measure not in readers or measure not in self.measuring.places:
                continue
            for line in view.lines_of[measure]:
                if not (changed | computed).intersection(line.rule.reads):
                    continue
                computed.add(measure)
                if not view.reads_own_pages(measure):
                    pages = np.arange(len(view.pages))
                if compute_cells(line, measuring=self.measuring, pages=pages, columns=self.units):
                    continue
                if line.rule.is_per_page:
                    compute_columns(line, measuring=self.measuring, columns=self.units)
                else:
                    self.measuring.observe(line)
        return computed

    def _roll_up(self, measures: set[int], pages: Places) -> None:
        book = self.evaluation.book
        above: RollingUp = rolling_up(
            self.measuring.view,
            arrays=self.evaluation.arrays,
            places=self.measuring.places,
            backend=self.evaluation.backend,
        )
        objectives = _parents(measures, book.objectives_of)
        perspectives = _parents(objectives, book.perspectives_of)
        roll_up_columns(
            above, objectives=objectives, perspectives=perspectives, pages=pages, columns=self.units
        )


def _together(pages: Sequence[Places]) -> Places:
    """The pages of several changes, in order."""
    if len(pages) == 1:
        return pages[0]
    return np.unique(np.concatenate(pages)) if pages else np.empty(0, dtype=np.intp)


def _parents(children: Iterable[int], parents: Mapping[int, tuple[int, ...]]) -> list[int]:
    return sorted({parent for child in children for parent in parents.get(child, ())})
