"""One scorecard as a tree of plain values, and the one document every surface writes it as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan

import numpy as np

from fourfold.engine.book.rollups import Family, weights_at
from fourfold.engine.calendar import GrainPeriod, Period
from fourfold.engine.canonical import canonical_json, without_remainder
from fourfold.engine.certainty import certainty_of
from fourfold.engine.evaluate import Evaluation, GrainResults, RollupResults
from fourfold.engine.explain.page import Page
from fourfold.engine.quantities import Status, Why
from fourfold.engine.score import STATUS_CODES

__all__ = ["FORMAT", "ScorecardNode", "as_document", "canonical_json", "scorecard_tree"]

FORMAT = "fourfold.scorecard/1"


@dataclass(frozen=True, slots=True)
class ScorecardNode:
    """One line of a scorecard: the scorecard itself, a perspective, an objective or a measure.

    `why` is `Why.PRESENT` where there is a score; `value_why` the same for a measure's value. `coverage` is the
    weight share of children with a score for a roll-up, present ÷ due for a measure (None where nothing is due).
    `weight` is the nominal weight under the parent. `shown_period` is the key of the period a measure's value
    belongs to where that is not the page's own (a yearly measure on a monthly page). `held` marks a status kept by
    hysteresis. `interval` holds the value with 95 % confidence where that is known, `uncertain` says that it reaches
    across a border of statuses (METHOD §2.9). `key` is the unit's for the scorecard itself.
    """

    kind: str
    key: str
    name: str
    score: float | None
    status: Status
    why: Why
    coverage: float | None
    weight: float | None = None
    low: float | None = None
    high: float | None = None
    red_children: int | None = None
    worst_child: str | None = None
    value: float | None = None
    value_why: Why = Why.PRESENT
    target: float | None = None
    target_why: Why = Why.PRESENT
    target_derived: bool = False
    unit_of_measure: str | None = None
    decimals: int | None = None
    present: int | None = None
    due: int | None = None
    shown_period: str | None = None
    version: int | None = None
    critical: bool = False
    held: bool = False
    interval: tuple[float, float] | None = None
    uncertain: bool = False
    children: tuple[ScorecardNode, ...] = ()


def scorecard_tree(evaluation: Evaluation, *, unit: str, period: GrainPeriod) -> ScorecardNode:
    """The scorecard of one unit and period: perspectives, their objectives, their measures, in listed order.

    Objectives and measures whose selector does not include the unit are left out.

    Raises:
        UnknownUnit: the unit is not among the evaluated ones.
        GrainNotEvaluated, IndexError: the period was not evaluated.
    """
    return _Cell.at(evaluation, unit=unit, period=period).scorecard(unit)


@dataclass(frozen=True)
class _Cell:
    """One unit and page of an evaluation."""

    evaluation: Evaluation
    results: GrainResults
    period: GrainPeriod
    row: int
    column: int
    whole: int
    day: date

    @classmethod
    def at(cls, evaluation: Evaluation, *, unit: str, period: GrainPeriod) -> _Cell:
        column = evaluation.units.index(unit)
        results = evaluation.at(period.grain)
        return cls(
            evaluation,
            results,
            period,
            results.position(period.ordinal),
            column,
            int(evaluation.units.whole[column]),
            evaluation.cube.timeline.calendar.last_day(period),
        )

    def scorecard(self, unit: str) -> ScorecardNode:
        book = self.evaluation.book
        names = {each.key: each.name for each in book.definitions.units}
        children = tuple(self.perspective(position) for position in range(len(book.perspectives)))
        return self._rollup(
            "scorecard",
            unit,
            names[unit],
            of=self.results.total,
            node=0,
            family=book.total,
            children=children,
        )

    def perspective(self, position: int) -> ScorecardNode:
        book = self.evaluation.book
        family = book.perspectives[position]
        weights = self._weights(family)
        children = tuple(
            self.objective(share.child, weight=weights[place])
            for place, share in enumerate(family.shares)
            if book.selected_objectives[share.child, self.whole]
        )
        named = book.definitions.perspectives[position]
        return self._rollup(
            "perspective",
            named.key,
            named.name,
            of=self.results.perspectives,
            node=position,
            family=family,
            children=children,
        )

    def objective(self, position: int, *, weight: float | None) -> ScorecardNode:
        book = self.evaluation.book
        family = book.objectives[position]
        weights = self._weights(family)
        children = tuple(
            self.measure(share.child, weight=weights[place], critical=share.critical)
            for place, share in enumerate(family.shares)
            if book.selected[share.child, self.whole] and self._is_evaluated(share.child)
        )
        named = book.definitions.objectives[position]
        return self._rollup(
            "objective",
            named.key,
            named.name,
            of=self.results.objectives,
            node=position,
            family=family,
            children=children,
            weight=weight,
        )

    def measure(self, position: int, *, weight: float | None, critical: bool) -> ScorecardNode:
        book = self.evaluation.book
        measure = book.definitions.measures[position]
        node = self.evaluation.measure_index(measure.key)
        results, where = self.results.measures, (node, self.row, self.column)
        version = book.version_on(measure.key, day=self.day)
        present, due = int(results.present[where]), int(results.due[where])
        certainty = certainty_of(Page.of(self.evaluation, self.period), position, unit=self.column)
        return ScorecardNode(
            kind="measure",
            key=measure.key,
            name=measure.name,
            score=_number(results.score[where]),
            status=STATUS_CODES[int(results.status[where])],
            why=Why(int(results.score_why[where])),
            coverage=present / due if due else None,
            weight=weight,
            value=_number(results.value[where]),
            value_why=Why(int(results.why[where])),
            target=_number(results.target[where]),
            target_why=Why(int(results.target_why[where])),
            target_derived=self._has_derived_target(position),
            unit_of_measure=version.unit_of_measure if version else None,
            decimals=version.decimals if version else None,
            present=present,
            due=due,
            shown_period=self._shown_period(node),
            version=version.number if version else None,
            critical=critical,
            held=self._is_held(node),
            interval=None if certainty is None else (certainty.low, certainty.high),
            uncertain=certainty is not None and certainty.is_uncertain,
        )

    def _rollup(
        self,
        kind: str,
        key: str,
        name: str,
        *,
        of: RollupResults,
        node: int,
        family: Family,
        children: tuple[ScorecardNode, ...],
        weight: float | None = None,
    ) -> ScorecardNode:
        where = (node, self.row, self.column)
        worst = int(of.worst_child[where])
        return ScorecardNode(
            kind=kind,
            key=key,
            name=name,
            score=_number(of.score[where]),
            status=STATUS_CODES[int(of.status[where])],
            why=Why(int(of.why[where])),
            coverage=_number(of.coverage[where]),
            weight=weight,
            low=_number(of.low[where]),
            high=_number(of.high[where]),
            red_children=int(of.red_children[where]),
            worst_child=self._child_key(kind, family.shares[worst].child) if worst >= 0 else None,
            children=children,
        )

    def _child_key(self, kind: str, child: int) -> str:
        definitions = self.evaluation.book.definitions
        if kind == "objective":
            return definitions.measures[child].key
        return (
            definitions.objectives[child].key
            if kind == "perspective"
            else definitions.perspectives[child].key
        )

    def _weights(self, family: Family) -> list[float]:
        page = np.array([self.day.toordinal()])
        return [float(weights_at(share.weights, page)[0]) for share in family.shares]

    def _is_evaluated(self, measure: int) -> bool:
        return self.evaluation.book.definitions.measures[measure].key in self.evaluation.measures

    def _has_derived_target(self, position: int) -> bool:
        """A page's target is derived if the target of its last native period is."""
        for line in self.evaluation.view.lines_of[position]:
            if line.target is None or not self._is_valid(line.rule.valid_from, line.rule.valid_until):
                continue
            pages = self.evaluation.view.pages
            native_map = pages.native(line.rule.frequency)
            page = pages.slices[self.period.grain].start + self.row
            last = int(native_map.stop[page]) - 1
            return last >= 0 and bool(line.target.derived[last, self.whole])
        return False

    def _is_valid(self, valid_from: date | None, valid_until: date | None) -> bool:
        return (valid_from is None or valid_from <= self.day) and (
            valid_until is None or self.day < valid_until
        )

    def _is_held(self, node: int) -> bool:
        held = self.results.held.get(node)
        return held is not None and bool(held[self.row, self.column])

    def _shown_period(self, node: int) -> str | None:
        shown = self.results.shown.get(node)
        if shown is None or shown[self.row, self.column] < 0:
            return None
        version = self.evaluation.book.version_on(self.evaluation.measures[node], day=self.day)
        if version is None:
            return None
        period = Period(version.frequency, int(shown[self.row, self.column]))
        return self.evaluation.cube.timeline.calendar.key(period)


