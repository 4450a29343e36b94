"""Why a number is what it is, in words: the engine's explanation made readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from types import MappingProxyType

from fourfold.engine.calendar import FiscalCalendar, GrainPeriod
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.explain import Anchors, Explanation, explain
from fourfold.engine.quantities import Why
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.numbers import display_number, display_score
from fourfold.platform.ui.reasons import reason_sentence

__all__ = ["ExplainedFact", "ExplainedNode", "explained", "explained_node"]

MOST_NAMED = 6
"""Missing parts listed by name; the rest are counted."""


@dataclass(frozen=True, slots=True)
class ExplainedFact:
    """A named detail."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ExplainedNode:
    """One step of the way from a score down to observations. `mark` is None for a plain input without a score."""

    kind: str
    key: str
    name: str
    sentence: str
    result: str
    mark: StatusMark | None
    facts: tuple[ExplainedFact, ...]
    missing: tuple[str, ...]
    inputs: tuple[ExplainedNode, ...]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to unfold."""
        return bool(self.facts or self.missing or self.inputs)


_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "observation": "As observed.",
        "sum": "The sum of its parts.",
        "last": "The last value of the period.",
        "ratio_of_sums": "The sum of the numerators by the sum of the denominators.",
        "weighted_mean": "The mean, weighted by how many were counted.",
        "maximum": "The largest of its parts.",
        "minimum": "The smallest of its parts.",
        "formula": "Computed from other measures.",
        "rollup_arithmetic": "The weighted mean of the scores below.",
        "rollup_geometric": "The weighted geometric mean of the scores below.",
        "rollup_minimum": "The lowest of the scores below.",
        "rollup_count": "The share of those below that are on target.",
    }
)
_TARGETS: Mapping[str, str] = MappingProxyType(
    {"own": "the unit's own", "inherited": "inherited from {unit}", "derived": "the sum of the units below"}
)


def explained_node(explanation: Explanation, *, calendar: FiscalCalendar) -> ExplainedNode:
    """The whole tree in words, numbers shown as everywhere else."""
    is_scored = explanation.score is not None or explanation.kind in ("perspective", "objective", "measure")
    return ExplainedNode(
        kind=explanation.kind,
        key=explanation.key,
        name=explanation.name,
        sentence=_SENTENCES.get(explanation.rule, explanation.rule.replace("_", " ")),
        result=_result(explanation),
        mark=_mark(explanation) if is_scored else None,
        facts=tuple(_facts(explanation, calendar=calendar)),
        missing=_missing(explanation),
        inputs=tuple(explained_node(each, calendar=calendar) for each in explanation.inputs),
    )


def explained(
    evaluation: Evaluation, *, node: tuple[str, str], unit: str, shown: GrainPeriod
) -> ExplainedNode | None:
    """Explain one number of an evaluation; reads the cube, so hold it."""
    try:
        found = explain(evaluation, node=node, unit=unit, period=shown)
    except NotImplementedError:
        return None
    return explained_node(found, calendar=evaluation.book.timeline.calendar)


def _mark(explanation: Explanation) -> StatusMark:
    unseen = explanation.value_why if explanation.kind == "measure" else Why.PRESENT
    why = explanation.why if unseen is Why.PRESENT else unseen
    return StatusMark(explanation.status, why, explanation.held)


def _result(explanation: Explanation) -> str:
    if explanation.kind in ("perspective", "objective", "scorecard"):
        if explanation.score is None:
            return reason_sentence(explanation.why)
        return f"score {display_score(explanation.score)}"
    if explanation.value is None:
        return reason_sentence(explanation.value_why)
    value = _shown(explanation, explanation.value)
    return value if explanation.score is None else f"{value}, score {display_score(explanation.score)}"


def _facts(explanation: Explanation, *, calendar: FiscalCalendar) -> Iterator[ExplainedFact]:
    if explanation.weight is not None:
        yield ExplainedFact("Weight", display_number(explanation.weight, decimals=2).text)
    if explanation.shown_period:
        yield ExplainedFact("Value of", calendar.label(calendar.parse(explanation.shown_period)))
    if explanation.formula:
        yield ExplainedFact("Formula", explanation.formula)
    if explanation.denominator is not None and explanation.numerator is not None:
        parts = (display_number(part).text for part in (explanation.numerator, explanation.denominator))
        yield ExplainedFact("Made of", " ÷ ".join(parts))
    if explanation.target is not None:
        yield ExplainedFact("Target", _target(explanation))
    if explanation.thresholds is not None:
        yield ExplainedFact("Scored between", _anchors(explanation, explanation.thresholds))
    if explanation.version is not None:
        since = f", valid from {explanation.valid_from}" if explanation.valid_from else ""
        yield ExplainedFact("Definition", f"version {explanation.version}{since}")
    yield from _completeness(explanation)


def _completeness(explanation: Explanation) -> Iterator[ExplainedFact]:
    if explanation.kind in ("perspective", "objective") and explanation.coverage is not None:
        yield ExplainedFact(
            "Coverage", f"{display_number(100 * explanation.coverage, decimals=0).text} % of weight"
        )
    elif explanation.due:
        yield ExplainedFact("Present", f"{explanation.present} of {explanation.due}")
    if explanation.low is not None and explanation.high is not None and explanation.low < explanation.high:
        bounds = f"{display_score(explanation.low)} to {display_score(explanation.high)}"
        yield ExplainedFact("Possible scores", bounds)


def _target(explanation: Explanation) -> str:
    shown = _shown(explanation, explanation.target)
    origin = _TARGETS.get(explanation.target_rule, "").format(unit=explanation.target_from or "")
    return f"{shown}, {origin}" if origin else shown


def _anchors(explanation: Explanation, anchors: Anchors) -> str:
    named = (
        ("worst", anchors.worst),
        ("red", anchors.red),
        ("target", anchors.green),
        ("best", anchors.best),
    )
    decimals = 1 if explanation.decimals is None else explanation.decimals
    return " · ".join(
        f"{name} {display_number(value, decimals=decimals).text}" for name, value in named if not isnan(value)
    )


def _missing(explanation: Explanation) -> tuple[str, ...]:
    named = [
        f"{part.key} {part.period_key}: {reason_sentence(part.why).lower()}"
        for part in explanation.missing[:MOST_NAMED]
    ]
    rest = len(explanation.missing) - MOST_NAMED
    return (*named, f"and {rest} more") if rest > 0 else tuple(named)


def _shown(explanation: Explanation, value: float | None) -> str:
    decimals = 1 if explanation.decimals is None else explanation.decimals
    unit = explanation.unit_of_measure or ""
    return str(display_number(value, decimals=decimals, unit_of_measure=unit))
