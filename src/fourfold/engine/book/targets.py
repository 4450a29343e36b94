"""The wanted value of every unit and native period: given, inherited, or the sum of the children's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import UnitLevels
from fourfold.engine.book.refusals import DefinitionRefused
from fourfold.engine.book.units import UnitTree
from fourfold.engine.book.value_rules import ValueRule
from fourfold.engine.definitions import Target, Trajectory
from fourfold.engine.trajectory import TrajectoryRefused, expand

__all__ = ["TargetTable", "target_table"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Kept = TypeVar("Kept", np.float64, np.bool_)


@dataclass(frozen=True)
class TargetTable:
    """Targets of one rule, shape (period, unit), NaN where there is none.

    `derived` marks sums of the children's targets; `parts` says of how many entered ones each is a sum, None where
    thresholds do not grow with them. `red` and `best` are the target rows' own absolute thresholds, None where no row
    has any. `is_steady`: every unit's target is the same in all periods, so no averaging is needed.

    A table whose rows are all alike is kept once and read through a view that repeats it; do not write into any.
    """

    value: Floats
    derived: Bools
    parts: Floats | None
    red: Floats | None
    best: Floats | None
    is_steady: bool

    @property
    def rows_kept(self) -> int:
        """How many rows of the room `value` uses: the first, or all."""
        return 1 if self.value.strides[0] == 0 else len(self.value)


def target_table(
    targets: Sequence[Target],
    *,
    rule: ValueRule,
    axis: range,
    units: UnitTree,
    levels: UnitLevels,
    expected: Floats,
    room: Floats,
) -> TargetTable:
    """Lay out one rule's targets in `room`, shape (period, unit); `rows_kept` says how many of its rows stay in use.

    Raises:
        DefinitionRefused: UNIT_UNKNOWN, or TARGET_WRONG for points at another frequency than the measure's.
    """
    room.fill(np.nan)
    red = _own(targets, "red", shape=room.shape)
    best = _own(targets, "best", shape=room.shape)
    for target in targets:
        _check(target, rule, units)
        column = units.index(target.unit)
        given = _write(target, room[:, column], axis=axis)
        for own, value in ((red, target.red), (best, target.best)):
            if own is not None:
                own[given, column] = np.nan if value is None else value
    if rule.semantics.inherits_target:
        _inherit([table for table in (room, red, best) if table is not None], units)
    derived = np.zeros(room.shape, dtype=np.bool_)
    parts = None
    if rule.kind.is_additive:
        derived = _sum_children(room, units=units, levels=levels, expected=expected)
        if rule.grows_with_sums and derived.any():
            parts = _count_parts(room, derived, units=units, levels=levels, expected=expected)
    is_steady = bool((room[:1] == room)[:, expected.any(axis=0)].all())
    return TargetTable(
        _once(room), _once(derived), None if parts is None else _once(parts), red, best, is_steady
    )


def _once(table: NDArray[Kept]) -> NDArray[Kept]:
    """The first row, repeated by a view, where all rows are the same bytes."""
    cells = table.view(np.int64 if table.itemsize == 8 else np.uint8)
    if len(table) > 1 and (cells[1:] == cells[:1]).all():
        return np.broadcast_to(table[0].copy(), table.shape)
    return table


def _write(target: Target, column: Floats, *, axis: range) -> Bools:
    """Put one target's way through time into its unit's column; returns where."""
    if target.trajectory is Trajectory.STEP:
        # Hundreds of thousands of targets are single steps: an assignment each instead of a general expansion.
        starts = [max(point.period.ordinal - axis.start, 0) for point in target.points]
        if starts == sorted(starts):
            for start, point in zip(starts, target.points, strict=True):
                column[start:] = point.value
            given: Bools = np.arange(len(axis)) >= (starts[0] if starts else len(axis))
            return given
    try:
        wanted = expand(target.points, target.trajectory, ordinals=axis)
    except TrajectoryRefused as refusal:
        raise DefinitionRefused(
            refusal.code, f"{target.measure}, {target.unit}: {refusal}", kind="measure", key=target.measure
        ) from refusal
    given = ~np.isnan(wanted)
    column[given] = wanted[given]
    return given


def _own(targets: Sequence[Target], name: str, *, shape: tuple[int, ...]) -> Floats | None:
    if all(getattr(target, name) is None for target in targets):
        return None
    return np.full(shape, np.nan)


def _check(target: Target, rule: ValueRule, units: UnitTree) -> None:
    if target.unit not in units.positions:
        raise DefinitionRefused(
            "UNIT_UNKNOWN", f"a target of {target.measure} names no unit: {target.unit!r}", key=target.measure
        )
    for point in target.points:
        if point.period.frequency is not rule.frequency:
            raise DefinitionRefused(
                "TARGET_WRONG",
                f"a target of {target.measure} for {target.unit} is set by {point.period.frequency}, "
                f"the measure is taken by {rule.frequency}",
                kind="measure",
                key=target.measure,
            )


def _inherit(tables: list[Floats], units: UnitTree) -> None:
    """Level by level downwards; the target row's own thresholds come along with its value."""
    wanted = tables[0]
    for start, stop in zip(units.level_starts[1:], units.level_starts[2:], strict=False):
        parents = units.parent[start:stop]
        bare = np.isnan(wanted[:, start:stop])
        for table in tables:
            own = table[:, start:stop]
            np.copyto(own, table[:, parents], where=bare)


def _sum_children(wanted: Floats, *, units: UnitTree, levels: UnitLevels, expected: Floats) -> Bools:
    """Fill parents without a target, upwards, where every child that owes something has one."""
    derived = np.zeros(wanted.shape, dtype=np.bool_)
    owing = expected > 0
    for depth in range(len(units.level_starts) - 2, 0, -1):
        start, stop = units.level_starts[depth], units.level_starts[depth + 1]
        before = units.level_starts[depth - 1]
        children, parents = slice(start, stop), slice(before, start)
        counted = owing[:, children] & ~np.isnan(wanted[:, children])
        sums = levels.sums(np.where(counted, wanted[:, children], 0.0), below=depth)
        known = levels.sums(counted.astype(np.float64), below=depth)
        needed = levels.sums(owing[:, children].astype(np.float64), below=depth)
        filled = np.isnan(wanted[:, parents]) & (needed > 0) & (known == needed)
        np.copyto(wanted[:, parents], sums, where=filled)
        derived[:, parents] = filled
    return derived


def _count_parts(
    wanted: Floats, derived: Bools, *, units: UnitTree, levels: UnitLevels, expected: Floats
) -> Floats:
    """The entered targets behind each, upwards. Where nothing is wanted, a period still counts as one."""
    parts = np.ones(wanted.shape)
    counted = (expected > 0) & ~np.isnan(wanted)
    for depth in range(len(units.level_starts) - 2, 0, -1):
        start, stop = units.level_starts[depth], units.level_starts[depth + 1]
        children, parents = slice(start, stop), slice(units.level_starts[depth - 1], start)
        sums = levels.sums(np.where(counted[:, children], parts[:, children], 0.0), below=depth)
        np.copyto(parts[:, parents], sums, where=derived[:, parents])
    return parts
