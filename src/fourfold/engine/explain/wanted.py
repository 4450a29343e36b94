"""Where a target comes from, and the thresholds that follow from it."""

from __future__ import annotations

from itertools import pairwise
from math import isnan, nan
from typing import Any

from fourfold.engine.aggregate import TargetOperator
from fourfold.engine.book.timetable import Line
from fourfold.engine.definitions import Target, Trajectory
from fourfold.engine.explain.explanation import Anchors, TargetLeg, TargetParts
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
    counted = _counted(page, line, unit)
    if parts is None:
        return float(max(len(counted), 1))
    if line.rule.target_operator is not TargetOperator.SUM:
        counted = counted[-1:]
    return max(float(parts[counted, unit].sum()), 1.0)


def _counted(page: Page, line: Line, unit: int) -> list[int]:
    """The native rows whose targets count: those due, or all that are to come where none is due yet."""
    expectation = page.evaluation.view.expectation(line)
    owing = [row for row in _rows(page, line) if expectation.expected[row, unit] > 0]
    return [row for row in owing if expectation.due[row]] or owing


def _own(page: Page, line: Line, unit: int, name: str) -> float | None:
    table = page.evaluation.view.target(line)
    own = None if table is None else getattr(table, name)
    rows = _rows(page, line)
    if own is None or not rows:
        return None
    value = float(own[rows[-1], unit]) * (_times(page, line, unit) if len(rows) > 1 else 1.0)
    return None if isnan(value) else value


def targets_behind(page: Page, line: Line, *, unit: int) -> dict[str, Any]:
    """`target_rule`, `target_from` and `target_way`: whose target row counts at this unit, and what was made of it."""
    rows = _rows(page, line)
    if line.target is None or not rows:
        return {}
    tree = page.evaluation.book.units
    whole = int(page.evaluation.units.whole[unit])
    if isnan(float(line.target.value[rows[-1], whole])):
        return {}
    if line.target.derived[rows[-1], whole]:
        parts = _parts(page, line, unit=unit, rows=rows)
        return {"target_rule": "derived", "target_from": tree.keys[whole], "target_way": parts}
    given = {each.unit: each for each in _given(page, line)}
    source = next((place for place in tree.path(whole) if tree.keys[place] in given), whole)
    key = tree.keys[source]
    if len(rows) > 1:
        way: TargetLeg | TargetParts | None = _parts(page, line, unit=unit, rows=rows)
    else:
        way = _leg(page, line, target=given[key], row=rows[0]) if key in given else None
    return {
        "target_rule": "own" if source == whole else "inherited",
        "target_from": key,
        "target_way": way,
    }


def _given(page: Page, line: Line) -> list[Target]:
    definitions = page.evaluation.book.definitions
    measure = definitions.measures[line.rule.measure].key
    return [each for each in definitions.targets if each.measure == measure and each.segment is None]


def _leg(page: Page, line: Line, *, target: Target, row: int) -> TargetLeg | None:
    """The points around a native period; None where it is one of them, or the value before it is held."""
    if target.trajectory not in (Trajectory.LINEAR, Trajectory.COMPOUND):
        return None
    at, calendar = page.ordinal(line, row), page.evaluation.cube.timeline.calendar
    for start, end in pairwise(target.points):
        if start.period.ordinal < at < end.period.ordinal:
            return TargetLeg(
                target.trajectory,
                start,
                end,
                start_key=calendar.key(start.period),
                end_key=calendar.key(end.period),
                passed=at - start.period.ordinal,
                length=end.period.ordinal - start.period.ordinal,
            )
    return None


def _parts(page: Page, line: Line, *, unit: int, rows: range) -> TargetParts | None:
    table = page.evaluation.view.target(line)
    if table is None or len(rows) < 2:
        return None
    counted = _counted(page, line, unit)
    return TargetParts(
        line.rule.target_operator,
        tuple((page.period_key(line, row), float(table.value[row, unit])) for row in counted),
    )
