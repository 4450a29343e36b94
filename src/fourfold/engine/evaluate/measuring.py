"""Every measure of a view: values, targets and scores, line by line in NumPy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.pages import Pages
from fourfold.engine.book.timetable import Line
from fourfold.engine.book.value_rules import ScoredFrom
from fourfold.engine.evaluate.arrays import Arrays
from fourfold.engine.evaluate.formula_targets import formula_targets
from fourfold.engine.evaluate.lines import LinePages, line_pages
from fourfold.engine.evaluate.not_begun import leave_for_later
from fourfold.engine.evaluate.operands import Operands, Totals
from fourfold.engine.evaluate.page_targets import PageTargets
from fourfold.engine.evaluate.plans import NOT_BY_KERNEL
from fourfold.engine.evaluate.view import View
from fourfold.engine.formula import Cells
from fourfold.engine.quantities import Why
from fourfold.engine.score import GREY, AnchorRule, Backend, ScoreBlock, score_block

__all__ = ["Measuring", "blank_measure"]


@dataclass(frozen=True)
class Measuring:
    """Fills the measure arrays. `places` maps a measure's position in the definitions to its place on the node axis."""

    view: View
    arrays: Arrays
    totals: Totals
    places: dict[int, int]
    backend: Backend

    def observe(self, line: Line, *, pages: Pages | None = None) -> None:
        """Fill an observed line, or one computed per native cell."""
        pages = self.view.pages if pages is None else pages
        native = self.totals.of(line)
        self.put(line, line_pages(native, line=line, view=self.view, pages=pages))

    def compute(self, line: Line, *, wanted: PageTargets | None = None) -> None:
        """Fill a line computed per page; what it reads must have been filled. `wanted`: its targets, if known."""
        parts = [self._computed(line, place) for place in range(len(self.view.pages.grains))]
        value, why = (np.concatenate(each) for each in zip(*parts, strict=True))
        selected = self.view.expectation(line).selected
        why[:, ~selected] = Why.NOT_APPLICABLE
        value[:, ~selected] = np.nan
        results = self.arrays.measures
        places = sorted({self.places[measure] for measure in line.rule.reads})
        present = sum((results.present[place].astype(np.float64) for place in places), np.zeros(value.shape))
        due = sum((results.due[place].astype(np.float64) for place in places), np.zeros(value.shape))
        present[:, ~selected] = due[:, ~selected] = 0.0
        targets = wanted or formula_targets(line, self.totals, pages=self.view.pages)
        self.put(line, LinePages(value, why, present, due, targets, None))

    def put(self, line: Line, found: LinePages) -> None:
        """Write a line's pages where its rule is valid, and score them."""
        place = self.places[line.rule.measure]
        valid = self.view.pages.between(line.rule.valid_from, line.rule.valid_until)
        if line.rule.breaks:
            _break(found, line=line, pages=self.view.pages)
        leave_for_later(found, line=line, pages=self.view.pages, today=self.view.book.today)
        results = self.arrays.measures
        rows: NDArray[np.bool_] | bool = True if valid.all() else valid[:, np.newaxis]
        np.copyto(results.value[place], found.value, where=rows)
        np.copyto(results.why[place], found.why, where=rows)
        np.copyto(results.target[place], found.targets.value, where=rows)
        np.copyto(results.target_why[place], found.targets.why, where=rows)
        np.copyto(results.present[place], found.present, where=rows, casting="unsafe")
        np.copyto(results.due[place], found.due, where=rows, casting="unsafe")
        if found.shown is not None:
            shown = self.arrays.shown.setdefault(place, np.full(found.shown.shape, -1, dtype=np.int64))
            shown[valid] = found.shown[valid]
        self._score_pages(line, found.targets, pages=valid)

    def score_the_rest(self, lines: Iterable[Line]) -> None:
        """Score what the kernels filled and left unscored: tables, bands, and what only informs."""
        for line in lines:
            plan = self.view.plan(line.rule.frequency)
            row = plan.rows[id(line)]
            if plan.leaves[row]:
                left = plan.valid[row] & (plan.scoring[row] == NOT_BY_KERNEL)
                self._score_pages(line, self._wanted_of(line), pages=left)

    def _wanted_of(self, line: Line) -> PageTargets:
        results, place = self.arrays.measures, self.places[line.rule.measure]
        return PageTargets(results.target[place], results.target_why[place], None, None, None)

    def _score_pages(self, line: Line, wanted: PageTargets, *, pages: NDArray[np.bool_]) -> None:
        for index, scored in enumerate(line.rule.scored):
            until = line.rule.scored[index + 1].valid_from if index + 1 < len(line.rule.scored) else None
            on = pages & self.view.pages.between(scored.valid_from, until)
            self._score(self.places[line.rule.measure], scored, wanted, pages=on)

    def _score(
        self, place: int, scored: ScoredFrom, wanted: PageTargets, *, pages: NDArray[np.bool_]
    ) -> None:
        results = self.arrays.measures
        room = ScoreBlock(results.score[place], results.status[place], results.score_why[place])
        if pages.all():
            _scored(
                results.value[place],
                wanted,
                results.why[place],
                rule=scored.anchors,
                out=room,
                backend=self.backend,
            )
        elif pages.any():
            part = wanted.on(pages)
            found = _scored(
                results.value[place][pages],
                part,
                results.why[place][pages],
                rule=scored.anchors,
                out=None,
                backend=self.backend,
            )
            room.score[pages], room.status[pages], room.why[pages] = found
        if not scored.anchors.is_scored:
            _keep_waiting(room, results.why[place], pages)

    def _computed(self, line: Line, place: int) -> Cells:
        grain = self.view.pages.grains[place]
        where = self.view.pages.slices[grain]
        results = self.arrays.measures

        def known(measure: int) -> Cells | None:
            at = self.places[measure]
            return results.value[at, where], results.why[at, where]

        return Operands(self.totals, self.view.timetable.pages((grain,)), known=known).computed(line)


