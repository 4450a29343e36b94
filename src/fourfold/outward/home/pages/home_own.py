"""One's own objectives and initiatives, out of one evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.definitions import Initiative, InitiativeStatus, Objective
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import Status
from fourfold.engine.tree import ScorecardNode, scorecard_tree
from fourfold.outward.home.pages.home_page import LateStep, OwnObjective, OwnWork, WeakMeasure
from fourfold.platform.ui.components import Change, StatusMark
from fourfold.platform.ui.slots import SlotContent
from fourfold.scorecard.evaluation.pages.scorecard.measure_rows import (
    measure_rows,
    measures_below,
    score_change,
)
from fourfold.scorecard.evaluation.pages.scorecard.page import MeasureRow
from fourfold.scorecard.evaluation.pages.window import window

__all__ = ["UnitView", "own_work", "with_analyses"]

MOST_WEAK = 3
"""Measures that say why: the lowest scores explain most of a weighted mean."""

_OPEN = (InitiativeStatus.PLANNED, InitiativeStatus.ACTIVE)


@dataclass(frozen=True)
class UnitView:
    """One unit's scorecard of the shown period, with its rows and the scorecard before; asks the database nothing."""

    evaluation: Evaluation
    unit: str
    shown: GrainPeriod

    @cached_property
    def tree(self) -> ScorecardNode:
        """The scorecard as it stands."""
        return scorecard_tree(self.evaluation, unit=self.unit, period=self.shown)

    @cached_property
    def before(self) -> ScorecardNode | None:
        """The scorecard that changes are measured from; None where the definitions do not reach back so far."""
        earlier = window(self.evaluation, unit=self.unit, shown=self.shown).before
        if earlier.ordinal not in self.evaluation.at(self.shown.grain).ordinals:
            return None
        return scorecard_tree(self.evaluation, unit=self.unit, period=earlier)

    @cached_property
    def rows(self) -> Mapping[str, MeasureRow]:
        """The measures as the scorecard lists them, by key."""
        seen = window(self.evaluation, unit=self.unit, shown=self.shown)
        return {row.key: row for row in measure_rows(self.tree, seen=seen)}

    def objective(self, key: str, *, before: bool = False) -> ScorecardNode | None:
        """An objective of this unit; None where it has none of that key, or there is no before."""
        tree = self.before if before else self.tree
        nodes = (node for perspective in tree.children for node in perspective.children) if tree else ()
        return next((node for node in nodes if node.key == key), None)


def own_work(
    placed: Sequence[tuple[Objective, UnitView]],
    initiatives: Sequence[Initiative],
    *,
    person: str,
    home: UnitView,
    marks: Mapping[str, tuple[SlotContent, ...]],
) -> OwnWork:
    """What one owns: objectives, each at its unit, worst first, and the late steps of one's initiatives."""
    served = {key for each in initiatives if each.status in _OPEN for key in each.objectives}
    names = {unit.key: unit.name for unit in home.evaluation.book.definitions.units}
    objectives = [
        replace(
            _objective(objective, view),
            unit_name="" if view.unit == home.unit else names[view.unit],
            is_served=objective.key in served,
            marks=marks.get(objective.key, ()) if view.unit == home.unit else (),
        )
        for objective, view in placed
    ]
    mine = _mine(initiatives, person=person, objectives={each.key for each in objectives})
    late = sorted(_late(mine, view=home), key=lambda step: (step.due, step.initiative_name, step.milestone))
    return OwnWork(tuple(sorted(objectives, key=_worst_first)), tuple(late), len(mine))


def with_analyses(own: OwnWork, explained: frozenset[tuple[str, str]]) -> OwnWork:
    """The same, with what is off target and unexplained marked so."""
    return replace(
        own,
        objectives=tuple(
            replace(
                each,
                owes_analysis=each.mark.status is Status.RED and (each.key, each.unit) not in explained,
            )
            for each in own.objectives
        ),
    )


def _objective(objective: Objective, view: UnitView) -> OwnObjective:
    node, earlier = view.objective(objective.key), view.objective(objective.key, before=True)
    if node is None:  # the callers place objectives where they belong
        raise LookupError(objective.key)
    is_weak = node.status in (Status.RED, Status.AMBER)
    return OwnObjective(
        key=node.key,
        name=node.name,
        unit=view.unit,
        unit_name="",
        mark=StatusMark(node.status, node.why, node.held),
        score=node.score,
        change=_change(earlier, node),
        weakest=tuple(_weakest(node, view.rows)) if is_weak else (),
        owes_analysis=False,
        is_served=False,
    )


def _change(earlier: ScorecardNode | None, node: ScorecardNode) -> Change | None:
    if earlier is None:
        return None
    is_alike = measures_below(earlier, scored=True) == measures_below(node, scored=True)
    return score_change(earlier.score, node.score, is_alike=is_alike)


def _weakest(node: ScorecardNode, rows: Mapping[str, MeasureRow]) -> Iterator[WeakMeasure]:
    scored = [
        child for child in node.children if child.score is not None and child.status is not Status.GREEN
    ]
    for child in sorted(scored, key=lambda child: (child.score or 0.0, child.key))[:MOST_WEAK]:
        row = rows[child.key]
        yield WeakMeasure(
            key=child.key,
            name=child.name,
            mark=row.mark,
            score=child.score,
            value=str(row.format.shown(row.value)),
            target="" if row.target is None else str(row.format.shown(row.target)),
        )


def _worst_first(each: OwnObjective) -> tuple[int, float, str]:
    order = (Status.RED, Status.AMBER, Status.GREY, Status.GREEN)
    return order.index(each.mark.status), each.score or 0.0, each.name


def _mine(initiatives: Sequence[Initiative], *, person: str, objectives: set[str]) -> list[Initiative]:
    """One's own, and those that serve one's objectives, as long as they run."""
    return [
        each
        for each in initiatives
        if each.status in _OPEN and (each.owner == person or not objectives.isdisjoint(each.objectives))
    ]


def _late(initiatives: Sequence[Initiative], *, view: UnitView) -> Iterator[LateStep]:
    today = view.evaluation.book.today
    for each in initiatives:
        steps = [(step.name, step.due) for step in each.milestones if step.done is None and step.due < today]
        if not steps and each.end is not None and each.end < today:
            steps = [("", each.end)]
        for name, due in steps:
            yield LateStep(each.key, each.name, name, due, (today - due).days)
