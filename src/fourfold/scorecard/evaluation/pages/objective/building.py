"""Making an objective's page out of one evaluation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.definitions import Definitions, Objective
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.explain import explain
from fourfold.engine.quantities import Status, Why
from fourfold.engine.score import STATUS_CODES
from fourfold.engine.tree import ScorecardNode, scorecard_tree
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.drawings.history import HistoryLine, ScoreHistory
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.explanation_tree import explanation_tree
from fourfold.scorecard.evaluation.pages.objective.initiative_rows import initiative_rows
from fourfold.scorecard.evaluation.pages.objective.page import (
    CascadeLine,
    ObjectiveHead,
    ObjectivePage,
    ObjectiveScore,
    UnitCell,
)
from fourfold.scorecard.evaluation.pages.scorecard.measure_rows import (
    measure_rows,
    measures_below,
    score_change,
)
from fourfold.scorecard.evaluation.pages.strategy_map.building import link_ends, mark_of
from fourfold.scorecard.evaluation.pages.strategy_map.link_lines import link_lines, links_of
from fourfold.scorecard.evaluation.pages.window import Window, number_or_none, window
from fourfold.scorecard.evaluation.queries.hidden_segments import HiddenCells

__all__ = ["LONGEST", "ObjectiveNotHere", "objective_page"]

LONGEST = 36
"""Periods of the score's history: three years of months."""


class ObjectiveNotHere(LookupError):
    """The objective does not belong to the unit."""


def objective_page(
    evaluation: Evaluation,
    *,
    objective: str,
    unit: str,
    shown: GrainPeriod,
    visible: Collection[str] | None = None,
) -> ObjectivePage:
    """Read one objective in one unit and period; asks the database nothing.

    Raises:
        ObjectiveNotHere: its selector leaves the unit out. KeyError: there is no such objective.
        UnknownUnit: not among the evaluated units. IndexError: the period lies outside the evaluated time.
    """
    definitions = evaluation.book.definitions
    tree = scorecard_tree(evaluation, unit=unit, period=shown)
    branch = _branch(tree, objective)
    node = branch.children[0].children[0]
    seen = window(evaluation, unit=unit, shown=shown)
    reader = _Reader(evaluation.book.objective(objective), node, seen=seen)
    causes, effects = links_of(objective, lines=link_lines(definitions, ends=link_ends(tree)))
    return ObjectivePage(
        place=page_context(evaluation, unit=unit, shown=shown, visible=visible),
        head=reader.head(branch.children[0], definitions=definitions),
        standing=reader.standing(),
        change_since=seen.short(seen.before),
        last_year=seen.short(seen.last_year),
        history=reader.history(),
        rows=measure_rows(branch, seen=seen),
        initiatives=initiative_rows(
            objective, definitions=definitions, today=evaluation.book.today, visible=visible
        ),
        causes=causes,
        effects=effects,
        units=reader.units(),
        contributes_to=_contributes_to(reader.objective, definitions=definitions, tree=tree),
        fed_by=_fed_by(objective, definitions=definitions, tree=tree),
        explanation=explanation_tree(
            explain(evaluation, node=("objective", objective), unit=unit, period=shown),
            units=_names(definitions),
            calendar=evaluation.book.timeline.calendar,
            hidden=HiddenCells(evaluation),
        ),
    )


def _names(definitions: Definitions) -> dict[str, str]:
    """What an explanation calls measures and units."""
    measures = {measure.key: measure.name for measure in definitions.measures}
    return {**measures, **{each.key: each.name for each in definitions.units}}


