"""Small organisations of every shape, for properties: whatever the definitions allow, a folder must be able to say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import strategies as st

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, Frequency, Period
from fourfold.engine.definitions import (
    CausalLink,
    ContributionMode,
    Definitions,
    EvidenceState,
    IdentityLink,
    Initiative,
    InitiativeStatus,
    Measure,
    MeasureRole,
    MeasureVersion,
    Membership,
    Milestone,
    Objective,
    ObjectiveShare,
    Organisation,
    OrgValues,
    Person,
    Perspective,
    PolicyValue,
    RollupMethod,
    Segment,
    Strategy,
    Target,
    TargetPoint,
    Theme,
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
from fourfold.folder import History, canonical

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
KEYS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True).filter(
    lambda key: key != "org"
)
DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 31))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
MONEY = st.decimals(0, 10**12, places=2)


def maybe(strategy):
    return st.none() | strategy


def distinct_keys(draw, most, least=0):
    return draw(st.lists(KEYS, min_size=least, max_size=most, unique=True))


@st.composite
def weights(draw):
    days = sorted(draw(st.sets(DAYS, max_size=2)))
    count = len(days) + 1
    numbers = draw(st.lists(st.floats(0, 100), min_size=count, max_size=count))
    return tuple(WeightFrom(Weight(each), day) for each, day in zip(numbers, [None, *days], strict=True))


@st.composite
def unit_trees(draw):
    keys = distinct_keys(draw, 5, least=1)
    parents = [None] + [draw(st.sampled_from(keys[:place])) for place in range(1, len(keys))]
    listed = {
        key: Unit(key, draw(NAMES), parent, draw(NAMES)) for key, parent in zip(keys, parents, strict=True)
    }

    def nested(parent):
        for unit in listed.values():
            if unit.parent == parent:
                yield unit
                yield from nested(unit.key)

    return tuple(nested(None))


@st.composite
def measure_units(draw, units):
    """A selector of a measure: some units take it from a day on."""
    keys = st.sampled_from([unit.key for unit in units])
    since = draw(st.dictionaries(keys, DAYS, max_size=2))
    return replace(draw(selectors(units)), since=tuple(sorted(since.items())))


@st.composite
def selectors(draw, units):
    keys = st.lists(st.sampled_from([unit.key for unit in units]), max_size=2, unique=True)
    levels = st.lists(st.sampled_from([unit.level for unit in units]), max_size=2, unique=True)
    return UnitSelector(draw(st.sampled_from(units)).key, tuple(draw(levels)), tuple(draw(keys)))


JUDGEMENTS = st.sampled_from(
    [
        {"goal": GoalType.INFORMATIONAL, "thresholds": Thresholds(), "baseline": 0.1 + 0.2},
        {"goal": GoalType.MAXIMISE, "thresholds": Thresholds(), "natural_max": 1e300},
        {
            "goal": GoalType.MINIMISE,
            "thresholds": Thresholds(ThresholdBasis.ABSOLUTE, red=5.25, best=1, worst=7.5),
        },
        {
            "goal": GoalType.MAXIMISE,
            "thresholds": Thresholds(ThresholdBasis.SHARE, red=0.8, best=1.1, worst=0.5),
        },
        {
            "goal": GoalType.EXACT,
            "thresholds": Thresholds(ThresholdBasis.DISTANCE, tolerance=1, red=2, worst=9),
        },
        {
            "goal": GoalType.BAND,
            "thresholds": Thresholds(ThresholdBasis.DISTANCE, tolerance=1),
            "band": (2.0, 8.0),
        },
        {
            "goal": GoalType.ORDINAL,
            "thresholds": Thresholds(),
            "rubric": ((1.0, 0.0), (2.0, 50.0), (3.5, 100.0)),
        },
        {"goal": GoalType.BOOLEAN, "thresholds": Thresholds()},
    ]
)


@st.composite
def versions(draw, people):
    segments = tuple(Segment(key, draw(NAMES)) for key in distinct_keys(draw, 3))
    person = maybe(st.sampled_from(people)) if people else st.none()
    fixed = {
        "kind": draw(st.sampled_from(AggregationKind)),
        "unit_of_measure": draw(st.sampled_from(["%", "EUR", "kEUR/order", "h", "1", "guest"])),
        "frequency": draw(st.sampled_from(Frequency)),
        "segments": segments,
        "segment_dimension": draw(KEYS) if segments else None,
        "multiplier": draw(st.sampled_from([1.0, 100.0, 1e6])),
        "org_values": draw(st.sampled_from(OrgValues)),
    }
    days = [maybe(DAYS), *[DAYS] * draw(st.integers(0, 2))]
    starts = sorted({draw(day) for day in days}, key=lambda day: day or date.min)
    found, series = [], 1
    for number, start in enumerate(starts, start=1):
        series += draw(st.integers(0, 1))
        found.append(
            MeasureVersion(
                number=number,
                valid_from=start,
                **fixed,
                **draw(JUDGEMENTS),
                role=draw(st.sampled_from(MeasureRole)),
                tier=draw(st.sampled_from(Tier)),
                owner=draw(person),
                steward=draw(person),
                operational_definition=draw(TEXTS),
                series=series,
                decimals=draw(st.integers(0, 4)),
                due_days=draw(st.integers(0, 40)),
                grace_periods=draw(st.integers(0, 3)),
                counts_cases=draw(st.booleans()),
                reason=draw(TEXTS),
            )
        )
    return tuple(found)


@st.composite
def targets(draw, measures, units, calendar):
    found = {}
    for _ in range(draw(st.integers(0, 3))) if measures else ():
        measure, unit = draw(st.sampled_from(measures)), draw(st.sampled_from(units))
        version = measure.versions[-1]
        segment = draw(st.sampled_from([None, *(each.key for each in version.segments)]))
        first = calendar.period_of(version.frequency, draw(DAYS)).ordinal
        steps = sorted(draw(st.sets(st.integers(0, 20), min_size=1, max_size=4)))
        found[measure.key, unit.key, segment] = Target(
            measure.key,
            unit.key,
            tuple(
                TargetPoint(Period(version.frequency, first + step), draw(st.floats(0.5, 1e6)))
                for step in steps
            ),
            trajectory=draw(st.sampled_from([Trajectory.STEP, Trajectory.LINEAR])),
            segment=segment,
            origin=draw(TEXTS).strip(),
        )
    return tuple(found.values())


@st.composite
def organisations(draw):
    """Definitions in canonical order."""
    calendar = draw(
        st.sampled_from(
            [
                FiscalCalendar(),
                FiscalCalendar(start_month=4),
                FiscalCalendar(kind=CalendarKind.WEEKS_4_4_5, week_ends_on=6, anchor_month=12),
            ]
        )
    )
    units = draw(unit_trees())
    people = distinct_keys(draw, 2)
    person = maybe(st.sampled_from(people)) if people else st.none()
    perspectives = tuple(
        Perspective(key, draw(NAMES), draw(TEXTS)) for key in distinct_keys(draw, 3, least=2)
    )
    themes = tuple(Theme(key, draw(NAMES), draw(TEXTS)) for key in distinct_keys(draw, 2))
    theme_keys = (
        st.lists(st.sampled_from([each.key for each in themes]), unique=True) if themes else st.just([])
    )
    keys = distinct_keys(draw, 3)
    objectives = tuple(
        Objective(
            key=key,
            name=draw(NAMES),
            description=draw(TEXTS),
            perspective=draw(st.sampled_from(perspectives)).key,
            themes=tuple(draw(theme_keys)),
            owner=draw(person),
            units=draw(selectors(units)),
            weights=draw(weights()),
            contributes_to=((keys[0], draw(st.sampled_from(ContributionMode))),) if place else (),
            rollup=draw(st.sampled_from(RollupMethod)),
        )
        for place, key in enumerate(keys)
    )
    measures = tuple(
        Measure(
            key,
            draw(NAMES),
            tuple(
                ObjectiveShare(each, draw(weights()), draw(st.booleans()))
                for each in keys[: draw(st.integers(0, 2))]
            ),
            draw(measure_units(units)),
            draw(versions(people)),
        )
        for key in sorted(distinct_keys(draw, 3))
    )
    definitions = Definitions(
        organisation=Organisation(
            draw(KEYS), draw(NAMES), "Europe/Lisbon", "EUR", calendar, clock=draw(maybe(DAYS))
        ),
        units=units,
        strategy=Strategy(
            draw(TEXTS), draw(TEXTS), tuple(draw(st.lists(NAMES, max_size=2))), None, draw(maybe(DAYS))
        ),
        perspectives=perspectives,
        themes=themes,
        objectives=objectives,
        causal_links=tuple(
            CausalLink(keys[1], keys[0], sign, lag, "weak", EvidenceState.PLAUSIBLE, draw(TEXTS))
            for sign, lag in [(draw(st.sampled_from([1, -1])), draw(maybe(st.integers(0, 24))))]
            if len(keys) > 1
        ),
        identity_links=tuple(IdentityLink(keys[0], keys[-1], draw(TEXTS)) for _ in keys[:1]),
        measures=measures,
        targets=draw(targets(measures, units, calendar)),
        initiatives=tuple(
            Initiative(
                key,
                draw(NAMES),
                draw(person),
                tuple(keys[:1]),
                None,
                draw(maybe(DAYS)),
                draw(st.sampled_from(InitiativeStatus)),
                milestones=(Milestone(draw(NAMES), draw(DAYS), draw(maybe(DAYS))),),
                budget=draw(maybe(MONEY)),
                spent=draw(maybe(st.just(Decimal("0.10")))),
                description=draw(TEXTS),
            )
            for key in distinct_keys(draw, 2)
        ),
        people=tuple(
            Person(key, draw(NAMES), draw(TEXTS), (Membership("viewer", draw(st.sampled_from(units)).key),))
            for key in people
        ),
        policies=draw(
            st.sampled_from([(), (PolicyValue("score.coverage_min", "0.50", reason="as agreed"),)])
        ),
    )
    return canonical(definitions)


@st.composite
def rows_of(draw, definitions):
    """Rows, some of one key several times, and when each became known."""
    found = []
    for _ in range(draw(st.integers(0, 8))) if definitions.measures else ():
        place = draw(st.integers(0, len(definitions.measures) - 1))
        version = draw(st.sampled_from(definitions.measures[place].versions))
        day = draw(st.dates(date(2024, 1, 1), date(2024, 3, 31)))
        period = definitions.organisation.calendar.period_of(version.frequency, day).ordinal
        segment = draw(st.integers(1, len(version.segments))) if version.segments else 0
        why = draw(st.sampled_from([Why.PRESENT] * 4 + [Why.MISSING_DUE, Why.SUPPRESSED, Why.QUARANTINED]))
        numerator, denominator = draw(NUMBERS), draw(NUMBERS) if version.kind.has_denominator else 1.0
        if why is not Why.PRESENT:
            numerator = denominator = float("nan")
        unit = draw(st.integers(0, len(definitions.units) - 1))
        found.append((place, version.series, segment, unit, period, numerator, denominator, int(why)))
    known = np.cumsum(
        draw(st.lists(st.integers(1, 10**15), min_size=len(found), max_size=len(found)))
    ).astype(np.int64)
    status = draw(st.lists(st.integers(0, 4), min_size=len(found), max_size=len(found)))
    return ObservationRows.of(found), History(known, np.array(status, dtype=np.uint8))


@st.composite
def folders(draw):
    """Definitions, rows and their history."""
    definitions = draw(organisations())
    rows, history = draw(rows_of(definitions))
    return definitions, rows, history
