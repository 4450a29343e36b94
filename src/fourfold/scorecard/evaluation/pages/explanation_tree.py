"""“Why this score?” — the engine's explanation as sentences one can unfold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fourfold.engine.aggregate import TargetOperator
from fourfold.engine.calendar import FiscalCalendar, PeriodUnknown
from fourfold.engine.definitions import Trajectory
from fourfold.engine.explain import (
    Anchors,
    Explanation,
    MissingPart,
    ObservationCell,
    TargetLeg,
    TargetParts,
)
from fourfold.engine.quantities import Why
from fourfold.platform.ui.components import Coverage, StatusMark
from fourfold.platform.ui.numbers import ValueFormat, display_exact, display_number, display_score
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.platform.ui.region import region_now
from fourfold.scorecard.evaluation.queries.hidden_segments import HiddenCells

__all__ = ["ExplanationNode", "MissingLine", "ObservedLine", "explanation_tree"]

_RULES = {
    "observation": "Reported as it is",
    "sum": "Sum of its parts",
    "last": "The last value of the period",
    "ratio_of_sums": "Sum of numerators ÷ sum of denominators",
    "weighted_mean": "Mean weighted by its counts",
    "maximum": "The largest of its parts",
    "minimum": "The smallest of its parts",
    "formula": "Computed by formula",
    "rollup_arithmetic": "Weighted mean of the scores",
    "rollup_geometric": "Weighted geometric mean of the scores",
    "rollup_minimum": "The lowest score",
    "rollup_count": "Share of children on target",
}
_TARGETS = {
    "own": "the unit's own target",
    "inherited": "the target of {name}",
    "derived": "the sum of the targets below",
    "none": "",
}
_COMBINED = {
    TargetOperator.SUM: "the sum of {parts}",
    TargetOperator.LAST: "the last of {parts}",
    TargetOperator.MAX: "the largest of {parts}",
    TargetOperator.MIN: "the smallest of {parts}",
    TargetOperator.WEIGHTED: "the mean, weighted by the denominators, of {parts}",
}
MOST_OBSERVED = 12
"""Observations listed under one node; the table of observations has all of them."""


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A part that is due and has no number."""

    name: str
    period: str
    reason: str


@dataclass(frozen=True, slots=True)
class ObservedLine:
    """One observation under a number."""

    unit: str
    segment: str
    period: str
    text: str


@dataclass(frozen=True, slots=True)
class ExplanationNode:
    """One number, how it came about, and the numbers it came from. `facts` are name and sentence."""

    kind: str
    key: str
    name: str
    unit: str
    unit_name: str
    period: str
    headline: str
    mark: StatusMark
    rule: str
    facts: tuple[tuple[str, str], ...]
    coverage: Coverage | None
    missing: tuple[MissingLine, ...]
    observed: tuple[ObservedLine, ...]
    more_observed: int
    inputs: tuple[ExplanationNode, ...]


def explanation_tree(
    found: Explanation, *, units: Mapping[str, str], calendar: FiscalCalendar, hidden: HiddenCells
) -> ExplanationNode:
    """Put an explanation into words. `units` are names by key; what is `hidden` is named without its number."""
    return _Words(units, calendar, hidden).node(found)


