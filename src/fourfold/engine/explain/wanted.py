"""Where a target comes from, and the thresholds that follow from it."""

from __future__ import annotations

from math import isnan, nan

from fourfold.engine.aggregate import TargetOperator
from fourfold.engine.book.timetable import Line
from fourfold.engine.explain.explanation import Anchors
from fourfold.engine.explain.page import Page
from fourfold.engine.score import ThresholdRefused, anchors_at

__all__ = ["targets_behind", "thresholds_at"]


def thresholds_at(page: Page, line: Line, *, unit: int) -> Anchors | None:
    """Worst, red, green and best in the measure's unit; of a two-sided goal the lower side. None without a line."""
    measure = page.evaluation.book.definitions.measures[line.rule.measure].key
    where = (page.evaluation.measure_index(measure), page.row, unit)
    target = float(page.results.measures.target[where])
    rule = page.scored_of(line).anchors
    if not rule.is_scored or (rule.needs_target and isnan(target)):
        return None
    red, best = (_own(page, line, unit, name) for name in ("red", "best"))
    try:
        found = anchors_at(rule, target, multiplicity=_times(page, line, unit), red=red, best=best)
    except ThresholdRefused:
        return None
    if found is None:
        return None
    lowest = {name: (found.named(name) or (nan,))[0] for name in ("worst", "red", "target", "best", "edge")}
    green = lowest["target"] if not isnan(lowest["target"]) else lowest["edge"]
    return Anchors(lowest["worst"], lowest["red"], green, lowest["best"])


def _rows(page: Page, line: Line) -> range:
    pages = page.evaluation.view.pages
    native_map = pages.native(line.rule.frequency)
    at = pages.slices[page.period.grain].start + page.row
    return range(max(int(native_map.start[at]), 0), max(int(native_map.stop[at]), 0))


def _times(page: Page, line: Line, unit: int) -> float:
    """How many entered targets a summed one is made of: over the periods due, or all where none is yet, and units."""
    target = page.evaluation.view.target(line)
    parts = None if target is None else target.parts
    if line.rule.target_operator is not TargetOperator.SUM and parts is None:
        return 1.0
    expectation = page.evaluation.view.expectation(line)
    rows = _rows(page, line)
    owing = [row for row in rows if expectation.expected[row, unit] > 0]
    due = [row for row in owing if expectation.due[row]]
    counted = due or owing
    if parts is None:
        return float(max(len(counted), 1))
    if line.rule.target_operator is not TargetOperator.SUM:
        counted = counted[-1:]
    return max(float(parts[counted, unit].sum()), 1.0)


def _own(page: Page, line: Line, unit: int, name: str) -> float | None:
    table = page.evaluation.view.target(line)
    own = None if table is None else getattr(table, name)
    rows = _rows(page, line)
    if own is None or not rows:
        return None
    value = float(own[rows[-1], unit]) * (_times(page, line, unit) if len(rows) > 1 else 1.0)
    return None if isnan(value) else value


def targets_behind(page: Page, line: Line, *, unit: int) -> dict[str, str]:
    """`target_rule` and `target_from`: whose target row counts at this unit."""
    rows = _rows(page, line)
    if line.target is None or not rows:
        return {}
    tree = page.evaluation.book.units
    whole = int(page.evaluation.units.whole[unit])
    if isnan(float(line.target.value[rows[-1], whole])):
        return {}
    if line.target.derived[rows[-1], whole]:
        return {"target_rule": "derived", "target_from": tree.keys[whole]}
    measure = page.evaluation.book.definitions.measures[line.rule.measure].key
    given = {
        each.unit
        for each in page.evaluation.book.definitions.targets
        if each.measure == measure and each.segment is None
    }
    source = next((place for place in tree.path(whole) if tree.keys[place] in given), whole)
    return {"target_rule": "own" if source == whole else "inherited", "target_from": tree.keys[source]}