def _branch(tree: ScorecardNode, objective: str) -> ScorecardNode:
    """The scorecard with this objective alone."""
    for perspective in tree.children:
        for node in perspective.children:
            if node.key == objective:
                return replace(tree, children=(replace(perspective, children=(node,)),))
    raise ObjectiveNotHere(objective)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One objective where the page looks."""

    objective: Objective
    node: ScorecardNode
    seen: Window

    @property
    def place(self) -> int:
        return self.seen.evaluation.objective_index(self.objective.key)

    def head(self, perspective: ScorecardNode, *, definitions: Definitions) -> ObjectiveHead:
        themes = {theme.key: theme.name for theme in definitions.themes}
        people = {person.key: person.name for person in definitions.people}
        return ObjectiveHead(
            key=self.objective.key,
            name=self.objective.name,
            description=self.objective.description,
            perspective=perspective.key,
            perspective_name=perspective.name,
            themes=tuple((key, themes[key]) for key in self.objective.themes if key in themes),
            owner_name=people.get(self.objective.owner or "", ""),
            rollup=self.objective.rollup.value,
        )

    def standing(self) -> ObjectiveScore:
        node, green = self.node, self.seen.evaluation.book.scale.green
        earlier = self.seen.at_page(self.seen.results.objectives.score, self.place, page=self.seen.before)
        is_open = node.low is not None and node.high is not None and node.low < node.high
        return ObjectiveScore(
            score=node.score,
            mark=mark_of(node),
            change=score_change(earlier, node.score, is_alike=self.seen.is_of_the_same(measures_below(node))),
            coverage=node.coverage,
            bounds=(node.low or 0.0, node.high or 0.0) if is_open else None,
            measures=len(node.children),
            red=node.red_children or 0,
            worst=next((child.name for child in node.children if child.key == node.worst_child), None),
            is_capped=node.status is Status.AMBER and node.score is not None and node.score >= green,
        )

    def history(self) -> ScoreHistory:
        """The score over the last periods, from the first one that has any."""
        scores, at = self.seen.results.objectives.score[self.place, :, self.seen.unit], self.seen.at
        start = max(0, at + 1 - LONGEST) if self.seen.shown.grain is not Grain.YTD else self.seen.start
        present = np.flatnonzero(~np.isnan(scores[start : at + 1]))
        start += int(present[0]) if present.size else at - start
        ordinals = self.seen.results.ordinals[start : at + 1]
        labels = tuple(self.seen.short(GrainPeriod(self.seen.shown.grain, ordinal)) for ordinal in ordinals)
        values = tuple(number_or_none(value) for value in scores[start : at + 1])
        scale = self.seen.evaluation.book.scale
        line = HistoryLine(self.objective.key, self.objective.name, values)
        return ScoreHistory(labels, (line,), borders=(scale.amber, scale.green))

    def units(self) -> tuple[UnitCell, ...]:
        """The units one level below, in listed order."""
        names = {unit.key: unit.name for unit in self.seen.evaluation.book.definitions.units}
        units = self.seen.evaluation.units
        return tuple(self._cell(at, name=names[units.keys[at]]) for at in units.children(self.seen.unit))

    def _cell(self, unit: int, *, name: str) -> UnitCell:
        evaluation, results = self.seen.evaluation, self.seen.results.objectives
        where = (self.place, self.seen.at, unit)
        belongs = bool(evaluation.book.selected_objectives[self.place, evaluation.units.whole[unit]])
        mark = StatusMark(STATUS_CODES[int(results.status[where])], Why(int(results.why[where])))
        return UnitCell(
            key=evaluation.units.keys[unit],
            name=name,
            score=number_or_none(results.score[where]) if belongs else None,
            mark=mark if belongs else StatusMark(Status.GREY, Why.NOT_APPLICABLE),
            belongs=belongs,
        )


def _contributes_to(
    objective: Objective, *, definitions: Definitions, tree: ScorecardNode
) -> tuple[CascadeLine, ...]:
    names = {each.key: each.name for each in definitions.objectives}
    here = link_ends(tree)
    return tuple(
        CascadeLine(key, names[key], mode.value, is_here=key in here)
        for key, mode in objective.contributes_to
        if key in names
    )


def _fed_by(objective: str, *, definitions: Definitions, tree: ScorecardNode) -> tuple[CascadeLine, ...]:
    here = link_ends(tree)
    return tuple(
        CascadeLine(each.key, each.name, mode.value, is_here=each.key in here)
        for each in definitions.objectives
        for key, mode in each.contributes_to
        if key == objective
    )
