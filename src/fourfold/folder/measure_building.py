"""From one measure file to a `Measure` with its versions."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import (
    FormulaOrder,
    Measure,
    MeasureRole,
    MeasureVersion,
    MissingOperand,
    ObjectiveShare,
    OrgValues,
    Segment,
    ThresholdBasis,
    Thresholds,
    Tier,
)
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.folder.belonging import Fields, build_selector, build_weights, day

__all__ = ["build_measure", "default_multiplier"]


def build_measure(said: Fields, *, root: str) -> Measure:
    """A measure as its file says it; a single version may stand at the top level of the file."""
    served = said.get("objective", [])
    shares = served if isinstance(served, list) else [served]
    return Measure(
        key=said["key"],
        name=said["name"],
        objectives=tuple(
            ObjectiveShare(each["key"], build_weights(each.get("weight", 1)), each.get("critical", False))
            for each in shares
        ),
        units=build_selector(said, root=root),
        versions=tuple(_versions(said.get("versions", [said]))),
        retired_on=day(said.get("retired_on")),
    )


def _versions(listed: list[Fields]) -> Iterator[MeasureVersion]:
    """Numbered from 1; a version goes on with the series of the one before unless it says otherwise."""
    series = 1
    for number, said in enumerate(listed, start=1):
        series = said.get("series", series)
        yield _version(said, number=number, series=series)


def _version(said: Fields, *, number: int, series: int) -> MeasureVersion:
    kind = AggregationKind(said["kind"])
    segments = said.get("segments", {})
    return MeasureVersion(
        number=number,
        valid_from=day(said.get("valid_from")),
        kind=kind,
        unit_of_measure=said["unit_of_measure"],
        goal=GoalType(said["goal"]),
        frequency=Frequency(said["frequency"]),
        thresholds=_thresholds(said.get("thresholds", {})),
        role=MeasureRole(said.get("role", MeasureRole.LAG)),
        tier=Tier(said.get("tier", Tier.MANAGEMENT)),
        owner=said.get("owner"),
        steward=said.get("steward"),
        operational_definition=said.get("operational_definition", ""),
        series=series,
        formula=said.get("formula"),
        formula_order=FormulaOrder(said.get("formula_order", FormulaOrder.OPERANDS_FIRST)),
        missing_operand=MissingOperand(said.get("missing_operand", MissingOperand.PROPAGATE)),
        org_values=OrgValues(said.get("org_values", OrgValues.AGGREGATED)),
        multiplier=float(said.get("multiplier", default_multiplier(kind, said["unit_of_measure"]))),
        decimals=said.get("decimals", 1),
        segment_dimension=segments.get("dimension"),
        segments=tuple(Segment(each["key"], each["name"]) for each in segments.get("members", ())),
        band=_pair(said.get("band")),
        rubric=tuple((float(value), float(score)) for value, score in said.get("rubric", ())),
        baseline=_number(said.get("baseline")),
        natural_min=_number(said.get("natural_min")),
        natural_max=_number(said.get("natural_max")),
        counts_cases=said.get("counts_cases", False),
        due_days=said.get("due_days", 0),
        grace_periods=said.get("grace_periods", 1),
        reason=said.get("reason", ""),
    )


def default_multiplier(kind: AggregationKind, unit_of_measure: str) -> float:
    """A share shown in per cent is a hundred times its quotient."""
    return 100.0 if unit_of_measure == "%" and kind.has_denominator else 1.0


def _thresholds(said: Fields) -> Thresholds:
    return Thresholds(
        basis=ThresholdBasis(said.get("basis", ThresholdBasis.SHARE)),
        red=_number(said.get("red")),
        best=_number(said.get("best")),
        worst=_number(said.get("worst")),
        tolerance=_number(said.get("tolerance")),
    )


def _pair(said: list[float] | None) -> tuple[float, float] | None:
    return None if said is None else (float(said[0]), float(said[1]))


def _number(said: float | None) -> float | None:
    return None if said is None else float(said)
