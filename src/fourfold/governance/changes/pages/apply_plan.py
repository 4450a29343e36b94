"""What applying measures to many units would change: selectors, targets, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from fourfold.engine.book import Book, compile_book
from fourfold.engine.definitions import Definitions, Measure, Objective, Target, UnitSelector
from fourfold.scorecard.evaluation.queries.wanted_targets import target_of

__all__ = ["ApplyPlan", "PlannedMeasure", "plan_application"]


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """One measure: the units it comes to, those that have it already, targets copied, first period owed, remarks."""

    key: str
    name: str
    added: tuple[str, ...]
    already: int
    targets: int
    first_period: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplyPlan:
    """The definitions as they would be, and what differs."""

    after: Definitions
    measures: tuple[PlannedMeasure, ...]
    objectives: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether applying would write nothing."""
        return not any(measure.added for measure in self.measures) and not self.objectives


def plan_application(
    known: Definitions,
    *,
    measures: Collection[str],
    units: Sequence[str],
    source: str,
    since: date | None,
    today: date,
) -> ApplyPlan:
    """Widen the selectors of the measures and of their objectives to the units; copy targets of the unit `source`.

    What ended before the day `since` the new units do not owe; None: they owe all the measure's periods.
    """
    planning = _Planning(known, compile_book(known, today=today), tuple(units), source, since)
    planned = [planning.measure(each) for each in known.measures if each.key in set(measures)]
    served = {
        share.objective for each in known.measures if each.key in set(measures) for share in each.objectives
    }
    widened = {each.key: planning.objective(each) for each in known.objectives if each.key in served}
    changed = {measure.key: measure for measure, _told in planned}
    after = replace(
        known,
        measures=tuple(changed.get(each.key, each) for each in known.measures),
        objectives=tuple(widened.get(each.key, each) for each in known.objectives),
        targets=(*known.targets, *planning.copied),
    )
    moved = tuple(each.name for each in known.objectives if widened.get(each.key, each) != each)
    return ApplyPlan(after, tuple(told for _measure, told in planned), moved)


class _Planning:
    """One look at the tree for all measures and objectives."""

    def __init__(
        self, known: Definitions, book: Book, units: tuple[str, ...], source: str, since: date | None
    ) -> None:
        self.known, self.book, self.units, self.source, self.since = known, book, units, source, since
        self.names = {unit.key: unit.name for unit in known.units}
        self.parents = {unit.key: unit.parent for unit in known.units}
        self.copied: list[Target] = []

    def measure(self, measure: Measure) -> tuple[Measure, PlannedMeasure]:
        """The measure with its wider selector, and what to say about it."""
        if measure.retired_on is not None:
            told = PlannedMeasure(measure.key, measure.name, (), 0, 0, "", (_("Retired; left as it is."),))
            return measure, told
        has = self._having(self.book.selected[self.book.measure_index(measure.key)])
        added = tuple(unit for unit in self.units if unit not in has)
        if not added:
            return measure, PlannedMeasure(measure.key, measure.name, (), len(self.units), 0, "", ())
        copied, remarks = self._copies(measure, added)
        self.copied += copied
        selector = self._taken_since(self._widened(measure.units, has, added), added)
        if selector.unit != measure.units.unit:
            remarks.append(_("Now declared at “{unit}”.").format(unit=self.names[selector.unit]))
        names = tuple(self.names[unit] for unit in added)
        told = PlannedMeasure(
            key=measure.key,
            name=measure.name,
            added=names,
            already=len(self.units) - len(added),
            targets=len(copied),
            first_period=self._first_period(measure),
            remarks=tuple(remarks),
        )
        return replace(measure, units=selector), told

    def objective(self, objective: Objective) -> Objective:
        """The objective, so that the measures stand under it in the new units."""
        has = self._having(self.book.selected_objectives[self.book.objective_index(objective.key)])
        added = tuple(unit for unit in self.units if unit not in has)
        return replace(objective, units=self._widened(objective.units, has, added)) if added else objective

    def _having(self, selected: Iterable[object]) -> frozenset[str]:
        return frozenset(key for key, chosen in zip(self.book.units.keys, selected, strict=True) if chosen)

    def _widened(self, selector: UnitSelector, has: frozenset[str], added: tuple[str, ...]) -> UnitSelector:
        """Declared at the lowest unit above all of them; each named, in the order of the tree."""
        head = selector.unit
        for unit in added:
            head = self._above(head, unit)
        listed = has | set(added)
        keys = tuple(unit.key for unit in self.known.units if unit.key in listed)
        return UnitSelector(head, (), keys, selector.since)

    def _taken_since(self, selector: UnitSelector, added: tuple[str, ...]) -> UnitSelector:
        """The new units take it from the day on; what was said of them before they left it counts no more."""
        days = {unit: day for unit, day in selector.since if unit not in added}
        if self.since is not None:
            days |= dict.fromkeys(added, self.since)
        return replace(selector, since=tuple(sorted(days.items())))

    def _first_period(self, measure: Measure) -> str:
        if self.since is None:
            return _("the measure's first")
        calendar = self.known.organisation.calendar
        return calendar.label(calendar.period_of(measure.versions[-1].frequency, self.since))

    def _above(self, one: str, other: str) -> str:
        path = self._path(one)
        return next(unit for unit in self._path(other) if unit in path)

    def _path(self, unit: str) -> list[str]:
        path: list[str] = []
        above: str | None = unit
        while above is not None:
            path.append(above)
            above = self.parents[above]
        return path

    def _copies(self, measure: Measure, added: tuple[str, ...]) -> tuple[list[Target], list[str]]:
        if not self.source:
            return [], []
        model = target_of(self.known, measure.key, unit=self.source)
        if model is None:
            return [], [_("“{unit}” has no target of its own to copy.").format(unit=self.names[self.source])]
        free = [unit for unit in added if target_of(self.known, measure.key, unit=unit) is None]
        kept = [self.names[unit] for unit in added if unit not in free]
        remarks = [_("Targets already there stay: {units}.").format(units=", ".join(kept))] if kept else []
        return [replace(model, unit=unit) for unit in free], remarks
