"""Measures, objectives and perspectives of every unit on a page (METHOD §2.4, §2.5), from dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fourfold.engine.definitions import Objective, WeightFrom
from tests.engine.independent.plain_organisation import Organisation
from tests.engine.independent.plain_scores import colour, scored
from tests.engine.independent.plain_targets import Targets
from tests.engine.independent.plain_time import Page
from tests.engine.independent.plain_values import Cell, Values

NOBODY_OWES = ("not_due", "not_applicable", "informational")


@dataclass(frozen=True)
class Scored:
    """A measure on a page."""

    cell: Cell
    target: float | None
    score: float | None
    why: str
    status: str


@dataclass(frozen=True)
class Rolled:
    """An objective or perspective on a page."""

    score: float | None
    coverage: float | None
    low: float | None
    high: float | None
    why: str
    status: str
    red_children: int
    worst_child: int


@dataclass(frozen=True)
class Child:
    weight: float
    score: float | None
    why: str
    status: str
    is_critical: bool = False


def weight_on(weights: Sequence[WeightFrom], day: date) -> float:
    """The weight valid on a day."""
    valid = [float(w.weight) for w in weights if w.valid_from is None or w.valid_from <= day]
    return valid[-1] if valid else 0.0


def rolled_up(children: Sequence[Child], coverage_min: float) -> Rolled:
    """The weighted arithmetic mean with coverage gate, bounds and veto."""
    counted = [c for c in children if c.weight > 0]
    eligible = [c for c in counted if c.why not in NOBODY_OWES]
    if not eligible:
        found = {c.why for c in counted}
        why = next((w for w in NOBODY_OWES if w in found), "not_applicable")
        return Rolled(None, None, None, None, why, "grey", 0, -1)
    known = [c for c in eligible if c.score is not None]
    owed, weight = sum(c.weight for c in eligible), sum(c.weight for c in known)
    points = sum(c.weight * c.score for c in known if c.score is not None)
    red = sum(c.status == "red" for c in known)
    best_first = [c.score if c in known else None for c in children]
    worst = min((s for s in best_first if s is not None), default=None)
    shape = {
        "coverage": weight / owed,
        "low": points / owed,
        "high": (points + 100 * (owed - weight)) / owed,
        "red_children": red,
        "worst_child": -1 if worst is None else best_first.index(worst),
    }
    if not known or weight / owed < coverage_min - 1e-12:
        return Rolled(score=None, why="insufficient", status="grey", **shape)
    score = points / weight
    status = colour(score)
    if status == "green" and any(c.is_critical and c.status == "red" for c in known):
        status = "amber"
    return Rolled(score=score, why="present", status=status, **shape)


class Scorecard:
    """Every number of an organisation, looked up one at a time."""

    def __init__(self, organisation: Organisation):
        self.organisation = organisation
        self.values = Values(organisation)
        self.targets = Targets(organisation, self.values)
        self.coverage_min = float(organisation.policies.get("score.coverage_min", "0.75"))
        self._measures: dict[tuple[str, str, Page], Scored] = {}
        self._objectives: dict[tuple[str, str, Page], Rolled] = {}
        self._shares = {
            objective.key: [
                (measure.key, share)
                for measure in organisation.definitions.measures
                for share in measure.objectives
                if share.objective == objective.key
            ]
            for objective in organisation.definitions.objectives
        }

    def measure(self, key: str, unit: str, page: Page) -> Scored:
        """A measure's value, target, score and status."""
        if (key, unit, page) not in self._measures:
            self._measures[key, unit, page] = self._scored(key, unit, page)
        return self._measures[key, unit, page]

    def _scored(self, key: str, unit: str, page: Page) -> Scored:
        measure = self.organisation.measures[key]
        cell = self.values.cell(key, unit, page)
        version = self.organisation.version_on(measure, page.last_day)
        if version is None or cell.why == "not_applicable":
            return Scored(cell, None, None, "not_applicable", "grey")
        target = self.targets.wanted(measure, version, unit, page)
        if version.goal.value == "informational":
            return Scored(cell, target, None, "informational", "grey")
        if cell.why != "present" or cell.value is None:
            return Scored(cell, target, None, cell.why, "grey")
        score = scored(version, cell.value, target, periods=max(1, len(cell.periods)))
        if score is None:
            return Scored(cell, target, None, "missing_required", "grey")
        return Scored(cell, target, score, "present", colour(score))

    def objective(self, objective: Objective, unit: str, page: Page) -> Rolled:
        """An objective from its measures, in listed order."""
        key = (objective.key, unit, page)
        if key not in self._objectives:
            self._objectives[key] = self._of_measures(objective, unit, page)
        return self._objectives[key]

    def _of_measures(self, objective: Objective, unit: str, page: Page) -> Rolled:
        if not self.organisation.selects(objective.units, unit):
            return Rolled(None, None, None, None, "not_applicable", "grey", 0, -1)
        children = []
        for key, share in self._shares[objective.key]:
            found = self.measure(key, unit, page)
            weight = weight_on(share.weights, page.last_day)
            children.append(Child(weight, found.score, found.why, found.status, share.critical))
        return rolled_up(children, self.coverage_min)

    def perspective(self, key: str, unit: str, page: Page) -> Rolled:
        """A perspective from its objectives, in listed order."""
        children = []
        for objective in self.organisation.definitions.objectives:
            if objective.perspective == key:
                found = self.objective(objective, unit, page)
                weight = weight_on(objective.weights, page.last_day)
                children.append(Child(weight, found.score, found.why, found.status))
        return rolled_up(children, self.coverage_min)