@dataclass(frozen=True, slots=True)
class _Words:
    units: Mapping[str, str]
    calendar: FiscalCalendar
    hidden: HiddenCells

    def node(self, found: Explanation) -> ExplanationNode:
        missing = found.value_why if found.value is None and found.kind == "measure" else found.why
        return ExplanationNode(
            kind=found.kind,
            key=found.key,
            name=found.name,
            unit=found.unit,
            unit_name=self.units.get(found.unit, found.unit),
            period=self._period(found.period_key),
            headline=self._headline(found),
            mark=StatusMark(found.status, missing, found.held),
            rule=_RULES.get(found.rule, found.rule.replace("_", " ")),
            facts=tuple(self._facts(found)),
            coverage=Coverage(found.present or 0, found.due) if found.due else None,
            missing=tuple(self._missing(part) for part in found.missing),
            observed=tuple(
                ObservedLine(
                    self.units.get(cell.unit, cell.unit),
                    cell.segment or "",
                    self._period(cell.period_key),
                    self._counts(cell),
                )
                for cell in found.observations[:MOST_OBSERVED]
            ),
            more_observed=max(0, len(found.observations) - MOST_OBSERVED),
            inputs=tuple(self.node(part) for part in found.inputs),
        )

    def _counts(self, cell: ObservationCell) -> str:
        if self.hidden.hides(cell):
            return reason_sentence(Why.SUPPRESSED)
        return _counts(cell.numerator, cell.denominator) or reason_sentence(cell.why)

    def _headline(self, found: Explanation) -> str:
        if found.kind != "measure":
            return display_score(found.score, decimals=1)
        return (
            str(_shown(found, found.value)) if found.value is not None else reason_sentence(found.value_why)
        )

    def _facts(self, found: Explanation) -> list[tuple[str, str]]:
        facts = [
            ("Formula", found.formula or ""),
            ("Made of", _quotient(found)),
            ("Exactly", _exactly(found)),
            ("Target", self._target(found)),
            ("Thresholds", _thresholds(found, found.thresholds)),
            ("Score", self._score(found)),
            ("Weight", "" if found.weight is None else display_exact(found.weight, decimals=2).text),
            ("Definition", self._version(found)),
            ("Value of", self._period(found.shown_period) if found.shown_period else ""),
        ]
        return [(name, said) for name, said in facts if said]

    def _target(self, found: Explanation) -> str:
        if found.target is None:
            return ""
        origin = _TARGETS.get(found.target_rule, found.target_rule)
        origin = origin.format(name=self.units.get(found.target_from or "", found.target_from or ""))
        way = self._way(found)
        return f"{_exact(found, found.target)}" + "".join(f", {said}" for said in (origin, way) if said)

    def _way(self, found: Explanation) -> str:
        """How the target came about, with the numbers one needs to work it out again."""
        match found.target_way:
            case TargetLeg() as leg:
                return (
                    f"between {_exact(found, leg.start.value)} in {self._period(leg.start_key)} and"
                    f" {_exact(found, leg.end.value)} in {self._period(leg.end_key)}, {_moving(leg)}"
                )
            case TargetParts(operator, parts) if parts:
                listed = ", ".join(f"{self._period(key)} {_exact(found, value)}" for key, value in parts)
                return _COMBINED[operator].format(parts=listed)
        return ""

    def _score(self, found: Explanation) -> str:
        if found.score is None:
            return reason_sentence(found.why)
        said = display_number(found.score, decimals=2).text
        if found.low is not None and found.high is not None and found.low != found.high:
            low, high = (display_number(bound, decimals=1).text for bound in (found.low, found.high))
            return f"{said}; between {low} and {high} whatever is missing"
        return said

    def _version(self, found: Explanation) -> str:
        if found.version is None:
            return ""
        since = f", valid from {region_now().day(found.valid_from)}" if found.valid_from else ""
        return f"Version {found.version}{since}"

    def _missing(self, part: MissingPart) -> MissingLine:
        return MissingLine(
            self.units.get(part.key, part.key), self._period(part.period_key), reason_sentence(part.why)
        )

    def _period(self, key: str) -> str:
        try:
            return self.calendar.label(self.calendar.parse_grain(key))
        except PeriodUnknown:
            return key


def _shown(found: Explanation, number: float) -> object:
    """As on every other page."""
    form = ValueFormat(_decimals(found), found.unit_of_measure or "", band=found.band)
    return form.beside(found.value, found.target).shown(number)


def _exact(found: Explanation, number: float) -> object:
    """With the digits it takes to compute with it."""
    return display_exact(number, decimals=_decimals(found), unit_of_measure=found.unit_of_measure or "")


def _exactly(found: Explanation) -> str:
    """The value's further digits; empty where the headline has them all."""
    if found.kind != "measure" or found.value is None:
        return ""
    said = str(_exact(found, found.value))
    return "" if said == str(_shown(found, found.value)) else said


def _decimals(found: Explanation) -> int:
    return 1 if found.decimals is None else found.decimals


def _moving(leg: TargetLeg) -> str:
    how = "in equal steps" if leg.trajectory is Trajectory.LINEAR else "at one rate of growth"
    return f"{how}: step {leg.passed} of {leg.length}"


def _quotient(found: Explanation) -> str:
    """What a quotient was made of; a plain number needs no such line."""
    if found.denominator is None or found.denominator == 1.0:
        return ""
    return _counts(found.numerator, found.denominator, multiplier=found.multiplier)


def _counts(numerator: float | None, denominator: float | None, *, multiplier: float | None = None) -> str:
    """What was divided by what; plain numbers keep the digits they were given, at most six decimals."""
    if numerator is None:
        return ""
    said = _plain(numerator)
    if denominator is None or denominator == 1.0:
        return said
    times = f" × {_plain(multiplier)}" if multiplier not in (None, 1.0) and multiplier is not None else ""
    return f"{said} ÷ {_plain(denominator)}{times}"


def _plain(number: float) -> str:
    return display_exact(number, decimals=0).text


def _thresholds(found: Explanation, anchors: Anchors | None) -> str:
    if anchors is None:
        return ""
    named = (
        ("worst", anchors.worst),
        ("at risk from", anchors.red),
        ("on target from", anchors.green),
        ("best", anchors.best),
    )
    return ", ".join(f"{name} {_exact(found, value)}" for name, value in named if value == value)