def blank_measure(arrays: Arrays, places: Iterable[int], *, pages: NDArray[np.bool_] | slice) -> None:
    """Pages before a measure's first version or after its retirement: the measure does not apply."""
    results = arrays.measures
    for place in places:
        for room in (results.value, results.target, results.score):
            room[place, pages] = np.nan
        for reasons in (results.why, results.target_why, results.score_why):
            reasons[place, pages] = Why.NOT_APPLICABLE
        results.status[place, pages] = GREY
        results.present[place, pages] = 0
        results.due[place, pages] = 0


def _scored(
    value: NDArray[np.float64],
    wanted: PageTargets,
    why: NDArray[np.uint8],
    *,
    rule: AnchorRule,
    out: ScoreBlock | None,
    backend: Backend,
) -> ScoreBlock:
    return score_block(
        value,
        wanted.value if rule.needs_target else None,
        rule=rule,
        why=why,
        red=wanted.red,
        best=wanted.best,
        multiplicity=wanted.times if rule.grows_with_sums else None,
        backend=backend,
        out=out,
    )


def _keep_waiting(room: ScoreBlock, why: NDArray[np.uint8], pages: NDArray[np.bool_]) -> None:
    """An informational measure that does not belong to the unit does not inform either."""
    np.copyto(room.why, why, where=pages[:, np.newaxis] & (why == Why.NOT_APPLICABLE))


def _break(found: LinePages, *, line: Line, pages: Pages) -> None:
    """A page that reaches back into the series before has no comparable number."""
    assert line.rule.valid_from is not None
    native_map = pages.native(line.rule.frequency)
    start = np.clip(native_map.start, 0, native_map.last_day.size - 1)
    mixed = (native_map.last_day[start] < line.rule.valid_from.toordinal()) & ~native_map.carried
    reaching = mixed[:, np.newaxis] & (found.why != Why.NOT_APPLICABLE)
    found.why[reaching] = Why.DEFINITION_BREAK
    found.value[reaching] = np.nan
