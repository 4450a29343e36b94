"""Every measure of a unit at its own frequency, as pages evaluate it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from fourfold.engine.calendar import FiscalCalendar, Grain, GrainPeriod, Period
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate.native_series import NativeSeries, native_series
from fourfold.engine.policies import Policies
from fourfold.engine.quantities import Why
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["ChartPlace", "SeriesTable", "series_in", "series_now"]

REMEMBERED = 64
"""Units and periods kept per process and cube: about a hundred kB each."""


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """Whose chart, up to which period, and as known when (a day's text; empty: now)."""

    measure: str
    unit: str
    period: str
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """What the unit's own measures did up to the end of a page, by key. `today` is the day that counts as today.

    `kept` is for what follows from nothing but these series (limits, signals): they are made once for a place of the
    ledger.
    """

    unit: str
    unit_name: str
    shown: GrainPeriod
    today: date
    calendar: FiscalCalendar
    policies: Policies
    series: Mapping[str, NativeSeries]
    names: Mapping[str, str]
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def period(self, series: NativeSeries, place: int) -> Period:
        """The period at a place of a series; −1 is the last."""
        return Period(series.version.frequency, series.ordinals[place])


# A series follows from the cube at one seq and changes with the next one: nothing here outlives a row of the ledger or
# a change of definitions (which makes another cube). Read and written under the lock that `known` holds.
_tables: WeakKeyDictionary[Cube, OrderedDict[Hashable, SeriesTable]] = WeakKeyDictionary()


def series_in(
    unit: str, period: str, *, scope: Scope, at: datetime, as_of: datetime | None = None
) -> SeriesTable:
    """The closed periods of the unit's measures up to the page's end, as known now or `as_of` a moment.

    Costs one query when nothing changed; the arithmetic once for a place of the ledger.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with known(at, as_of=as_of) as cube:
        place = visible_unit(cube.book, unit, scope=scope)
        shown = grain_period(cube.book, period)
        if shown.ordinal not in cube.book.timeline.ordinals(shown.grain.frequency):
            raise PeriodNotCovered(period=period)
        return _table(cube, place, shown=shown)


def series_now(unit: str, *, scope: Scope, at: datetime) -> SeriesTable:
    """All closed periods of the unit's measures: what a decision is held against, whichever page it was made on.

    Raises:
        NotFounded, UnitUnknown, OutOfScope.
    """
    with known(at) as cube:
        place = visible_unit(cube.book, unit, scope=scope)
        return _table(cube, place, shown=cube.book.timeline.calendar.page_of(Grain.MONTH, cube.today))


def _table(cube: KnownCube, unit: str, *, shown: GrainPeriod) -> SeriesTable:
    tables = _tables.setdefault(cube.cube, OrderedDict())
    key = (cube.seq, cube.today, unit, shown)
    if key not in tables:
        tables[key] = _read(cube, unit, shown=shown)
        while len(tables) > REMEMBERED:
            tables.popitem(last=False)
    tables.move_to_end(key)
    return tables[key]


def _read(cube: KnownCube, unit: str, *, shown: GrainPeriod) -> SeriesTable:
    book = cube.book
    found = native_series(book, cube.cube, unit=unit, until=shown)
    return SeriesTable(
        unit=unit,
        unit_name=next(each.name for each in book.definitions.units if each.key == unit),
        shown=shown,
        today=cube.today,
        calendar=book.timeline.calendar,
        policies=book.policies,
        # What belongs to the unit was declared by it or above it, and so is known to whoever sees the unit.
        series={each.measure: each for each in found if (each.why != Why.NOT_APPLICABLE).any()},
        names={each.key: each.name for each in book.definitions.measures},
    )
