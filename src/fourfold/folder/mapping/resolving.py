"""What the words of a file name in the definitions; each distinct word is looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import Period, PeriodUnknown
from fourfold.engine.definitions import Definitions, MeasureVersion
from fourfold.engine.quantities import UnknownUnitOfMeasure, Why, unit_of_measure
from fourfold.folder.finding import did_you_mean
from fourfold.folder.mapping.dates import PeriodFormat, PeriodTexts
from fourfold.folder.mapping.number_marks import meanings_of_mark

__all__ = [
    "NOTHING_UNSEEN",
    "RELEASE_STATUSES",
    "Dated",
    "Resolver",
    "Unseen",
    "obs_status",
    "release_status",
]

RELEASE_STATUSES = ("", "flash", "provisional", "final", "restated")
"""METHOD M4.6, in the order of a value's life; the position is its code, 0 where nobody said."""

# SDMX code list CL_OBS_STATUS 2.2, and the states of METHOD §2.5 by name.
_OBS_STATUS: Mapping[str, Why] = {
    **dict.fromkeys(("", "A", "B", "D", "E", "F", "G", "I", "P", "U", "V", "present"), Why.PRESENT),
    **dict.fromkeys(("H", "L", "M", "O", "S", "withdrawn"), Why.MISSING_DUE),
    **dict.fromkeys(("Q", "suppressed"), Why.SUPPRESSED),
    "quarantined": Why.QUARANTINED,
    "not_applicable": Why.NOT_APPLICABLE,
    "stale": Why.STALE,
}
_ALWAYS, _NEVER = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Dated:
    """A period text read for one measure: the version valid at its end (a place in `versions`), or what is wrong."""

    version: int
    ordinal: int
    first_day: int
    last_day: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Unseen:
    """Keys of what whoever brings the file may not know of: to them it is as if it were not there (decision 21)."""

    units: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.units or self.measures)


NOTHING_UNSEEN = Unseen()


@dataclass(slots=True)
class Resolver:
    """Names → positions, for one set of definitions and one way of writing periods; what is `unseen` has no name.

    `first_days`: where a unit takes a measure only from a day on; measure × number of units + unit, ascending, and the
    ordinal of the day.
    """

    definitions: Definitions
    period_format: PeriodFormat
    unseen: Unseen = NOTHING_UNSEEN
    versions: list[MeasureVersion] = field(default_factory=list)
    first_days: tuple[NDArray[np.int64], NDArray[np.int32]] = field(init=False)
    _first_version: list[int] = field(default_factory=list)
    _measures: dict[str, int] = field(default_factory=dict)
    _units: dict[str, int] = field(default_factory=dict)
    _dated: dict[tuple[int, PeriodTexts], Dated] = field(default_factory=dict)

    def __post_init__(self) -> None:
        measures = _places(measure.key for measure in self.definitions.measures)
        units = _places(unit.key for unit in self.definitions.units)
        self._measures = {key: place for key, place in measures.items() if key not in self.unseen.measures}
        self._units = {key: place for key, place in units.items() if key not in self.unseen.units}
        for measure in self.definitions.measures:
            self._first_version.append(len(self.versions))
            self.versions.extend(measure.versions)
        self.first_days = self._first_days(measures, units)

    def measure(self, key: str) -> int:
        """The measure's position, -1 where there is none."""
        return self._measures.get(key, -1)

    def unit(self, key: str) -> int:
        """The unit's position, -1 where there is none."""
        return self._units.get(key, -1)

    def advice(self, kind: str, key: str) -> str:
        """What to do about an unknown key."""
        known = self._measures if kind == "measure" else self._units
        if not key:
            return f"Fill in the {kind}, give it as a constant, or ignore the row with a reason."
        return did_you_mean(
            key, known, otherwise=f"Define the {kind}, translate the text, or ignore it with a reason."
        )

    def dated(self, measure: int, texts: PeriodTexts) -> Dated:
        """The period and version a text means for a measure."""
        found = self._dated.get((measure, texts))
        if found is None:
            found = self._dated[measure, texts] = self._read_period(measure, texts)
        return found

    def segment(self, version: int, key: str) -> int:
        """1-based position of a segment; 0 for the total; -1 where the version has no such segment."""
        keys = [segment.key for segment in self.versions[version].segments]
        if not key:
            return -1 if keys else 0
        return keys.index(key) + 1 if key in keys else -1

    def segment_keys(self, version: int) -> list[str]:
        """The segments a version declares."""
        return [segment.key for segment in self.versions[version].segments]

    def is_same_unit_of_measure(self, version: int, text: str) -> bool:
        """Whether values written in that unit of measure need no conversion."""
        try:
            return unit_of_measure(text).is_addable_to(
                unit_of_measure(self.versions[version].unit_of_measure)
            )
        except UnknownUnitOfMeasure:
            return False

    def fits_mark(self, version: int, mark: str, *, role: str) -> bool:
        """Whether a mark says nothing else than the measure; beside a part of a value it is the reported currency."""
        meanings = meanings_of_mark(mark)
        if role not in ("value", "target"):
            return self.definitions.organisation.currency in meanings
        stated = self.versions[version].unit_of_measure
        own = (unit_of_measure(stated), unit_of_measure(stated.partition("/")[0]))
        return any(unit_of_measure(each).is_addable_to(unit) for each in meanings for unit in own)

    def unit_lives(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """First and last day of each unit, as day ordinals."""
        units = self.definitions.units
        first = [unit.valid_from.toordinal() if unit.valid_from else _ALWAYS for unit in units]
        last = [unit.valid_to.toordinal() if unit.valid_to else _NEVER for unit in units]
        return np.array(first, dtype=np.int32), np.array(last, dtype=np.int32)

    def _first_days(
        self, measures: Mapping[str, int], units: Mapping[str, int]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        days = {
            measures[measure.key] * len(units) + units[unit]: day.toordinal()
            for measure in self.definitions.measures
            for unit, day in measure.units.since
        }
        pairs = sorted(days)
        return np.array(pairs, dtype=np.int64), np.array([days[pair] for pair in pairs], dtype=np.int32)

    def _read_period(self, measure: int, texts: PeriodTexts) -> Dated:
        """The newest version that reads the text and is valid at the period's end; else the oldest that reads it."""
        calendar = self.definitions.organisation.calendar
        start = self._first_version[measure]
        versions = self.definitions.measures[measure].versions
        found, problem = None, ""
        for number in reversed(range(len(versions))):
            try:
                period = self.period_format.read(
                    texts, frequency=versions[number].frequency, calendar=calendar
                )
            except PeriodUnknown as refusal:
                problem = problem or str(refusal)
                continue
            found = self._dated_as(period, start + number)
            valid_from = versions[number].valid_from
            if valid_from is None or valid_from.toordinal() <= found.last_day:
                return found
        return found or Dated(-1, 0, 0, 0, problem)

    def _dated_as(self, period: Period, version: int) -> Dated:
        calendar = self.definitions.organisation.calendar
        first, last = calendar.first_day(period), calendar.last_day(period)
        return Dated(version, period.ordinal, first.toordinal(), last.toordinal())


def _places(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def obs_status(text: str) -> int:
    """The `Why` an observation status stands for, -1 where it is none."""
    why = _OBS_STATUS.get(text)
    return -1 if why is None else int(why)


def release_status(text: str) -> int:
    """The code of a release status, -1 where it is none."""
    return RELEASE_STATUSES.index(text) if text in RELEASE_STATUSES else -1
