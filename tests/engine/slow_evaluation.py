"""A second evaluation, one number at a time, written from METHOD §2.6 and DESIGN §5 without a look at the first.

Observed measures with one version only; periods made of whole native ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from fourfold.engine.calendar import FiscalCalendar, Frequency, Grain, GrainPeriod, Period
from fourfold.engine.definitions import Definitions, Measure, OrgValues, Trajectory
from fourfold.engine.quantities import AggregationKind, Why
from fourfold.engine.rows import ObservationRows

COVERAGE_MIN = 0.75
QUOTIENTS = ("ratio", "mean", "net_share", "rate", "index")
STORED_ONLY = ("median", "distinct", "precomputed")


@dataclass(frozen=True)
class Answer:
    """A value or the reason, and how many of the observations due were there."""

    value: float | None
    why: Why
    present: int
    due: int


@dataclass(frozen=True)
class SlowMeasure:
    definitions: Definitions
    measure: Measure
    rows: ObservationRows
    today: date

    @property
    def version(self):
        return self.measure.versions[0]

    @property
    def calendar(self) -> FiscalCalendar:
        return self.definitions.organisation.calendar

    @cached_property
    def observed(self) -> dict[tuple[str, int, int], tuple[float, float, Why]]:
        """(unit, segment, period) → numerator, denominator, why: the last row of each key."""
        place = self.definitions.measures.index(self.measure)
        keys = [unit.key for unit in self.definitions.units]
        found = {}
        for row in range(len(self.rows)):
            if self.rows.measure[row] == place and self.rows.series[row] == self.version.series:
                key = keys[self.rows.unit[row]], int(self.rows.segment[row]), int(self.rows.period[row])
                found[key] = (self.rows.numerator[row], self.rows.denominator[row], Why(self.rows.why[row]))
        return found

    @cached_property
    def selected(self) -> list[str]:
        chosen = []
        for unit in self.definitions.units:
            selector = self.measure.units
            inside = selector.unit in self.path(unit.key)
            inside &= not selector.levels or unit.level in selector.levels
            inside &= not selector.keys or unit.key in selector.keys
            if inside:
                chosen.append(unit.key)
        return chosen

    def path(self, unit: str) -> list[str]:
        parents = {each.key: each.parent for each in self.definitions.units}
        found = [unit]
        while parents[found[-1]] is not None:
            found.append(parents[found[-1]])
        return found

    @cached_property
    def entries(self) -> list[str]:
        if self.version.org_values is OrgValues.ENTERED:
            return self.selected
        return [
            unit
            for unit in self.selected
            if not any(other != unit and unit in self.path(other) for other in self.selected)
        ]

    def sources(self, unit: str) -> list[str]:
        """Whose observations make up a unit's number."""
        if self.version.org_values is OrgValues.ENTERED or self.version.kind in STORED_ONLY:
            return [unit] if unit in self.entries or self.version.kind in STORED_ONLY else []
        return [entry for entry in self.entries if unit in self.path(entry)]

    def exists(self, unit: str, period: Period) -> bool:
        listed = next(each for each in self.definitions.units if each.key == unit)
        first, last = self.calendar.first_day(period), self.calendar.last_day(period)
        return (listed.valid_from or date.min) <= last and (listed.valid_to or date.max) >= first

    def cells(self, unit: str, ordinal: int) -> list[tuple[str, int]]:
        """The (source, segment) pairs owed in a native period."""
        period = Period(self.version.frequency, ordinal)
        owed = []
        for source in self.sources(unit):
            if source not in self.entries:
                row = self.observed.get((source, 0, ordinal))
                if not (
                    row and row[2] is Why.PRESENT and source in self.selected and not self.version.segments
                ):
                    continue
            elif not self.exists(source, period):
                if self.version.kind not in STORED_ONLY or self.version.segments:
                    continue
                row = self.observed.get((source, 0, ordinal))
                if not (row and row[2] is Why.PRESENT):
                    continue
            for segment in range(1, len(self.version.segments) + 1) if self.version.segments else (0,):
                row = self.observed.get((source, segment, ordinal))
                if row and row[2] is Why.NOT_APPLICABLE:
                    continue
                if segment and not self.seen(source, segment, ordinal):
                    continue
                owed.append((source, segment))
        return owed

    def seen(self, unit: str, segment: int, until: int) -> bool:
        """Whether a pair has been observed by then, while the unit existed."""
        return any(
            key[:2] == (unit, segment) and key[2] <= until and row[2] != Why.MISSING_DUE
            and (row[2] is not Why.PRESENT or self.exists(unit, Period(self.version.frequency, key[2])))
            for key, row in self.observed.items()
        )  # fmt: skip

    def present(self, unit: str, ordinal: int) -> list[tuple[float, float]]:
        found = []
        for source, segment in self.cells(unit, ordinal):
            row = self.observed.get((source, segment, ordinal))
            if row and row[2] is Why.PRESENT:
                found.append((float(row[0]), float(row[1])))
        return found

    def counts(self, unit: str, ordinal: int) -> bool:
        expected = len(self.cells(unit, ordinal))
        last = self.calendar.last_day(Period(self.version.frequency, ordinal))
        is_due = last + timedelta(days=self.version.due_days) <= self.today
        return expected > 0 and (is_due or len(self.present(unit, ordinal)) == expected)

    def natives(self, page: GrainPeriod) -> range:
        found = self.calendar.range_map(
            self.version.frequency, page.grain, first=page.ordinal, last=page.ordinal
        )
        assert not found.carried[0]
        return range(int(found.start[0]), int(found.stop[0]))

    def answer(self, unit: str, page: GrainPeriod) -> Answer:
        natives = self.natives(page)
        if self.calendar.first_day(page) > self.today:
            ever = unit in self.selected and any(self.cells(unit, ordinal) for ordinal in natives)
            return Answer(None, Why.NOT_DUE if ever else Why.NOT_APPLICABLE, 0, 0)
        counted = [ordinal for ordinal in natives if self.counts(unit, ordinal)]
        kind = self.version.kind
        if kind in (AggregationKind.STOCK, AggregationKind.INDEX):
            counted = counted[-1:]
        due = sum(len(self.cells(unit, ordinal)) for ordinal in counted)
        parts = [part for ordinal in counted for part in self.present(unit, ordinal)]
        value, why = self.decided(unit, page, natives=natives, due=due, parts=parts)
        return Answer(value, why, len(parts), due)

    def decided(self, unit, page, *, natives, due, parts) -> tuple[float | None, Why]:
        kind, is_cell = self.version.kind, page.grain.value == self.version.frequency.value
        if unit not in self.selected:
            return None, Why.NOT_APPLICABLE
        if kind in STORED_ONLY and unit not in self.entries and due == 0:
            below = [
                ordinal
                for ordinal in natives
                for entry in self.entries
                if self.version.org_values is OrgValues.AGGREGATED and unit in self.path(entry)
                and self.exists(entry, Period(self.version.frequency, ordinal))
                and self.calendar.last_day(Period(self.version.frequency, ordinal))
                + timedelta(days=self.version.due_days) <= self.today
            ]  # fmt: skip
            if below:
                return None, Why.NOT_ADDITIVE
        if due == 0:
            ever = any(self.cells(unit, ordinal) for ordinal in natives)
            return None, Why.NOT_DUE if ever else Why.NOT_APPLICABLE
        if kind in STORED_ONLY and (not is_cell or self.version.segments):
            return None, Why.NOT_ADDITIVE
        if len(parts) < due:
            reason = self.gap(unit, natives, due=due, parts=parts, is_cell=is_cell)
            if reason is not Why.PRESENT:
                return None, reason
        return self.combined(parts)

    def gap(self, unit, natives, *, due, parts, is_cell) -> Why:
        if is_cell and unit in self.entries and not parts:
            row = None if self.version.segments else self.observed.get((unit, 0, natives[0]))
            return row[2] if row else Why.MISSING_DUE
        if self.version.kind not in QUOTIENTS or not parts:
            return Why.MISSING_REQUIRED
        return Why.PRESENT if len(parts) / due >= COVERAGE_MIN else Why.INSUFFICIENT

    def combined(self, parts: list[tuple[float, float]]) -> tuple[float | None, Why]:
        kind = self.version.kind
        if kind in QUOTIENTS:
            total = sum(part[1] for part in parts)
            if total == 0:
                return None, Why.ZERO_DENOMINATOR
            return self.version.multiplier * sum(part[0] for part in parts) / total, Why.PRESENT
        numbers = [part[0] for part in parts]
        choose = {AggregationKind.MAX: max, AggregationKind.MIN: min}.get(kind, sum)
        return choose(numbers), Why.PRESENT

    def target(self, unit: str, ordinal: int) -> float | None:
        """What is wanted of a unit in one native period."""
        own = self.own_target(unit, ordinal)
        if own is not None:
            return own
        if not self.version.kind.is_additive:
            parent = self.path(unit)[1:2]
            inherits = self.version.kind is not AggregationKind.DISTINCT
            return self.target(parent[0], ordinal) if parent and inherits else None
        children = [
            each.key
            for each in self.definitions.units
            if each.parent == unit and self.owes(each.key, ordinal)
        ]
        wanted = [self.target(child, ordinal) for child in children]
        if self.version.kind.is_additive and children and None not in wanted:
            return sum(wanted)
        return None

    def owes(self, unit: str, ordinal: int) -> bool:
        period = Period(self.version.frequency, ordinal)
        if self.version.org_values is OrgValues.ENTERED:
            return unit in self.entries and self.exists(unit, period)
        return any(unit in self.path(entry) and self.exists(entry, period) for entry in self.entries)

    def own_target(self, unit: str, ordinal: int) -> float | None:
        for target in self.definitions.targets:
            if target.measure == self.measure.key and target.unit == unit:
                return _at(target.points, target.trajectory, ordinal)
        return None


