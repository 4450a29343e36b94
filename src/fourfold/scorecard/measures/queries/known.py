"""The measures and targets as known, as the engine's frozen values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from fourfold.engine import definitions
from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.scorecard.measures.models import MeasureListing, MeasureVersion, Target, TargetPoint

__all__ = ["known_measures", "known_targets", "versions_with_seq"]


def known_measures(as_of_seq: int | None = None) -> tuple[definitions.Measure, ...]:
    """Measures in listed order, with the versions known then; `objectives` is empty, for the strategy to fill."""
    listings = (
        MeasureListing.objects.known_at(as_of_seq).select_related("measure", "unit").order_by("ordinal", "pk")
    )
    versions = _known_versions(as_of_seq)
    return tuple(
        definitions.Measure(
            key=listing.measure.key,
            name=listing.name,
            objectives=(),
            units=definitions.UnitSelector(
                listing.unit.key,
                tuple(listing.unit_levels),
                tuple(listing.unit_keys),
                _since(listing.units_since),
            ),
            versions=tuple(versions[listing.measure_id]),
            retired_on=listing.retired_on,
        )
        for listing in listings
    )


def _since(kept: Mapping[str, str]) -> tuple[tuple[str, date], ...]:
    return tuple((unit, date.fromisoformat(day)) for unit, day in sorted(kept.items()))


def versions_with_seq(keys: Sequence[str]) -> dict[str, list[tuple[int, definitions.MeasureVersion]]]:
    """Every version of some measures, oldest first, with the seq at which it is known. Two queries."""
    rows = MeasureVersion.objects.filter(measure__key__in=keys).select_related("measure", "owner", "steward")
    found: dict[str, list[tuple[int, definitions.MeasureVersion]]] = defaultdict(list)
    for row in rows.prefetch_related("segments").order_by("measure_id", "number"):
        found[row.measure.key].append((row.seq, _version(row)))
    return dict(found)


def _known_versions(as_of_seq: int | None) -> dict[int, list[definitions.MeasureVersion]]:
    rows = MeasureVersion.objects.select_related("owner", "steward").prefetch_related("segments")
    if as_of_seq is not None:
        rows = rows.filter(seq__lte=as_of_seq)
    versions: dict[int, list[definitions.MeasureVersion]] = defaultdict(list)
    for row in rows.order_by("measure_id", "number"):
        versions[row.measure_id].append(_version(row))
    return versions


def _version(row: MeasureVersion) -> definitions.MeasureVersion:
    segments = sorted(row.segments.all(), key=lambda segment: segment.ordinal)
    return definitions.MeasureVersion(
        number=row.number,
        valid_from=row.valid_from,
        kind=AggregationKind(row.kind),
        unit_of_measure=row.unit_of_measure,
        goal=GoalType(row.goal),
        frequency=Frequency(row.frequency),
        thresholds=definitions.Thresholds(
            basis=definitions.ThresholdBasis(row.threshold_basis),
            red=row.threshold_red,
            best=row.threshold_best,
            worst=row.threshold_worst,
            tolerance=row.threshold_tolerance,
        ),
        role=definitions.MeasureRole(row.role),
        tier=definitions.Tier(row.tier),
        owner=row.owner.key if row.owner else None,
        steward=row.steward.key if row.steward else None,
        operational_definition=row.operational_definition,
        series=row.series,
        formula=row.formula,
        formula_order=definitions.FormulaOrder(row.formula_order),
        missing_operand=definitions.MissingOperand(row.missing_operand),
        org_values=definitions.OrgValues(row.org_values),
        multiplier=row.multiplier,
        decimals=row.decimals,
        segment_dimension=row.segment_dimension,
        segments=tuple(definitions.Segment(segment.key, segment.name) for segment in segments),
        band=None if row.band_low is None or row.band_high is None else (row.band_low, row.band_high),
        rubric=tuple((value, score) for value, score in row.rubric),
        baseline=row.baseline,
        natural_min=row.natural_min,
        natural_max=row.natural_max,
        counts_cases=row.counts_cases,
        due_days=row.due_days,
        grace_periods=row.grace_periods,
        reason=row.reason,
    )


def known_targets(as_of_seq: int | None = None) -> tuple[definitions.Target, ...]:
    """Every target in listed order with its points, oldest first. For compiling, never for showing: no scope."""
    rows = list(
        Target.objects.known_at(as_of_seq)
        .order_by("ordinal", "pk")
        .values_list("pk", "measure__key", "unit__key", "segment", "trajectory", "red", "best", "origin")
    )
    points = _points([row[0] for row in rows])
    return tuple(
        definitions.Target(
            measure=measure,
            unit=unit,
            points=tuple(points[pk]),
            trajectory=definitions.Trajectory(trajectory),
            segment=segment or None,
            red=red,
            best=best,
            origin=origin,
        )
        for pk, measure, unit, segment, trajectory, red, best, origin in rows
    )


def _points(target_ids: Sequence[int]) -> dict[int, list[definitions.TargetPoint]]:
    """One scan of the table: there are as many targets as rows worth filtering by."""
    wanted = set(target_ids)
    frequencies = {frequency.value: frequency for frequency in Frequency}
    points: dict[int, list[definitions.TargetPoint]] = defaultdict(list)
    rows = TargetPoint.objects.order_by("target_id", "place").values_list(
        "target_id", "frequency", "period", "value"
    )
    for target_id, frequency, period, value in rows.iterator(chunk_size=10_000):
        if target_id in wanted:
            points[target_id].append(definitions.TargetPoint(Period(frequencies[frequency], period), value))
    return points
