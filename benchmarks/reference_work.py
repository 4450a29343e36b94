"""The reference work: 1,000 leaf units in a tree of four levels, 200 measures, 60 months: 12 million observations.

On top of the 200 entered measures stand ten derived ones. A fifth of the entered ones are ratios; one row in a hundred
of the ratios and of every twentieth flow says that its value is missing. Rows come month by month, unit by unit,
measure by measure: the order in which monthly files arrive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.engine.definitions import (
    Definitions,
    Measure,
    MeasureRole,
    MeasureVersion,
    Objective,
    ObjectiveShare,
    Organisation,
    Perspective,
    Strategy,
    Target,
    TargetPoint,
    ThresholdBasis,
    Thresholds,
    Tier,
    Unit,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.quantities import AggregationKind, GoalType, Weight, Why
from fourfold.engine.rows import ObservationRows

__all__ = ["FIRST_MONTH", "MONTHS", "ReferenceWork", "reference_work"]

FIRST_YEAR, MONTHS, TODAY = 2021, 60, date(2025, 12, 31)
FIRST_MONTH = FIRST_YEAR * 12
FANOUT = 10
RATIO_EVERY, GAPPY_EVERY, DERIVED = 5, 20, 10
OBJECTIVES, PERSPECTIVES = 20, 4
RATIO_TARGET, RED_DISTANCE, RED_SHARE = 80.0, 5.0, 0.9
SEED = 12


@dataclass(frozen=True, slots=True)
class ReferenceWork:
    """Definitions and rows, with what the peer needs to know about them."""

    definitions: Definitions
    rows: ObservationRows
    leaves: int
    entered: int
    targets: np.ndarray  # (entered measure, leaf): a flow's monthly target
    weights: np.ndarray  # (measure,): its weight under its objective

    @property
    def bytes(self) -> int:
        """How much the rows weigh."""
        columns = ("measure", "series", "segment", "unit", "period", "numerator", "denominator", "why")
        return sum(getattr(self.rows, name).nbytes for name in columns)


def is_ratio(measure: int) -> bool:
    """Every fifth entered measure."""
    return measure % RATIO_EVERY == 0


def operands(derived: int, entered: int) -> tuple[int, int]:
    """The two flows a derived measure divides."""
    flows = [measure for measure in range(entered) if not is_ratio(measure)]
    return flows[2 * derived % len(flows)], flows[(2 * derived + 1) % len(flows)]


def reference_work(*, leaves: int = 1000, entered: int = 200) -> ReferenceWork:
    """Make it; the same sizes give the same numbers."""
    rng = np.random.default_rng(SEED)
    units = _units(leaves)
    targets = rng.uniform(80.0, 120.0, (entered, leaves)).round(1)
    weights = rng.integers(1, 4, entered + DERIVED).astype(np.float64)
    definitions = _definitions(units, entered, targets=targets, weights=weights)
    rows = _rows(rng, entered, leaves=leaves, first_leaf=len(units) - leaves)
    return ReferenceWork(definitions, rows, leaves, entered, targets, weights)


def _units(leaves: int) -> tuple[Unit, ...]:
    """Level by level: 1, then tens, so that the leaves come last."""
    levels = [1]
    while levels[-1] * FANOUT < leaves:
        levels.append(levels[-1] * FANOUT)
    levels.append(leaves)
    units = []
    for depth, count in enumerate(levels):
        for place in range(count):
            parent = None if depth == 0 else f"u{depth - 1}-{place * levels[depth - 1] // count}"
            units.append(Unit(f"u{depth}-{place}", f"Unit {depth}.{place}", parent, f"level{depth}"))
    return tuple(units)


def _definitions(
    units: tuple[Unit, ...], entered: int, *, targets: np.ndarray, weights: np.ndarray
) -> Definitions:
    root = units[0].key
    keys = [f"m{place:03}" for place in range(entered + DERIVED)]
    leaves = [unit.key for unit in units[-targets.shape[1] :]]
    start = Period(Frequency.MONTH, FIRST_MONTH)
    return Definitions(
        organisation=Organisation("bench", "Bench", "UTC", "EUR", FiscalCalendar(), TODAY),
        units=units,
        strategy=Strategy("", "", (), date(FIRST_YEAR, 1, 1), date(FIRST_YEAR + MONTHS // 12 - 1, 12, 31)),
        perspectives=tuple(Perspective(f"p{place}", f"Perspective {place}") for place in range(PERSPECTIVES)),
        themes=(),
        objectives=tuple(
            Objective(
                f"o{place}",
                f"Objective {place}",
                "",
                f"p{place % PERSPECTIVES}",
                (),
                None,
                UnitSelector(root),
                (WeightFrom(Weight(1.0)),),
            )
            for place in range(OBJECTIVES)
        ),
        causal_links=(),
        identity_links=(),
        measures=tuple(
            _measure(place, entered, root=root, weight=weights[place]) for place in range(entered + DERIVED)
        ),
        targets=tuple(
            Target(keys[measure], leaf, (TargetPoint(start, float(targets[measure, place])),))
            for measure in range(entered)
            if not is_ratio(measure)
            for place, leaf in enumerate(leaves)
        )
        + tuple(
            Target(keys[measure], root, (TargetPoint(start, RATIO_TARGET),))
            for measure in range(entered)
            if is_ratio(measure)
        )
        + tuple(Target(keys[entered + place], root, (TargetPoint(start, 1.0),)) for place in range(DERIVED)),
        initiatives=(),
        people=(),
    )


def _measure(place: int, entered: int, *, root: str, weight: float) -> Measure:
    key, formula = f"m{place:03}", None
    is_derived = place >= entered
    if is_derived:
        above, below = operands(place - entered, entered)
        formula = f"m{above:03} / m{below:03}"
    divides = is_derived or is_ratio(place)
    distance = Thresholds(ThresholdBasis.DISTANCE, red=RED_DISTANCE)
    share = Thresholds(ThresholdBasis.SHARE, red=RED_SHARE)
    version = MeasureVersion(
        number=1,
        valid_from=None,
        kind=AggregationKind.RATIO if divides else AggregationKind.FLOW,
        unit_of_measure="1" if is_derived else "%" if divides else "piece",
        goal=GoalType.MAXIMISE,
        frequency=Frequency.MONTH,
        thresholds=distance if divides and not is_derived else share,
        role=MeasureRole.LAG,
        tier=Tier.OPERATIONAL,
        owner=None,
        steward=None,
        operational_definition="",
        formula=formula,
        multiplier=100.0 if divides and not is_derived else 1.0,
    )
    objective = ObjectiveShare(f"o{place % OBJECTIVES}", (WeightFrom(Weight(float(weight))),))
    return Measure(key, key, (objective,), UnitSelector(root), (version,))


def _rows(rng: np.random.Generator, entered: int, *, leaves: int, first_leaf: int) -> ObservationRows:
    """Month by month, unit by unit, measure by measure."""
    shape = (MONTHS, leaves, entered)
    ratio = np.arange(entered) % RATIO_EVERY == 0
    denominator = np.where(ratio, rng.integers(40, 160, shape).astype(np.float64), 1.0)
    flow = rng.normal(100.0, 12.0, shape).round(2)
    numerator = np.where(ratio, (denominator * rng.uniform(0.6, 0.99, shape)).round(), flow)
    gappy = ratio | (np.arange(entered) % GAPPY_EVERY == 1)
    missing = gappy & (rng.random(shape) < 0.01)
    month, unit, measure = (axis.ravel() for axis in np.indices(shape, dtype=np.int32))
    return ObservationRows(
        measure=measure.copy(),  # a view would keep all three axes in memory
        series=np.ones(measure.size, dtype=np.int16),
        segment=np.zeros(measure.size, dtype=np.int16),
        unit=(unit + first_leaf).astype(np.int32),
        period=(month + FIRST_MONTH).astype(np.int32),
        numerator=numerator.ravel(),
        denominator=denominator.ravel(),
        why=np.where(missing, int(Why.MISSING_DUE), int(Why.PRESENT)).astype(np.uint8).ravel(),
    )
