"""What a measure means, in words: how it is counted, added up and judged, and since when (METHOD M6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fourfold.engine.aggregate import Operator, semantics_of
from fourfold.engine.definitions import MeasureVersion, OrgValues, ThresholdBasis
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.engine.score import Anchors
from fourfold.platform.ui.numbers import DisplayNumber, display_exact, display_number

__all__ = ["DefinitionCard", "ThresholdLine", "VersionLine", "definition_card"]

_KINDS = {
    AggregationKind.FLOW: "Flow",
    AggregationKind.STOCK: "Stock",
    AggregationKind.RATIO: "Ratio",
    AggregationKind.MEAN: "Mean",
    AggregationKind.NET_SHARE: "Net share (promoters less detractors)",
    AggregationKind.MEDIAN: "Median",
    AggregationKind.DISTINCT: "Distinct count",
    AggregationKind.INDEX: "Index",
    AggregationKind.RATE: "Rate",
    AggregationKind.MAX: "Maximum",
    AggregationKind.MIN: "Minimum",
    AggregationKind.PRECOMPUTED: "Reported as it is, without its counts",
}
_OPERATORS = {
    Operator.SUM: "sum",
    Operator.LAST: "last value",
    Operator.MAX: "largest value",
    Operator.MIN: "smallest value",
    Operator.NONE: "not added up",
}
_GOALS = {
    GoalType.MAXIMISE: "Maximise: more is better",
    GoalType.MINIMISE: "Minimise: less is better",
    GoalType.BAND: "Band: inside two edges is best",
    GoalType.EXACT: "Exact: as near to the target as possible",
    GoalType.MILESTONE: "Milestone: share done",
    GoalType.BOOLEAN: "Yes or no",
    GoalType.ORDINAL: "Ordinal: by its rubric",
    GoalType.INFORMATIONAL: "For information, not scored",
}
_BASES = {
    ThresholdBasis.SHARE: "as a share of the target",
    ThresholdBasis.DISTANCE: "as a distance from the target",
    ThresholdBasis.ABSOLUTE: "as values",
}


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """One anchor of the score: its name, the value it lies at in this period, and the score there."""

    name: str
    value: DisplayNumber
    score: DisplayNumber


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version; `is_current` marks the one this period uses."""

    number: int
    valid_from: date | None
    reason: str
    is_current: bool
    is_new_series: bool


@dataclass(frozen=True, slots=True)
class DefinitionCard:
    """The version in use, in words, and the others."""

    number: int
    valid_from: date | None
    operational_definition: str
    kind: str
    over_time: str
    over_units: str
    goal: str
    basis: str
    formula: str
    frequency: str
    unit_of_measure: str
    owner: str
    steward: str
    segments: str
    counts_cases: bool
    due: str
    thresholds: tuple[ThresholdLine, ...]
    rubric: tuple[tuple[DisplayNumber, DisplayNumber], ...]
    versions: tuple[VersionLine, ...]


def definition_card(
    version: MeasureVersion,
    *,
    versions: tuple[MeasureVersion, ...],
    anchors: Anchors | None,
    names: Mapping[str, str],
) -> DefinitionCard:
    """Describe the version a period uses. `names` are people's by key."""
    over_time, over_units = _aggregation(version)
    return DefinitionCard(
        number=version.number,
        valid_from=version.valid_from,
        operational_definition=version.operational_definition,
        kind=_KINDS[version.kind],
        over_time=over_time,
        over_units=over_units,
        goal=_GOALS[version.goal],
        basis=_basis(version),
        formula=version.formula or "",
        frequency=version.frequency.value,
        unit_of_measure=version.unit_of_measure,
        owner=names.get(version.owner or "", version.owner or ""),
        steward=names.get(version.steward or "", version.steward or ""),
        segments=", ".join(segment.name for segment in version.segments),
        counts_cases=version.counts_cases,
        due=_due(version),
        thresholds=_thresholds(version, anchors),
        rubric=tuple(
            (display_number(value, decimals=version.decimals), display_number(score, decimals=0))
            for value, score in version.rubric
        ),
        versions=_versions(version, versions),
    )


def _aggregation(version: MeasureVersion) -> tuple[str, str]:
    semantics = semantics_of(version.kind)
    if version.formula is not None and version.formula_order.value == "operands_first":
        return ("operands added up first, then the formula",) * 2
    entered = "every unit enters its own" if version.org_values is OrgValues.ENTERED else ""
    if semantics.is_quotient:
        over_time = (
            "sum of numerators ÷ sum of denominators"
            if semantics.over_time is Operator.SUM
            else "last period's counts"
        )
        return over_time, entered or "sum of numerators ÷ sum of denominators"
    return _OPERATORS[semantics.over_time], entered or _OPERATORS[semantics.over_units]


def _basis(version: MeasureVersion) -> str:
    given = version.thresholds
    if version.goal in (GoalType.INFORMATIONAL, GoalType.BOOLEAN, GoalType.ORDINAL):
        return ""
    if given.red is None and given.tolerance is None:
        return "only the target is given; red follows the policy"
    return f"thresholds are written {_BASES[given.basis]}"


def _due(version: MeasureVersion) -> str:
    days = (
        "at the period's end" if version.due_days == 0 else f"{version.due_days} days after the period's end"
    )
    return f"{days}, goes stale {version.grace_periods} {version.frequency} later"


def _thresholds(version: MeasureVersion, anchors: Anchors | None) -> tuple[ThresholdLine, ...]:
    if anchors is None:
        return ()
    names = {"worst": "Worst", "red": "At risk begins", "target": "Target", "edge": "Band", "best": "Best"}
    return tuple(
        ThresholdLine(
            names.get(point.name, point.name),
            display_exact(point.value, decimals=version.decimals, unit_of_measure=version.unit_of_measure),
            display_number(point.score, decimals=1),
        )
        for point in anchors.points
    )


def _versions(current: MeasureVersion, versions: tuple[MeasureVersion, ...]) -> tuple[VersionLine, ...]:
    series = [None, *(version.series for version in versions)]
    lines = [
        VersionLine(
            version.number,
            version.valid_from,
            version.reason,
            is_current=version.number == current.number,
            is_new_series=before not in (None, version.series),
        )
        for version, before in zip(versions, series, strict=False)
    ]
    return tuple(reversed(lines))
