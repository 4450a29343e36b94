"""The frozen compiled definition as of a time (DESIGN §2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.reaching import first_day_needed
from fourfold.engine.book.refusals import DefinitionRefused
from fourfold.engine.book.rollups import (
    Family,
    families_of_objectives,
    families_of_perspectives,
    family_of_total,
    parents_of,
)
from fourfold.engine.book.selection import selected_units
from fourfold.engine.book.timeline import Timeline
from fourfold.engine.book.timetable import Timetable, lay_out_timetable
from fourfold.engine.book.tracks import TrackTable, track_tables
from fourfold.engine.book.units import UnitTree, unit_tree
from fourfold.engine.book.value_rules import (
    ScoredFrom,
    ValueRule,
    conversion,
    parsed_formulas,
    units_of_measure,
    value_rules,
)
from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import Definitions, Measure, MeasureVersion, Objective, Perspective
from fourfold.engine.formula import Expression, FormulaRefused, evaluation_order, is_overlapping, references
from fourfold.engine.formula.syntax import Spread, SpreadFunction
from fourfold.engine.policies import Policies, PolicyWrong
from fourfold.engine.score import Scale, ThresholdRefused, anchor_rule, scale_named

__all__ = ["Book", "compile_book"]

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Book:
    """Definitions with everything that can be worked out before the first number is seen.

    `today` decides what is due. `timeline` covers the definitions' horizon; a cube may cover more. `rules` holds each
    measure's value rules, `selected` and `selected_objectives` have the shape (node, unit), `order` lists the measures
    with a formula so that each comes after those it reads.
    """

    definitions: Definitions
    today: date
    policies: Policies
    scale: Scale
    units: UnitTree
    timeline: Timeline
    rules: tuple[tuple[ValueRule, ...], ...]
    tracks: Mapping[Frequency, TrackTable]
    order: tuple[int, ...]
    selected: Bools
    selected_objectives: Bools
    objectives: tuple[Family, ...]
    perspectives: tuple[Family, ...]
    total: Family
    _positions: Mapping[str, Mapping[str, int]]
    _timetables: dict[Timeline, Timetable] = field(default_factory=dict, repr=False, compare=False)

    def measure(self, key: str) -> Measure:
        """A measure by key; KeyError if there is none."""
        return self.definitions.measures[self.measure_index(key)]

    def measure_index(self, key: str) -> int:
        """Position in `Definitions.measures`."""
        return self._positions["measure"][key]

    def objective(self, key: str) -> Objective:
        """An objective by key; KeyError if there is none."""
        return self.definitions.objectives[self.objective_index(key)]

    def objective_index(self, key: str) -> int:
        """Position in `Definitions.objectives`."""
        return self._positions["objective"][key]

    def perspective(self, key: str) -> Perspective:
        """A perspective by key; KeyError if there is none."""
        return self.definitions.perspectives[self.perspective_index(key)]

    def perspective_index(self, key: str) -> int:
        """Position in `Definitions.perspectives`."""
        return self._positions["perspective"][key]

    @cached_property
    def objectives_of(self) -> Mapping[int, tuple[int, ...]]:
        """The objectives each measure counts towards, by position."""
        return parents_of(self.objectives)

    @cached_property
    def perspectives_of(self) -> Mapping[int, tuple[int, ...]]:
        """The perspectives each objective counts towards, by position."""
        return parents_of(self.perspectives)

    def readers(self, measures: Iterable[int]) -> set[int]:
        """The measures with a formula that ever read one of these, directly or by another."""
        read, found = set(measures), set[int]()
        for measure in self.order:
            if any(not read.isdisjoint(rule.reads) for rule in self.rules[measure]):
                read.add(measure)
                found.add(measure)
        return found

    def version_on(self, key: str, *, day: date) -> MeasureVersion | None:
        """The version of a measure that a page ending on `day` uses; None before the first."""
        valid = [
            version
            for version in self.measure(key).versions
            if version.valid_from is None or version.valid_from <= day
        ]
        return valid[-1] if valid else None

    def timetable(self, timeline: Timeline) -> Timetable:
        """Everything owed and wanted on a timeline; laid out once for each.

        Raises:
            DefinitionRefused: a target that fits no period or unit.
        """
        if timeline not in self._timetables:
            self._timetables[timeline] = lay_out_timetable(
                timeline,
                rules=[rule for rules in self.rules for rule in rules],
                selected=self.selected,
                tracks=self.tracks,
                definitions=self.definitions,
                units=self.units,
                today=self.today,
            )
        return self._timetables[timeline]


def compile_book(
    definitions: Definitions, *, today: date, first: date | None = None, last: date | None = None
) -> Book:
    """Check the definitions and lay them out for evaluation. Costs milliseconds; keep the book.

    Args:
        definitions: as known at one moment.
        today: what is due is due by the end of this day.
        first: the earliest day shown; None: the strategy's horizon, targets and versions say. Rolling windows that
            end there are laid out from their beginning, so that no digit depends on it.
        last: the latest day shown; None: likewise, and at least today's fiscal year.

    Raises:
        DefinitionRefused: see there for the codes.
    """
    _refuse_duplicates(definitions)
    policies = _policies(definitions)
    scale = scale_named(policies.text("score.scale"))
    units = unit_tree(definitions.units)
    rules = _rules(definitions, scale=scale, policies=policies)
    order = _order(definitions, rules)
    rules = _with_overlaps(rules, order=order, keys=[measure.key for measure in definitions.measures])
    shown_from = first or _first_day(definitions, today)
    calendar = definitions.organisation.calendar
    needed = first_day_needed(rules, order=order, calendar=calendar, shown_from=shown_from)
    book = Book(
        definitions=definitions,
        today=today,
        policies=policies,
        scale=scale,
        units=units,
        timeline=Timeline.over(calendar, first=needed, last=last or _last_day(definitions, today)),
        rules=rules,
        tracks=track_tables(rules),
        order=order,
        selected=_selections(definitions.measures, definitions=definitions, units=units, kind="measure"),
        selected_objectives=_selections(
            definitions.objectives, definitions=definitions, units=units, kind="objective"
        ),
        objectives=families_of_objectives(definitions),
        perspectives=families_of_perspectives(definitions),
        total=family_of_total(definitions),
        _positions={
            "measure": _places(definitions.measures),
            "objective": _places(definitions.objectives),
            "perspective": _places(definitions.perspectives),
        },
    )
    _refuse_lost_targets(book)
    book.timetable(book.timeline)
    return book


def _policies(definitions: Definitions) -> Policies:
    try:
        return Policies.of(definitions.policies)
    except PolicyWrong as refusal:
        raise DefinitionRefused("POLICY_WRONG", str(refusal)) from refusal


def _refuse_duplicates(definitions: Definitions) -> None:
    for kind in ("units", "perspectives", "objectives", "measures"):
        times = Counter(each.key for each in getattr(definitions, kind))
        for key, count in times.items():
            if count > 1:
                raise DefinitionRefused("KEY_DUPLICATE", f"{kind}: {key!r} is there {count} times", key=key)


def _places(named: Sequence[Any]) -> dict[str, int]:
    return {each.key: place for place, each in enumerate(named)}


def _refuse_lost_targets(book: Book) -> None:
    for target in book.definitions.targets:
        if target.measure not in book._positions["measure"]:
            raise DefinitionRefused("MEASURE_UNKNOWN", f"a target names no measure: {target.measure!r}")


def _first_day(definitions: Definitions, today: date) -> date:
    horizon = definitions.strategy.horizon_from
    days = [today, *([horizon] if horizon else []), *_point_days(definitions)]
    return min(days)


def _last_day(definitions: Definitions, today: date) -> date:
    return max([today, *_point_days(definitions)])


def _point_days(definitions: Definitions) -> set[date]:
    calendar = definitions.organisation.calendar
    periods = {point.period for target in definitions.targets for point in target.points}
    return {calendar.last_day(period) for period in periods}


def _selections(named: Sequence[Any], *, definitions: Definitions, units: UnitTree, kind: str) -> Bools:
    found = {}
    for each in named:
        if each.units not in found:
            found[each.units] = selected_units(
                each.units, definitions=definitions, units=units, kind=kind, key=each.key
            )
    table = np.zeros((len(named), len(units)), dtype=np.bool_)
    for row, each in enumerate(named):
        table[row] = found[each.units]
    return table


def _rules(
    definitions: Definitions, *, scale: Scale, policies: Policies
) -> tuple[tuple[ValueRule, ...], ...]:
    formulas = parsed_formulas(definitions.measures)
    counted = units_of_measure(definitions.measures)
    positions = {measure.key: place for place, measure in enumerate(definitions.measures)}
    red_share = policies.number("score.default_red_share")
    found = []
    for place, measure in enumerate(definitions.measures):
        scored = tuple(
            _scored(measure, version, scale=scale, red_share=red_share) for version in measure.versions
        )
        rules = []
        for rule in value_rules(measure, position=place, scored=scored):
            formula = formulas.get((measure.key, rule.version.number))
            if formula is None:
                rules.append(rule)
                continue
            factor = conversion(measure, rule.version, formula=formula, units=counted)
            reads = tuple(positions[key] for key in references(formula))
            rules.append(replace(rule, formula=formula, factor=factor, reads=reads))
        found.append(tuple(rules))
    return tuple(found)


def _with_overlaps(
    rules: tuple[tuple[ValueRule, ...], ...], *, order: tuple[int, ...], keys: Sequence[str]
) -> tuple[tuple[ValueRule, ...], ...]:
    """Mark the formulas whose neighbouring periods share operands, also those that read such a measure."""
    found = list(rules)
    overlapping: set[str] = set()
    for measure in order:
        found[measure] = tuple(
            rule
            if rule.formula is None
            else replace(rule, overlaps=is_overlapping(rule.formula, overlapping=overlapping))
            for rule in rules[measure]
        )
        if any(rule.overlaps for rule in found[measure]):
            overlapping.add(keys[measure])
    return tuple(found)


def _scored(measure: Measure, version: MeasureVersion, *, scale: Scale, red_share: float) -> ScoredFrom:
    try:
        anchors = anchor_rule(version, scale=scale, default_red_share=red_share)
    except ThresholdRefused as refusal:
        raise DefinitionRefused(
            refusal.code,
            f"{measure.key}, version {version.number}: {refusal}",
            kind="measure",
            key=measure.key,
        ) from refusal
    return ScoredFrom(version, anchors, version.valid_from)


def _order(definitions: Definitions, rules: tuple[tuple[ValueRule, ...], ...]) -> tuple[int, ...]:
    """Measures with a formula, operands first; one whose formula changed comes after all it ever read."""
    keys = [measure.key for measure in definitions.measures]
    ever: dict[str, Expression] = {}
    for place, of_measure in enumerate(rules):
        read = tuple(rule.formula for rule in of_measure if rule.formula is not None)
        if read:
            ever[keys[place]] = Spread(SpreadFunction.SUM, read)
    try:
        ordered = evaluation_order(ever)
    except FormulaRefused as refusal:
        raise DefinitionRefused(str(refusal.code), str(refusal), kind="measure") from refusal
    return tuple(keys.index(key) for key in ordered)
