"""Lines as tables of numbers for the kernels, one plan per native frequency and page axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import Operator, TargetOperator
from fourfold.engine.book.pages import Pages
from fourfold.engine.book.timetable import Line, Timetable
from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import OrgValues
from fourfold.engine.score import AnchorRule, RuleShape

__all__ = ["GROWS", "NOT_BY_KERNEL", "KernelPlan", "plan_of"]

GROWS = 0x10000  # added to an anchor's row where thresholds grow with the number of summed targets
NOT_BY_KERNEL, STRAIGHT, ONE_SIDED, TWO_SIDED = -1, 0, 1, 2
PACKED = 16
COLUMNS = 12  # as `kernels` reads them: see there


@dataclass(frozen=True)
class KernelPlan:
    """The lines of a frequency that the kernels can fill: observed, unsegmented, made of whole native periods.

    `table` and `multipliers` have a row per line, `valid`, `scoring` and `anchors` the shape (line, page). The place on
    the node axis (column 0) is left to the caller. `rows` finds a line's row by its identity; `leaves` says that some
    of its pages are scored by nobody yet.
    """

    lines: tuple[Line, ...]
    table: NDArray[np.int32]
    multipliers: NDArray[np.float64]
    valid: NDArray[np.bool_]
    scoring: NDArray[np.int8]
    anchors: NDArray[np.int32]
    packed: NDArray[np.float64]
    rows: dict[int, int]
    leaves: list[bool]


def plan_of(timetable: Timetable, pages: Pages, *, frequency: Frequency) -> KernelPlan:
    """Lay out the plan of one frequency."""
    lines = tuple(line for line in timetable.lines if line.rule.frequency is frequency and _fits(line, pages))
    shape = (len(lines), len(pages))
    plan = KernelPlan(
        lines,
        np.array([_numbers(timetable, line) for line in lines], dtype=np.int32).reshape(len(lines), COLUMNS),
        np.array([line.rule.version.multiplier for line in lines]),
        np.zeros(shape, dtype=np.bool_),
        np.full(shape, NOT_BY_KERNEL, dtype=np.int8),
        np.zeros(shape, dtype=np.int32),
        np.zeros((max(sum(len(line.rule.scored) for line in lines), 1), PACKED)),
        {id(line): row for row, line in enumerate(lines)},
        [False] * len(lines),
    )
    used = 0
    for row, line in enumerate(lines):
        plan.valid[row] = pages.between(line.rule.valid_from, line.rule.valid_until)
        for index, scored in enumerate(line.rule.scored):
            until = line.rule.scored[index + 1].valid_from if index + 1 < len(line.rule.scored) else None
            on = plan.valid[row] & pages.between(scored.valid_from, until)
            grows = scored.anchors.grows_with_sums and line.rule.semantics.target is TargetOperator.SUM
            plan.scoring[row, on] = _how(scored.anchors, grows=grows)
            plan.anchors[row, on] = used + (GROWS if grows else 0)
            numbers = scored.anchors.packed[:PACKED]
            plan.packed[used, : numbers.size] = numbers
            used += 1
        plan.leaves[row] = bool((plan.valid[row] & (plan.scoring[row] == NOT_BY_KERNEL)).any())
    return plan


def _fits(line: Line, pages: Pages) -> bool:
    rule = line.rule
    own = line.target is not None and (line.target.red is not None or line.target.best is not None)
    parts = line.target is not None and line.target.parts is not None
    grows = rule.semantics.target is TargetOperator.SUM
    counted = any(
        _how(each.anchors, grows=grows) == NOT_BY_KERNEL and each.anchors.grows_with_sums
        for each in rule.scored
    )
    return (
        rule.formula is None
        and not rule.version.segments
        and not rule.breaks
        and not own
        and not parts
        and not (grows and counted)
        and rule.kind.is_aggregable
        and not pages.native(rule.frequency).any_carried
    )


def _numbers(timetable: Timetable, line: Line) -> tuple[int, ...]:
    rule, semantics = line.rule, line.rule.semantics
    return (
        0,
        line.tracks[0],
        int(timetable.tracks[rule.frequency].denominator[line.tracks[0]]) if rule.has_denominator else -1,
        line.owes,
        line.wants,
        int(semantics.over_time),
        int(semantics.over_units),
        int(rule.version.org_values is OrgValues.AGGREGATED and semantics.over_units is not Operator.NONE),
        int(semantics.needs_all),
        int(semantics.target),
        int(line.target is not None and line.target.is_steady),
        0 if line.target is None else line.target.rows_kept,
    )


def _how(anchors: AnchorRule, *, grows: bool) -> int:
    if anchors.shape is RuleShape.TWO_SIDED:
        return TWO_SIDED if anchors.needs_target else NOT_BY_KERNEL
    if anchors.shape is not RuleShape.ONE_SIDED or not anchors.needs_target:
        return NOT_BY_KERNEL
    return STRAIGHT if anchors.is_straight and not grows else ONE_SIDED