def _number(value: float) -> float | None:
    return None if isnan(value) else float(value)


def as_document(node: ScorecardNode, *, evaluation: Evaluation, period: GrainPeriod) -> dict[str, object]:
    """The tree with its scale, organisation, unit and period: what `--json` and the API answer.

    Missing numbers are null, each with its reason beside it. Keys stand in a fixed order.
    """
    book = evaluation.book
    organisation, scale = book.definitions.organisation, book.scale
    calendar = evaluation.cube.timeline.calendar
    unit = next(each for each in book.definitions.units if each.key == node.key)
    return {
        "format": FORMAT,
        "organisation": {
            "key": organisation.key,
            "name": organisation.name,
            "currency": organisation.currency,
        },
        "unit": {"key": unit.key, "name": unit.name, "level": unit.level},
        "period": {
            "key": calendar.key_of(period),
            "label": calendar.label(period),
            "grain": period.grain.value,
            "first_day": calendar.first_day(period).isoformat(),
            "last_day": calendar.last_day(period).isoformat(),
        },
        "scale": {"key": scale.key, "amber": scale.amber, "green": scale.green, "ceiling": scale.ceiling},
        "coverage_min": book.policies.number("score.coverage_min"),
        "today": book.today.isoformat(),
        "scorecard": _entry(node),
    }


