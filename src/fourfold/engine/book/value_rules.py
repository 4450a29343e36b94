"""What a measure's versions mean for its values: stretches of time with one way to arrive at a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fourfold.engine.aggregate import Semantics, TargetOperator, semantics_of
from fourfold.engine.book.refusals import DefinitionRefused
from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import (
    FormulaOrder,
    Measure,
    MeasureVersion,
    MissingOperand,
    OrgValues,
)
from fourfold.engine.formula import Expression, FormulaRefused, check_names, conversion_to, parse
from fourfold.engine.formula.syntax import (
    Arithmetic,
    ArithmeticOperator,
    Lag,
    Last,
    Number,
    RatioOf,
    Rolling,
    ToDate,
    every_node,
)
from fourfold.engine.quantities import AggregationKind, UnitOfMeasure, unit_of_measure
from fourfold.engine.score import AnchorRule

__all__ = ["ScoredFrom", "ValueRule", "parsed_formulas", "value_rules"]


@dataclass(frozen=True, slots=True)
class ScoredFrom:
    """The thresholds of a version, for pages that end on `valid_from` or later (None: from the beginning)."""

    version: MeasureVersion
    anchors: AnchorRule
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class ValueRule:
    """How one measure's numbers come about on pages ending in [`valid_from`, `valid_until`).

    `known_from` is when the series began: nothing is owed before. `breaks` says that a page reaching further back
    than `valid_from` would mix two series. `formula` is None for an observed measure; `factor` converts its result,
    `overlaps` says that neighbouring periods share what they are computed from.
    """

    measure: int
    version: MeasureVersion
    valid_from: date | None
    valid_until: date | None
    known_from: date | None
    breaks: bool
    scored: tuple[ScoredFrom, ...]
    formula: Expression | None = None
    factor: float = 1.0
    reads: tuple[int, ...] = field(default=())
    overlaps: bool = False

    @property
    def kind(self) -> AggregationKind:
        """What its values are."""
        return self.version.kind

    @property
    def semantics(self) -> Semantics:
        """How they add up."""
        return semantics_of(self.version.kind)

    @property
    def frequency(self) -> Frequency:
        """How often a value is owed."""
        return self.version.frequency

    @property
    def is_per_page(self) -> bool:
        """Whether the formula is computed on every page from operands aggregated before."""
        return self.formula is not None and self.version.formula_order is FormulaOrder.OPERANDS_FIRST

    @property
    def is_per_cell_of_page(self) -> bool:
        """Whether the formula reads nothing but its own page: no earlier periods, no running sums."""
        if self.formula is None or not self.is_per_page:
            return False
        return not any(
            isinstance(node, Lag | Last | Rolling | ToDate) for node, _ in every_node(self.formula)
        )

    @property
    def target_operator(self) -> TargetOperator:
        """How targets combine over time: as the values do, and as of the end where a formula looks back from there."""
        is_as_of_end = self.is_per_page and self.overlaps
        return TargetOperator.LAST if is_as_of_end else self.semantics.target

    @property
    def divisor(self) -> Expression | None:
        """What the whole formula is divided by, numbers written out aside; None: it is no quotient."""
        return None if self.formula is None else _divisor(self.formula)

    @property
    def grows_with_sums(self) -> bool:
        """Whether some thresholds grow with the number of targets that a target is the sum of."""
        return any(each.anchors.grows_with_sums for each in self.scored)

    @property
    def missing_operand(self) -> MissingOperand:
        """What a missing operand does."""
        return self.version.missing_operand

    @property
    def has_denominator(self) -> bool:
        """Whether its native cells carry one; a formula's results are plain values."""
        return self.version.kind.has_denominator and self.formula is None

    @property
    def is_entered(self) -> bool:
        """Whether every unit's own number counts: by decision, or because nothing can be aggregated."""
        return self.version.org_values is OrgValues.ENTERED


def _divisor(node: Expression) -> Expression | None:
    match node:
        case Arithmetic(ArithmeticOperator.TIMES, Number(), other) | Arithmetic(
            ArithmeticOperator.TIMES, other, Number()
        ):
            return _divisor(other)
        case Arithmetic(ArithmeticOperator.OVER, _, divisor) | RatioOf(_, divisor):
            return divisor
        case _:
            return None