def _at(points, trajectory: Trajectory, ordinal: int) -> float | None:
    before = [point for point in points if point.period.ordinal <= ordinal]
    after = [point for point in points if point.period.ordinal > ordinal]
    if not before:
        return None
    if trajectory is Trajectory.STEP or before[-1].period.ordinal == ordinal:
        return before[-1].value
    if not after:
        return None
    start, end = before[-1], after[0]
    passed = (ordinal - start.period.ordinal) / (end.period.ordinal - start.period.ordinal)
    return start.value + (end.value - start.value) * passed


def observed_measures(definitions: Definitions) -> list[Measure]:
    """The measures this evaluation can do."""
    return [
        measure
        for measure in definitions.measures
        if len(measure.versions) == 1 and measure.versions[0].formula is None
    ]


def pages_of(measure: Measure, grains: dict[Grain, range]) -> list[GrainPeriod]:
    """The pages made of whole native periods of a measure."""
    frequency = measure.versions[0].frequency
    fine = {
        Frequency.WEEK: (Grain.MONTH, Grain.QUARTER, Grain.YTD, Grain.YEAR),
        Frequency.MONTH: (Grain.MONTH, Grain.QUARTER, Grain.YTD, Grain.YEAR),
        Frequency.QUARTER: (Grain.QUARTER, Grain.YEAR),
    }[frequency]
    return [GrainPeriod(grain, ordinal) for grain in fine for ordinal in grains[grain]]
