"""A book of a few lines: one company with two sites, measures by keyword, observations by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fourfold.engine.book import Book, compile_book
from fourfold.engine.calendar import FiscalCalendar, Frequency, Grain
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import (
    Definitions,
    Measure,
    MeasureRole,
    MeasureVersion,
    Objective,
    ObjectiveShare,
    Organisation,
    Perspective,
    PolicyValue,
    Strategy,
    Target,
    TargetPoint,
    Thresholds,
    Tier,
    Unit,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.quantities import AggregationKind, GoalType, Weight, Why
from fourfold.engine.rows import ObservationRows

CALENDAR = FiscalCalendar()
TODAY = date(2026, 10, 8)
EVER = (WeightFrom(Weight(1.0)),)
VERSION = MeasureVersion(
    number=1,
    valid_from=None,
    kind=AggregationKind.FLOW,
    unit_of_measure="1",
    goal=GoalType.MAXIMISE,
    frequency=Frequency.MONTH,
    thresholds=Thresholds(),
    role=MeasureRole.LAG,
    tier=Tier.EXECUTIVE,
    owner=None,
    steward=None,
    operational_definition="",
)
COMPANY = (
    Unit("company", "Company", None, "company"),
    Unit("north", "North", "company", "site"),
    Unit("south", "South", "company", "site"),
)


def measure(key: str, *versions: MeasureVersion, critical: bool = False, **fields: object) -> Measure:
    """A measure of every unit, under the one objective; fields of its version by name."""
    listed = versions or (replace(VERSION, **fields),)
    return Measure(
        key, key.title(), (ObjectiveShare("grow", EVER, critical),), UnitSelector("company"), listed
    )


def target(key: str, unit: str, value: float, *, since: str = "2025-01", red: float | None = None) -> Target:
    """A step from a period on."""
    return Target(key, unit, (TargetPoint(CALENDAR.parse(since), value),), red=red)


def definitions(
    *measures: Measure,
    targets: Sequence[Target] = (),
    units: Sequence[Unit] = COMPANY,
    policies: Sequence[PolicyValue] = (),
) -> Definitions:
    """One perspective, one objective."""
    return Definitions(
        organisation=Organisation("acme", "Acme", "UTC", "EUR", CALENDAR),
        units=tuple(units),
        strategy=Strategy("", "", (), None, None),
        perspectives=(Perspective("financial", "Financial"),),
        themes=(),
        objectives=(Objective("grow", "Grow", "", "financial", (), None, UnitSelector("company"), EVER),),
        causal_links=(),
        identity_links=(),
        measures=tuple(measures),
        targets=tuple(targets),
        initiatives=(),
        people=(),
        policies=tuple(policies),
    )


def observations(written: Definitions, text: str) -> ObservationRows:
    """One row a line: measure, unit, period, value [/ denominator], or a reason; `#2` after the measure: series 2."""
    measures, units = [each.key for each in written.measures], [each.key for each in written.units]
    rows = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, unit, period, *parts = line.split()
        key, _, series = name.partition("#")
        key, _, segment = key.partition(":")
        place = (measures.index(key), int(series or 1), int(segment or 0), units.index(unit))
        ordinal = CALENDAR.parse(period).ordinal
        if parts[0][0].isalpha():
            rows.append((*place, ordinal, 0.0, 1.0, int(Why[parts[0].upper()])))
        else:
            denominator = float(parts[2]) if len(parts) > 1 else 1.0
            rows.append((*place, ordinal, float(parts[0]), denominator, 0))
    return ObservationRows.of(rows)


def book(written: Definitions, *, today: date = TODAY, first: date = date(2025, 1, 1)) -> Book:
    """Compiled, from 2025 on."""
    return compile_book(written, today=today, first=first)


def evaluated(
    written: Definitions, text: str, *, today: date = TODAY, first: date = date(2025, 1, 1)
) -> Evaluation:
    """Every grain a page may have."""
    compiled = book(written, today=today, first=first)
    cube = Cube.of(compiled, observations(written, text), backend="numpy")
    return evaluate(
        compiled, cube, grains=(Grain.MONTH, Grain.QUARTER, Grain.YTD, Grain.YEAR), backend="numpy"
    )


def cell(evaluation: Evaluation, key: str, unit: str, period: str) -> dict[str, object]:
    """What is known about a measure on a page."""
    page = CALENDAR.parse_grain(period)
    results = evaluation.at(page.grain)
    where = (evaluation.measure_index(key), results.position(page.ordinal), evaluation.units.index(unit))
    found = {name: getattr(results.measures, name)[where] for name in results.measures.__slots__}
    return found | {name: Why(found[name]) for name in ("why", "target_why", "score_why")}


def value(evaluation: Evaluation, key: str, unit: str, period: str) -> object:
    """The value, or why there is none."""
    found = cell(evaluation, key, unit, period)
    return float(found["value"]) if found["why"] is Why.PRESENT else found["why"]