def parsed_formulas(measures: tuple[Measure, ...]) -> dict[tuple[str, int], Expression]:
    """Every version's formula by measure key and version number.

    Raises:
        DefinitionRefused: FORMULA_SYNTAX and its kin, MEASURE_UNKNOWN.
    """
    known = frozenset(measure.key for measure in measures)
    parsed = {}
    for measure in measures:
        for version in measure.versions:
            if version.formula is None:
                continue
            try:
                expression = parse(version.formula)
                check_names(expression, known)
            except FormulaRefused as refusal:
                raise DefinitionRefused(
                    str(refusal.code), f"{measure.key}: {refusal}", kind="measure", key=measure.key
                ) from refusal
            parsed[measure.key, version.number] = expression
    return parsed


def units_of_measure(measures: tuple[Measure, ...]) -> dict[str, UnitOfMeasure]:
    """What each measure counts, by its latest version.

    Raises:
        DefinitionRefused: UNIT_MISMATCH, the words are no unit of measure.
    """
    units = {}
    for measure in measures:
        try:
            units[measure.key] = unit_of_measure(measure.versions[-1].unit_of_measure)
        except ValueError as refusal:
            raise DefinitionRefused(
                "UNIT_MISMATCH", f"{measure.key}: {refusal}", kind="measure", key=measure.key
            ) from refusal
    return units


def conversion(
    measure: Measure, version: MeasureVersion, *, formula: Expression, units: Mapping[str, UnitOfMeasure]
) -> float:
    """What a formula's result is multiplied with to be in the measure's unit.

    Raises:
        DefinitionRefused: UNIT_MISMATCH.
    """
    try:
        return conversion_to(unit_of_measure(version.unit_of_measure), formula, units=units)
    except FormulaRefused as refusal:
        raise DefinitionRefused(
            str(refusal.code), f"{measure.key}: {refusal}", kind="measure", key=measure.key
        ) from refusal


def value_rules(measure: Measure, *, position: int, scored: tuple[ScoredFrom, ...]) -> tuple[ValueRule, ...]:
    """Join versions that differ in thresholds, owners or words only; formulas are put in by the caller.

    Raises:
        DefinitionRefused: SERIES_MIXED, versions of one series that cannot share a table of observations;
            MEASURE_RETIRED, a version that begins when the measure has ended.
    """
    _check_series(measure)
    _check_retirement(measure)
    groups: list[list[ScoredFrom]] = []
    for each in scored:
        if groups and _ways(groups[-1][-1].version) == _ways(each.version):
            groups[-1].append(each)
        else:
            groups.append([each])
    rules = []
    for number, group in enumerate(groups):
        following = groups[number + 1][0].valid_from if number + 1 < len(groups) else measure.retired_on
        series = group[0].version.series
        begins = next(each for each in scored if each.version.series == series)
        rules.append(
            ValueRule(
                measure=position,
                version=group[-1].version,
                valid_from=group[0].valid_from,
                valid_until=following,
                known_from=begins.valid_from if number else groups[0][0].valid_from,
                breaks=number > 0 and begins is group[0] and series != groups[0][0].version.series,
                scored=tuple(group),
            )
        )
    return tuple(rules)


def _ways(version: MeasureVersion) -> tuple[object, ...]:
    """Everything that decides a version's values."""
    return (
        version.kind,
        version.frequency,
        version.series,
        version.formula,
        version.formula_order,
        version.missing_operand,
        version.org_values,
        version.multiplier,
        version.segments,
        version.due_days,
        version.grace_periods,
        version.unit_of_measure,
    )


def _check_series(measure: Measure) -> None:
    first: dict[int, MeasureVersion] = {}
    for version in measure.versions:
        other = first.setdefault(version.series, version)
        if (version.frequency, version.segments) != (other.frequency, other.segments):
            raise DefinitionRefused(
                "SERIES_MIXED",
                f"{measure.key}: version {version.number} changes frequency or segments; give it its own series",
                kind="measure",
                key=measure.key,
            )


def _check_retirement(measure: Measure) -> None:
    last, ends = measure.versions[-1], measure.retired_on
    if ends is not None and last.valid_from is not None and last.valid_from >= ends:
        raise DefinitionRefused(
            "MEASURE_RETIRED",
            f"{measure.key}: version {last.number} begins on {last.valid_from}, the measure is retired from {ends}",
            kind="measure",
            key=measure.key,
        )
