"""Walk from a number down to the observations it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from fourfold.engine.aggregate import Operator
from fourfold.engine.book.rollups import Family, weights_at
from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import Evaluation, RollupResults
from fourfold.engine.explain.explanation import Explanation, MissingPart, ObservationCell
from fourfold.engine.explain.page import LineOnPage, Page, number
from fourfold.engine.explain.wanted import targets_behind, thresholds_at
from fourfold.engine.quantities import AggregationKind, Why
from fourfold.engine.score import STATUS_CODES

__all__ = ["explain"]

EVERY_LEVEL = 1_000


def explain(
    evaluation: Evaluation,
    *,
    node: tuple[str, str],
    unit: str,
    period: GrainPeriod,
    levels: int | None = None,
) -> Explanation:
    """The tree behind one number: inputs, formula, version, thresholds, weights, coverage.

    A perspective leads to its objectives, an objective to its measures, a measure to its operands or its child units,
    and a unit that enters its own numbers to the observations. Costs a pass over each measure met.

    Args:
        evaluation: must cover the unit and the period.
        node: kind (`perspective`, `objective`, `measure`) and key.
        unit: a unit of the evaluated subtree.
        period: a page of an evaluated grain.
        levels: how many levels of child units to open below `unit`; None: all.

    Raises:
        UnknownUnit, KeyError, IndexError: not there.
    """
    kind, key = node
    place = evaluation.units.index(unit)
    walk = _Walk(Page.of(evaluation, period), EVERY_LEVEL if levels is None else levels)
    match kind:
        case "perspective":
            return walk.perspective(evaluation.book.perspective_index(key), place)
        case "objective":
            return walk.objective(evaluation.book.objective_index(key), place, weight=None)
        case "measure":
            return walk.measure(evaluation.book.measure_index(key), place, weight=None)
    raise KeyError(f"{kind} {key}")


@dataclass(frozen=True)
class _Walk:
    page: Page
    levels: int

    def perspective(self, position: int, unit: int) -> Explanation:
        book = self.page.evaluation.book
        family = book.perspectives[position]
        inputs = tuple(
            self.objective(share.child, unit, weight=weight)
            for share, weight in zip(family.shares, self._weights(family), strict=True)
            if book.selected_objectives[share.child, self._whole(unit)]
        )
        name = book.definitions.perspectives[position].name
        results = self.page.results.perspectives
        return self._rollup("perspective", family, name, unit, results=results, node=position, inputs=inputs)

    def objective(self, position: int, unit: int, *, weight: float | None) -> Explanation:
        book = self.page.evaluation.book
        family = book.objectives[position]
        inputs = tuple(
            self.measure(share.child, unit, weight=each)
            for share, each in zip(family.shares, self._weights(family), strict=True)
            if book.selected[share.child, self._whole(unit)] and self._is_evaluated(share.child)
        )
        name = book.definitions.objectives[position].name
        results = self.page.results.objectives
        return self._rollup(
            "objective", family, name, unit, results=results, node=position, inputs=inputs, weight=weight
        )

    def measure(self, position: int, unit: int, *, weight: float | None) -> Explanation:
        line = self.page.line_of(position)
        if line is None:
            return self._bare(position, unit, weight=weight)
        if line.rule.formula is not None:
            return self._formula(position, unit, weight=weight)
        return self._observed(
            position, unit, on=self.page.on_page(line, unit=unit), weight=weight, deep=self.levels
        )

    def _bare(self, position: int, unit: int, *, weight: float | None, **more: Any) -> Explanation:
        """What the arrays say about a measure; the rest comes from the callers."""
        evaluation, page = self.page.evaluation, self.page
        measure = evaluation.book.definitions.measures[position]
        where = (evaluation.measure_index(measure.key), page.row, unit)
        results = page.results.measures
        version = evaluation.book.version_on(measure.key, day=page.day)
        present, due = int(results.present[where]), int(results.due[where])
        held = page.results.held.get(where[0])
        details: dict[str, Any] = {
            "target": number(results.target[where]),
            "target_why": Why(int(results.target_why[where])),
            "weight": weight,
            "coverage": present / due if due else None,
            "present": present,
            "due": due,
            "rule": "none",
            "held": bool(held is not None and held[page.row, unit]),
        }
        if version is not None:
            details |= {
                "formula": version.formula,
                "unit_of_measure": version.unit_of_measure,
                "decimals": version.decimals,
                "band": version.band,
                "version": version.number,
                "valid_from": version.valid_from,
            }
        return Explanation(
            kind="measure",
            key=measure.key,
            name=measure.name,
            unit=evaluation.units.keys[unit],
            period_key=page.key,
            value=number(results.value[where]),
            value_why=Why(int(results.why[where])),
            score=number(results.score[where]),
            status=STATUS_CODES[int(results.status[where])],
            why=Why(int(results.score_why[where])),
            **(details | more),
        )

    def _formula(self, position: int, unit: int, *, weight: float | None) -> Explanation:
        line = self.page.line_of(position)
        assert line is not None
        inputs = tuple(
            self.measure(read, unit, weight=None)
            for read in dict.fromkeys(line.rule.reads)
            if self._is_evaluated(read)
        )
        missing = tuple(
            MissingPart(each.key, each.period_key, each.value_why)
            for each in inputs
            if each.value_why is not Why.PRESENT
        )
        return self._bare(
            position,
            unit,
            weight=weight,
            rule="formula",
            multiplier=line.rule.factor,
            inputs=inputs,
            missing=missing,
            thresholds=thresholds_at(self.page, line, unit=unit),
            **targets_behind(self.page, line, unit=unit),
        )

    def _observed(
        self, position: int, unit: int, *, on: LineOnPage, weight: float | None, deep: int
    ) -> Explanation:
        page, line = self.page, on.line
        expectation = page.evaluation.view.expectation(line)
        is_entry = bool(expectation.entry[unit]) or not line.rule.kind.is_aggregable
        children = () if is_entry else self._children_of(on, unit)
        inputs = tuple(
            self._observed(position, child, on=on, weight=None, deep=deep - 1)
            for child in children
            if deep > 0
        )
        observations = self._observations(on, unit) if is_entry else ()
        native_map = page.evaluation.view.pages.native(line.rule.frequency)
        carried = native_map.carried[page.evaluation.view.pages.slices[page.period.grain].start + page.row]
        return self._bare(
            position,
            unit,
            weight=weight,
            rule=_rule_word(on, is_entry=is_entry),
            multiplier=line.rule.version.multiplier,
            numerator=_known(on.sums.numerator[0, unit]),
            denominator=None if on.sums.denominator is None else _known(on.sums.denominator[0, unit]),
            shown_period=page.period_key(line, on.start) if carried else None,
            thresholds=thresholds_at(page, line, unit=unit),
            inputs=inputs,
            observations=observations,
            missing=self._missing_rows(on, unit) if is_entry else self._missing_children(on, children),
            **targets_behind(page, line, unit=unit),
        )

    def _children_of(self, on: LineOnPage, unit: int) -> tuple[int, ...]:
        """Child units that owe something in the page."""
        owed = on.native.expected[on.start : on.stop].sum(axis=0)
        return tuple(child for child in self.page.evaluation.units.children(unit) if owed[child] > 0)

    def _missing_children(self, on: LineOnPage, children: tuple[int, ...]) -> tuple[MissingPart, ...]:
        keys = self.page.evaluation.units.keys
        return tuple(
            MissingPart(keys[child], self.page.key, Why.MISSING_REQUIRED)
            for child in children
            if on.sums.present[0, child] < on.sums.due[0, child]
        )

    def _missing_rows(self, on: LineOnPage, unit: int) -> tuple[MissingPart, ...]:
        native, keys = on.native, self.page.evaluation.units.keys
        return tuple(
            MissingPart(
                keys[unit],
                self.page.period_key(on.line, row),
                Why.MISSING_DUE if native.own is None else Why(int(native.own[row, unit])),
            )
            for row in range(on.start, on.stop)
            if native.due[row, unit] > native.present[row, unit]
        )

    def _observations(self, on: LineOnPage, unit: int) -> tuple[ObservationCell, ...]:
        version = on.line.rule.version
        measure = self.page.evaluation.book.definitions.measures[on.line.rule.measure].key
        segments: list[str | None] = [each.key for each in version.segments] or [None]
        cells = []
        for row in range(on.start, on.stop):
            for segment, track in zip(segments, on.tracks, strict=True):
                value = number(track.numerator[row, unit])
                reason = Why.MISSING_DUE if track.reasons is None else Why(int(track.reasons[row, unit]))
                if value is None and (segment is not None or on.native.expected[row, unit] == 0):
                    continue
                denominator = (
                    None if track.denominator is None or value is None else track.denominator[row, unit]
                )
                cells.append(
                    ObservationCell(
                        measure=measure,
                        series=version.series,
                        segment=segment,
                        unit=self.page.evaluation.units.keys[unit],
                        period=self.page.ordinal(on.line, row),
                        period_key=self.page.period_key(on.line, row),
                        numerator=value,
                        denominator=None if denominator is None else float(denominator),
                        why=Why.PRESENT if value is not None else reason,
                    )
                )
        return tuple(cells)

    def _rollup(
        self,
        kind: str,
        family: Family,
        name: str,
        unit: int,
        *,
        results: RollupResults,
        node: int,
        inputs: tuple[Explanation, ...],
        weight: float | None = None,
    ) -> Explanation:
        where = (node, self.page.row, unit)
        why = Why(int(results.why[where]))
        return Explanation(
            kind=kind,
            key=family.key,
            name=name,
            unit=self.page.evaluation.units.keys[unit],
            period_key=self.page.key,
            rule=f"rollup_{family.method.value}",
            value=None,
            value_why=why,
            score=number(results.score[where]),
            status=STATUS_CODES[int(results.status[where])],
            why=why,
            weight=weight,
            coverage=number(results.coverage[where]),
            low=number(results.low[where]),
            high=number(results.high[where]),
            present=sum(each.score is not None for each in inputs),
            due=sum(not each.why.leaves_the_denominator for each in inputs),
            missing=tuple(
                MissingPart(each.key, each.period_key, each.why)
                for each in inputs
                if each.score is None and not each.why.leaves_the_denominator
            ),
            inputs=inputs,
        )

    def _weights(self, family: Family) -> list[float]:
        day = np.array([self.page.day.toordinal()])
        return [float(weights_at(share.weights, day)[0]) for share in family.shares]

    def _whole(self, unit: int) -> int:
        return int(self.page.evaluation.units.whole[unit])

    def _is_evaluated(self, measure: int) -> bool:
        return self.page.evaluation.book.definitions.measures[measure].key in self.page.evaluation.measures


def _known(value: float) -> float | None:
    return float(value) if -inf < value < inf else None


_RULE_WORDS = {
    AggregationKind.MEAN: "weighted_mean",
    AggregationKind.INDEX: "weighted_mean",
    AggregationKind.RATIO: "ratio_of_sums",
    AggregationKind.RATE: "ratio_of_sums",
    AggregationKind.NET_SHARE: "ratio_of_sums",
    AggregationKind.MAX: "maximum",
    AggregationKind.MIN: "minimum",
}


def _rule_word(on: LineOnPage, *, is_entry: bool) -> str:
    rule = on.line.rule
    if is_entry and on.stop - on.start == 1 and len(on.tracks) == 1:
        return "observation"
    if rule.kind in _RULE_WORDS:
        return _RULE_WORDS[rule.kind]
    if is_entry and rule.semantics.over_time is Operator.LAST:
        return "last"
    return "sum" if rule.kind.is_aggregable else "observation"
