"""A book laid out on a timeline: what is owed, wanted and due in every period. Costs a pass over the targets."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import UnitLevels
from fourfold.engine.book.expectation import Expectation, expectation, unit_validity, validity_since
from fourfold.engine.book.pages import Pages, lay_out_pages, period_days
from fourfold.engine.book.selection import entry_units
from fourfold.engine.book.targets import TargetTable, target_table
from fourfold.engine.book.timeline import Timeline
from fourfold.engine.book.tracks import TrackTable
from fourfold.engine.book.units import UnitTree
from fourfold.engine.book.value_rules import ValueRule
from fourfold.engine.calendar import Frequency, Grain
from fourfold.engine.definitions import Definitions, OrgValues, Target

__all__ = ["Line", "Timetable", "lay_out_timetable"]


@dataclass(frozen=True)
class Line:
    """One value rule on the timeline.

    `owes` is a place among the timetable's expectations, `wants` the first of its rows in its frequency's targets
    (−1: none).
    """

    rule: ValueRule
    tracks: tuple[int, ...]
    owes: int
    expectation: Expectation
    wants: int
    target: TargetTable | None


@dataclass(frozen=True)
class Timetable:
    """Lines in measure order; `expectations` and `targets` are stacked per frequency for the kernels:
    targets have the shape (row, unit), with one row for a line that wants the same in all periods, else one a period.

    `kept` is where evaluations keep what depends on nothing but this timetable.
    """

    timeline: Timeline
    tracks: Mapping[Frequency, TrackTable]
    lines: tuple[Line, ...]
    expectations: Mapping[Frequency, tuple[Expectation, ...]]
    targets: Mapping[Frequency, NDArray[np.float64]]
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    _pages: dict[tuple[Grain, ...], Pages] = field(default_factory=dict, repr=False)

    def pages(self, grains: tuple[Grain, ...]) -> Pages:
        """The page axis of some grains; worked out once."""
        if grains not in self._pages:
            self._pages[grains] = lay_out_pages(self.timeline, grains)
        return self._pages[grains]


def lay_out_timetable(
    timeline: Timeline,
    *,
    rules: Sequence[ValueRule],
    selected: NDArray[np.bool_],
    tracks: Mapping[Frequency, TrackTable],
    definitions: Definitions,
    units: UnitTree,
    today: date,
) -> Timetable:
    """Lay out every rule. `selected` has the shape (measure, unit).

    Raises:
        DefinitionRefused: a target that fits no period or unit.
    """
    layout = _Layout(timeline, definitions, units, selected, tracks, today)
    for rule in rules:
        layout.add(rule)
    return layout.finished()


class _Layout:
    """Shares expectations between rules that owe alike, and stacks targets."""

    def __init__(
        self,
        timeline: Timeline,
        definitions: Definitions,
        units: UnitTree,
        selected: NDArray[np.bool_],
        tracks: Mapping[Frequency, TrackTable],
        today: date,
    ) -> None:
        self.timeline, self.definitions, self.units = timeline, definitions, units
        self.selected, self.tracks, self.today = selected, tracks, today
        self.levels = UnitLevels(units.parent, level_starts=units.level_starts)
        self.validity = unit_validity(definitions, units)
        self.by_measure: dict[str, list[Target]] = {}
        for target in definitions.targets:
            if target.segment is None:
                self.by_measure.setdefault(target.measure, []).append(target)
        self.owing: dict[Frequency, dict[tuple[object, ...], Expectation]] = {}
        self.days: dict[Frequency, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
        self.rules: list[tuple[ValueRule, int, Expectation]] = []

    def add(self, rule: ValueRule) -> None:
        shared = self.owing.setdefault(rule.frequency, {})
        chosen = self.selected[rule.measure]
        since = self.definitions.measures[rule.measure].units.since
        key = (chosen.tobytes(), rule.version.due_days, rule.known_from, rule.is_entered, since)
        if key not in shared:
            shared[key] = self._expectation(rule)
        self.rules.append((rule, list(shared).index(key), shared[key]))

    def finished(self) -> Timetable:
        wanting: dict[Frequency, int] = {}
        for rule, _, _ in self.rules:
            if self._targets_of(rule):
                wanting[rule.frequency] = wanting.get(rule.frequency, 0) + 1
        # Memory that is never written costs nothing, so there is room for every row before it is known how many stay.
        stacks = {
            frequency: np.empty((count * len(self.timeline.ordinals(frequency)), len(self.units)))
            for frequency, count in wanting.items()
        }
        used = dict.fromkeys(stacks, 0)
        lines = []
        for rule, owes, owed in self.rules:
            wants, target = -1, None
            if self._targets_of(rule):
                wants = used[rule.frequency]
                room = stacks[rule.frequency][wants : wants + len(self.timeline.ordinals(rule.frequency))]
                target = self._target(rule, owed, room=room)
                used[rule.frequency] += target.rows_kept
            tracks = () if rule.formula is not None else self.tracks[rule.frequency].of(rule)
            lines.append(Line(rule, tracks, owes, owed, wants, target))
        owing = {frequency: tuple(shared.values()) for frequency, shared in self.owing.items()}
        kept = {frequency: stack[: used[frequency]] for frequency, stack in stacks.items()}
        return Timetable(self.timeline, self.tracks, tuple(lines), owing, kept)

    def _targets_of(self, rule: ValueRule) -> list[Target]:
        return self.by_measure.get(self.definitions.measures[rule.measure].key, [])

    def _target(self, rule: ValueRule, owed: Expectation, *, room: NDArray[np.float64]) -> TargetTable:
        return target_table(
            self._targets_of(rule),
            rule=rule,
            axis=self.timeline.ordinals(rule.frequency),
            units=self.units,
            levels=self.levels,
            expected=owed.expected,
            room=room,
        )

    def _expectation(self, rule: ValueRule) -> Expectation:
        if rule.frequency not in self.days:
            self.days[rule.frequency] = period_days(self.timeline, rule.frequency)
        chosen = self.selected[rule.measure]
        return expectation(
            selected=chosen,
            entry=entry_units(chosen, units=self.units, entered=rule.is_entered),
            is_rolled_up=rule.version.org_values is OrgValues.AGGREGATED,
            days=self.days[rule.frequency],
            validity=validity_since(
                self.validity, self.definitions.measures[rule.measure].units.since, units=self.units
            ),
            known_from=rule.known_from,
            due_by=(self.today - timedelta(days=rule.version.due_days)).toordinal(),
            levels=self.levels,
        )
