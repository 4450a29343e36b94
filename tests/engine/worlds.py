"""Small organisations drawn at random: every kind, gaps, segments, formulas, several grains, odd unit trees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, Frequency, Period
from fourfold.engine.definitions import (
    Definitions,
    FormulaOrder,
    Measure,
    MeasureRole,
    MeasureVersion,
    MissingOperand,
    Objective,
    ObjectiveShare,
    Organisation,
    OrgValues,
    Perspective,
    PolicyValue,
    RollupMethod,
    Segment,
    Strategy,
    Target,
    TargetPoint,
    ThresholdBasis,
    Thresholds,
    Tier,
    Trajectory,
    Unit,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.quantities import AggregationKind, GoalType, Weight, Why
from fourfold.engine.rows import ObservationRows

TODAY = date(2026, 5, 20)
MONTHS = range(2025 * 12, 2026 * 12 + 12)
LEVELS = ("company", "region", "site")
REASONS = (Why.MISSING_DUE, Why.MISSING_DUE, Why.QUARANTINED, Why.SUPPRESSED, Why.NOT_APPLICABLE)


@dataclass(frozen=True)
class World:
    """Definitions and the rows observed."""

    definitions: Definitions
    rows: ObservationRows


def world(seed: int) -> World:
    """The same organisation for the same seed."""
    dice = Random(seed)
    units = _units(dice)
    calendar = FiscalCalendar(
        kind=dice.choice((CalendarKind.GREGORIAN, CalendarKind.GREGORIAN, CalendarKind.WEEKS_4_4_5)),
        start_month=dice.choice((1, 1, 4)),
    )
    objectives = tuple(_objective(dice, number, units) for number in range(3))
    measures = _measures(dice, units)
    definitions = Definitions(
        organisation=Organisation("org", "Org", "UTC", "EUR", calendar),
        units=units,
        strategy=Strategy("", "", (), None, None),
        perspectives=(Perspective("inside", "Inside"), Perspective("outside", "Outside")),
        themes=(),
        objectives=objectives,
        causal_links=(),
        identity_links=(),
        measures=measures,
        targets=tuple(target for measure in measures for target in _targets(dice, measure, units)),
        initiatives=(),
        people=(),
        policies=(PolicyValue("score.total", dice.choice(("on", "off"))),),
    )
    return World(definitions, ObservationRows.of(_rows(dice, definitions)))


def _units(dice: Random) -> tuple[Unit, ...]:
    units = [Unit("u0", "Root", None, LEVELS[0])]
    for number in range(1, dice.randint(2, 9)):
        parent = dice.choice(units)
        level = LEVELS[min(LEVELS.index(parent.level) + 1, 2)]
        since = dice.choice((None, None, None, date(2025, 6, 15)))
        until = dice.choice((None, None, None, date(2026, 2, 10)))
        units.append(Unit(f"u{number}", f"Unit {number}", parent.key, level, since, until))
    tail = units[1:]
    return (units[0], *sorted(tail, key=lambda _: dice.random()))


def _selector(dice: Random, units: tuple[Unit, ...]) -> UnitSelector:
    return dice.choice(
        (
            UnitSelector("u0"),
            UnitSelector("u0"),
            UnitSelector("u0", levels=("site",)),
            UnitSelector("u0", levels=("company", "site")),
            UnitSelector(dice.choice(units).key),
            UnitSelector("u0", keys=tuple(unit.key for unit in units if dice.random() < 0.5)),
        )
    )


def _objective(dice: Random, number: int, units: tuple[Unit, ...]) -> Objective:
    return Objective(
        key=f"o{number}",
        name=f"Objective {number}",
        description="",
        perspective=dice.choice(("inside", "outside")),
        themes=(),
        owner=None,
        units=_selector(dice, units),
        weights=_weights(dice),
        rollup=dice.choice((RollupMethod.ARITHMETIC, RollupMethod.ARITHMETIC, *RollupMethod)),
    )


def _weights(dice: Random) -> tuple[WeightFrom, ...]:
    first = WeightFrom(Weight(dice.choice((1.0, 2.0, 0.3))))
    later = WeightFrom(Weight(dice.choice((0.0, 1.5))), date(2026, 1, 1))
    return (first, later) if dice.random() < 0.4 else (first,)


def _measures(dice: Random, units: tuple[Unit, ...]) -> tuple[Measure, ...]:
    observed = [_observed(dice, number, units) for number in range(dice.randint(2, 5))]
    names = [f"m{number}" for number in range(len(observed))]
    texts = (
        "{a} + {b}",
        "ratio({a}, {b})",
        "{a} - lag({a}, 1)",
        "ytd({a})",
        "rolling({b}, 3)",
        "max({a}, last({b}))",
    )
    formulas = []
    for number in range(dice.randint(0, 3)):
        readable = [*names, *(f"f{earlier}" for earlier in range(number))]
        text = dice.choice(texts).format(a=dice.choice(readable), b=dice.choice(readable))
        formulas.append(_computed(dice, number, units, text))
    return (*observed, *formulas)


def _version(dice: Random, *, kind: AggregationKind, frequency: Frequency, **more: object) -> MeasureVersion:
    goal = dice.choice(
        (
            GoalType.MAXIMISE,
            GoalType.MAXIMISE,
            GoalType.MINIMISE,
            GoalType.BAND,
            GoalType.EXACT,
            GoalType.INFORMATIONAL,
        )
    )
    two_sided = goal in (GoalType.BAND, GoalType.EXACT)
    basis = dice.choice((ThresholdBasis.SHARE, ThresholdBasis.DISTANCE))
    thresholds = Thresholds()
    if two_sided:
        thresholds = Thresholds(ThresholdBasis.DISTANCE, red=8.0, tolerance=3.0)
    elif basis is ThresholdBasis.DISTANCE:
        thresholds = Thresholds(basis, red=5.0, best=dice.choice((None, 9.0)))
    fields: dict[str, object] = {
        "number": 1,
        "valid_from": None,
        "kind": kind,
        "unit_of_measure": "1",
        "goal": goal,
        "frequency": frequency,
        "thresholds": thresholds,
        "role": MeasureRole.LAG,
        "tier": Tier.MANAGEMENT,
        "owner": None,
        "steward": None,
        "operational_definition": "",
        "multiplier": dice.choice((1.0, 100.0)) if kind.has_denominator else 1.0,
        "org_values": dice.choice((OrgValues.AGGREGATED, OrgValues.AGGREGATED, OrgValues.ENTERED)),
        "due_days": dice.choice((0, 0, 25)),
        "grace_periods": dice.choice((0, 1)),
        "band": (40.0, 60.0) if goal is GoalType.BAND else None,
        "natural_max": dice.choice((None, None, 2000.0)),
    }
    return MeasureVersion(**(fields | more))  # type: ignore[arg-type]


def _observed(dice: Random, number: int, units: tuple[Unit, ...]) -> Measure:
    kind = dice.choice((*AggregationKind, AggregationKind.FLOW, AggregationKind.RATIO))
    frequency = dice.choice(
        (Frequency.MONTH, Frequency.MONTH, Frequency.MONTH, Frequency.QUARTER, Frequency.WEEK)
    )
    segments = (Segment("a", "A"), Segment("b", "B")) if dice.random() < 0.25 else ()
    first = _version(dice, kind=kind, frequency=frequency, segments=segments)
    versions = [first]
    if dice.random() < 0.3:
        again = {
            "number": 2,
            "valid_from": date(2025, 11, 1),
            "series": dice.choice((1, 2)),
            "segments": segments,
        }
        versions.append(_version(dice, kind=kind, frequency=frequency, **again))
    return _measure(dice, f"m{number}", units, tuple(versions))


def _computed(dice: Random, number: int, units: tuple[Unit, ...], text: str) -> Measure:
    version = _version(
        dice,
        kind=dice.choice((AggregationKind.FLOW, AggregationKind.STOCK, AggregationKind.RATE)),
        frequency=Frequency.MONTH,
        formula=text,
        formula_order=dice.choice(
            (FormulaOrder.OPERANDS_FIRST, FormulaOrder.OPERANDS_FIRST, FormulaOrder.RESULTS_FIRST)
        ),
        missing_operand=dice.choice(tuple(MissingOperand)),
    )
    return _measure(dice, f"f{number}", units, (version,))


def _measure(
    dice: Random, key: str, units: tuple[Unit, ...], versions: tuple[MeasureVersion, ...]
) -> Measure:
    shares = tuple(
        ObjectiveShare(f"o{number}", _weights(dice), critical=dice.random() < 0.2)
        for number in range(3)
        if dice.random() < 0.6
    )
    return Measure(key, key.upper(), shares, _selector(dice, units), versions)


def _targets(dice: Random, measure: Measure, units: tuple[Unit, ...]) -> list[Target]:
    frequency = measure.versions[0].frequency
    first, middle = {
        Frequency.MONTH: (MONTHS.start, MONTHS.start + 8),
        Frequency.QUARTER: (2025 * 4, 2025 * 4 + 3),
        Frequency.WEEK: (date(2024, 12, 30).toordinal() // 7, date(2025, 9, 1).toordinal() // 7),
    }[frequency]
    found = []
    for unit in units:
        if dice.random() < 0.5:
            ends = [TargetPoint(Period(frequency, first), dice.choice((40.0, 50.0, 0.1, 33.3)))]
            if dice.random() < 0.4:
                ends.append(TargetPoint(Period(frequency, middle), dice.choice((60.0, 55.7))))
            red = dice.choice((None, None, None, 20.0))
            trajectory = dice.choice((Trajectory.STEP, Trajectory.STEP, Trajectory.LINEAR))
            found.append(Target(measure.key, unit.key, tuple(ends), trajectory, red=red))
    return found


def _rows(dice: Random, definitions: Definitions) -> list[tuple[int, int, int, int, int, float, float, int]]:
    axes = {
        Frequency.MONTH: [*MONTHS][:18],
        Frequency.QUARTER: [*range(2025 * 4, 2025 * 4 + 6)],
        Frequency.WEEK: [*range(date(2025, 1, 6).toordinal() // 7, date(2026, 5, 11).toordinal() // 7)],
    }
    rows = []
    for place, measure in enumerate(definitions.measures):
        fullness = dice.choice((1.0, 0.97, 0.8))
        by_series = {version.series: version for version in measure.versions if version.formula is None}
        for version in by_series.values():
            for period in axes[version.frequency]:
                for unit in range(len(definitions.units)):
                    for segment in range(1, len(version.segments) + 1) if version.segments else (0,):
                        if dice.random() < fullness:
                            rows.append(
                                observation(dice, (place, version.series, segment, unit, period), version)
                            )
    return rows


def observation(
    dice: Random, key: tuple[int, int, int, int, int], version: MeasureVersion
) -> tuple[int, int, int, int, int, float, float, int]:
    """A row for a key, now and then without a usable number."""
    numerator = dice.choice((0.0, -0.0, round(dice.uniform(-20, 100), 2), dice.uniform(0, 100)))
    denominator = dice.choice((0.0, 3.0, dice.uniform(1, 100))) if version.kind.has_denominator else 1.0
    why = dice.choice(REASONS) if dice.random() < 0.03 else Why.PRESENT
    return (*key, numerator, denominator, int(why))
