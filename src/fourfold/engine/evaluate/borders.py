"""Where a measure's colours begin, page by page: the zones that a chart draws behind the values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.pages import Pages
from fourfold.engine.book.timetable import Line
from fourfold.engine.book.value_rules import ScoredFrom
from fourfold.engine.calendar import Grain
from fourfold.engine.evaluate.formula_targets import formula_targets
from fourfold.engine.evaluate.lines import line_pages
from fourfold.engine.evaluate.operands import Totals
from fourfold.engine.evaluate.page_targets import PageTargets
from fourfold.engine.evaluate.results import Evaluation
from fourfold.engine.evaluate.view import View
from fourfold.engine.score import Anchors, ThresholdRefused, anchors_at

__all__ = ["anchors_over", "targets_over"]


def anchors_over(
    evaluation: Evaluation, *, measure: str, unit: str, grain: Grain
) -> tuple[Anchors | None, ...]:
    """Say for every page of a grain where worst, red, target and best lie for one unit.

    Args:
        evaluation: must hold the measure, the unit and the grain; costs one pass over the measure's own line.
        measure: a measure's key.
        unit: a unit of the evaluated subtree.
        grain: as evaluated.

    Returns:
        One entry per page in the order of `evaluation.at(grain).ordinals`, in the measure's unit of measure; None
        where no target is known, the goal has no line to draw, or the target puts the thresholds out of order.

    Raises:
        UnknownUnit, KeyError: not there.

    Source: METHOD §2.3; DESIGN §5 (Thresholds). Tested in tests/engine/evaluate/test_borders.py, for example
    `[border.green for border in anchors_over(evaluation, measure="revenue", unit="hamburg", grain=Grain.MONTH)]`.
    """
    view: View = evaluation.view
    pages = view.timetable.pages((grain,))
    column = evaluation.units.index(unit)
    found: list[Anchors | None] = [None] * len(pages)
    for line in view.lines_of[evaluation.book.measure_index(measure)]:
        targets = _targets(line, Totals(evaluation.cube, view), pages=pages)
        for scored, valid in _scored_pages(line, pages):
            for page in np.flatnonzero(valid).tolist():
                found[page] = _at(scored, targets, page=page, column=column)
    return tuple(found)


def _scored_pages(line: Line, pages: Pages) -> list[tuple[ScoredFrom, NDArray[np.bool_]]]:
    """Which pages each of a line's thresholds is for."""
    valid = pages.between(line.rule.valid_from, line.rule.valid_until)
    until = [following.valid_from for following in line.rule.scored[1:]] + [None]
    return [
        (scored, valid & pages.between(scored.valid_from, end))
        for scored, end in zip(line.rule.scored, until, strict=True)
    ]


def targets_over(evaluation: Evaluation, line: Line, *, grain: Grain) -> PageTargets:
    """What a line is to reach on every page of a grain, shape (page, unit of the view); costs one pass over it."""
    view: View = evaluation.view
    return _targets(line, Totals(evaluation.cube, view), pages=view.timetable.pages((grain,)))


def _targets(line: Line, totals: Totals, *, pages: Pages) -> PageTargets:
    if line.rule.is_per_page:
        return formula_targets(line, totals, pages=pages)
    return line_pages(totals.of(line), line=line, view=totals.view, pages=pages).targets


def _at(scored: ScoredFrom, targets: PageTargets, *, page: int, column: int) -> Anchors | None:
    target = float(targets.value[page, column])
    if scored.anchors.needs_target and np.isnan(target):
        return None
    red, best = (
        None if each is None or np.isnan(each[page, column]) else float(each[page, column])
        for each in (targets.red, targets.best)
    )
    times = 1.0 if targets.times is None else float(targets.times[page, column])
    rule = scored.anchors
    try:
        return anchors_at(
            rule, target, multiplicity=times if rule.grows_with_sums else 1.0, red=red, best=best
        )
    except ThresholdRefused:
        return None
