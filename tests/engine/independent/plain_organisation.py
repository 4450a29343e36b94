"""Units, versions and raw rows in dictionaries, and the single questions asked of them."""

from __future__ import annotations

from datetime import date, timedelta

from fourfold.engine.definitions import Definitions, Measure, MeasureVersion, UnitSelector
from fourfold.engine.rows import ObservationRows
from tests.engine.independent.plain_time import first_day, last_day

Observed = tuple[str, float, float]
"""(state, numerator, denominator); the state is a `Why` code."""


class Organisation:
    """One organisation as somebody with a pencil would see it on one day."""

    def __init__(self, definitions: Definitions, rows: ObservationRows, today: date, reasons: dict[int, str]):
        self.definitions = definitions
        self.today = today
        self.units = {unit.key: unit for unit in definitions.units}
        self.children = {key: [u.key for u in definitions.units if u.parent == key] for key in self.units}
        self.measures = {measure.key: measure for measure in definitions.measures}
        self.policies = {policy.key: policy.value for policy in definitions.policies}
        self.rows = dict(self._keyed(rows, reasons))
        self._mortal = {key for key in self.units if any(self._dated(each) for each in self.lineage(key))}
        self._observed: dict[tuple[str, str, int], list[Observed]] = {}
        self._entering: dict[tuple[str, str], list[str]] = {}

    def _keyed(self, rows: ObservationRows, reasons: dict[int, str]):
        measures, units = self.definitions.measures, self.definitions.units
        for place in range(len(rows)):  # a later row of the same key replaces the earlier one
            key = (
                measures[rows.measure[place]].key,
                int(rows.series[place]),
                int(rows.segment[place]),
                units[rows.unit[place]].key,
                int(rows.period[place]),
            )
            yield (
                key,
                (reasons[int(rows.why[place])], float(rows.numerator[place]), float(rows.denominator[place])),
            )

    def lineage(self, unit: str):
        """The unit, its parent, and so on to the root."""
        key: str | None = unit
        while key is not None:
            yield key
            key = self.units[key].parent

    def _dated(self, unit: str) -> bool:
        return self.units[unit].valid_from is not None or self.units[unit].valid_to is not None

    def selects(self, selector: UnitSelector, unit: str) -> bool:
        if selector.unit not in self.lineage(unit):
            return False
        if selector.levels and self.units[unit].level not in selector.levels:
            return False
        return not selector.keys or unit in selector.keys

    def is_alive(self, unit: str, frequency: str, ordinal: int) -> bool:
        """Whether the unit, and everything above it, exists at some time of a period."""
        if unit not in self._mortal:
            return True
        begin, end = first_day(frequency, ordinal), last_day(frequency, ordinal)
        for key in self.lineage(unit):
            since, until = self.units[key].valid_from, self.units[key].valid_to
            if (since and since > end) or (until and until < begin):
                return False
        return True

    def version_on(self, measure: Measure, day: date) -> MeasureVersion | None:
        for version in reversed(measure.versions):
            if version.valid_from is None or version.valid_from <= day:
                return version
        return None

    def is_due(self, version: MeasureVersion, ordinal: int) -> bool:
        owed = last_day(version.frequency.value, ordinal) + timedelta(days=version.due_days)
        return owed <= self.today

    def entering(self, measure: Measure, unit: str, version: MeasureVersion) -> list[str]:
        """The units whose own rows make up a unit's value: the lowest selected ones at or below it."""
        if version.org_values.value == "entered":
            return [unit]
        key = (measure.key, unit)
        if key not in self._entering:
            below = [c for c in self.children[unit] if self.any_selected(measure, c)]
            found = [e for c in below for e in self.entering(measure, c, version)]
            self._entering[key] = found or [unit]
        return self._entering[key]

    def any_selected(self, measure: Measure, unit: str) -> bool:
        if self.selects(measure.units, unit):
            return True
        return any(self.any_selected(measure, child) for child in self.children[unit])

    def observed(self, measure: Measure, unit: str, ordinal: int) -> list[Observed]:
        """Every single row behind a native period's value: entering units × segments, missing ones included."""
        key = (measure.key, unit, ordinal)
        if key not in self._observed:
            self._observed[key] = self._gathered(measure, unit, ordinal)
        return self._observed[key]

    def _gathered(self, measure: Measure, unit: str, ordinal: int) -> list[Observed]:
        frequency = measure.versions[-1].frequency.value
        version = self.version_on(measure, last_day(frequency, ordinal))
        if version is None:
            return []
        missing = "missing_due" if self.is_due(version, ordinal) else "not_due"
        segments = range(1, len(version.segments) + 1) if version.segments else (0,)
        return [
            self.rows.get((measure.key, version.series, segment, each, ordinal), (missing, 0.0, 0.0))
            for each in self.entering(measure, unit, version)
            if self.is_alive(each, frequency, ordinal)
            for segment in segments
        ]