def _entry(node: ScorecardNode) -> dict[str, object]:
    found: dict[str, object] = {
        "kind": node.kind,
        "key": node.key,
        "name": node.name,
        "value": _plain(node.value),  # null above the measures: a score is all that an objective has
        "score": _plain(node.score),
        "status": node.status.value,
        "coverage": _plain(node.coverage),
        "why": _reason(node.why),
    }
    if node.weight is not None:
        found["weight"] = _plain(node.weight)
    found |= _measure_entry(node) if node.kind == "measure" else _rollup_entry(node)
    return found


def _measure_entry(node: ScorecardNode) -> dict[str, object]:
    return {
        "critical": node.critical,
        "held": node.held,
        "uncertain": node.uncertain,
        "interval": None if node.interval is None else [_plain(end) for end in node.interval],
        "value_why": _reason(node.value_why),
        "unit_of_measure": node.unit_of_measure,
        "decimals": node.decimals,
        "target": _plain(node.target),
        "target_why": _reason(node.target_why),
        "target_derived": node.target_derived,
        "present": node.present,
        "due": node.due,
        "shown_period": node.shown_period,
        "version": node.version,
    }


def _rollup_entry(node: ScorecardNode) -> dict[str, object]:
    return {
        "low": _plain(node.low),
        "high": _plain(node.high),
        "red_children": node.red_children,
        "worst_child": node.worst_child,
        "children": [_entry(child) for child in node.children],
    }


def _plain(value: float | None) -> float | None:
    """As files have it, so that every export and the API agree to the digit."""
    return None if value is None else without_remainder(value)


def _reason(why: Why) -> str | None:
    return None if why is Why.PRESENT else why.code
