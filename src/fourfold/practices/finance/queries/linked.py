"""The measures that the strategy map holds to drive an outcome, with their histories beside its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import Definitions
from fourfold.engine.drivers import Elasticity, elasticities
from fourfold.engine.evaluate.native_series import NativeSeries, native_series
from fourfold.engine.quantities import NotComputable, Polarity, Why
from fourfold.practices.finance.queries.looking import Looked

__all__ = [
    "LeftOut",
    "LinkedDriver",
    "LinkedHistory",
    "SkippedDriver",
    "causal_drivers",
    "expected_sign",
    "linked_history",
    "months_of_lag",
]

Floats = NDArray[np.float64]

MOST_DRIVERS = 5  # a joint estimate of more from three years of months says nothing of any
_PERIODS_PER_MONTH = {
    Frequency.MONTH: 1.0,
    Frequency.QUARTER: 1 / 3,
    Frequency.HALF: 1 / 6,
    Frequency.YEAR: 1 / 12,
}


class LeftOut(StrEnum):
    """Why a linked measure takes no part in an estimate."""

    FREQUENCY = "frequency"
    OVERLAPPING = "overlapping"
    ABSENT = "absent"
    STILL = "still"
    TOO_MANY = "too_many"
    MARKET = "market"


@dataclass(frozen=True, slots=True)
class LinkedDriver:
    """One driver on the outcome's periods; its effect is expected `lag` periods later."""

    measure: str
    objective: str
    lag: int
    values: Floats
    targets: Floats


@dataclass(frozen=True, slots=True)
class SkippedDriver:
    """A linked measure without a part, and why."""

    measure: str
    reason: LeftOut


@dataclass(frozen=True, slots=True)
class LinkedHistory:
    """An outcome's periods, oldest first, with its drivers'; only the stretch that may be compared."""

    outcome: NativeSeries
    values: Floats
    targets: Floats
    drivers: tuple[LinkedDriver, ...]
    skipped: tuple[SkippedDriver, ...]

    @property
    def periods_since_estimate(self) -> int:
        """How many periods ago the last changes lie that an estimate can be made of; 0 where there are none."""
        changes = np.stack([np.diff(self.values), *(_late_changes(driver) for driver in self.drivers)])
        known = np.flatnonzero(np.isfinite(changes).all(axis=0))
        return int(changes.shape[1] - 1 - known[-1]) if known.size else 0

    def elasticities(self, *, fewest: int) -> tuple[Elasticity, ...] | NotComputable:
        """Estimated together from these histories; INSUFFICIENT where no driver can take part."""
        if not self.drivers:
            return NotComputable(Why.INSUFFICIENT)
        values = np.stack([driver.values for driver in self.drivers])
        return elasticities(self.values, values, lags=[driver.lag for driver in self.drivers], fewest=fewest)


@dataclass(frozen=True, slots=True)
class _Link:
    measure: str
    objective: str
    lag_months: int
    sign: int


def causal_drivers(definitions: Definitions, outcome: str) -> tuple[str, ...]:
    """The measures of the objectives from which a causal link leads to an objective of this measure, each once.

    Strongest links first, as the map lists them.
    """
    return tuple(dict.fromkeys(link.measure for link in _links(definitions, outcome)))


def months_of_lag(definitions: Definitions, driver: str, *, outcome: str) -> int:
    """How long the map says a driver's effect takes; 0 where it does not say."""
    return next((link.lag_months for link in _links(definitions, outcome) if link.measure == driver), 0)


def expected_sign(definitions: Definitions, driver: str, *, outcome: str) -> int:
    """Which way the map says that the outcome's number moves when the driver's rises: +1, −1; 0 where it says nothing.

    A link's sign speaks of objectives: better here, better there; a measure that should be small is turned around.
    """
    sign = next((link.sign for link in _links(definitions, outcome) if link.measure == driver), 0)
    ways = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}
    wanted = {each.key: each.versions[-1].goal.polarity for each in definitions.measures}
    return sign * ways.get(wanted[driver] or Polarity.BAND, 0) * ways.get(wanted[outcome] or Polarity.BAND, 0)


def _links(definitions: Definitions, outcome: str) -> Iterator[_Link]:
    measure = next(each for each in definitions.measures if each.key == outcome)
    reached = {share.objective for share in measure.objectives}
    leading = [link for link in definitions.causal_links if link.target in reached and not link.feedback]
    order = {"strong": 0, "moderate": 1, "weak": 2}
    for link in sorted(leading, key=lambda each: order.get(each.strength, 3)):
        for each in definitions.measures:
            if each.key != outcome and any(share.objective == link.source for share in each.objectives):
                yield _Link(each.key, link.source, link.lag_months or 0, link.sign)


def linked_history(
    looked: Looked, outcome: str, *, market: Collection[str] = ()
) -> LinkedHistory | NotComputable:
    """Read the outcome and its drivers at the outcome's own frequency; reads the cube.

    Args:
        market: measures that tell of the outcome's market; they count there, and drive nothing (METHOD §8, M4.5).

    Returns: NOT_APPLICABLE where the unit has no such series, OVERLAPPING where neighbouring values share what they
        are made of: such changes are not independent.
    """
    book = looked.evaluation.book
    links: dict[str, _Link] = {}
    for link in _links(book.definitions, outcome):
        links.setdefault(link.measure, link)
    found = {
        series.measure: series
        for series in native_series(
            book, looked.cube, unit=looked.unit, until=looked.shown, measures=[outcome, *links]
        )
    }
    series = found.get(outcome)
    if series is None or not np.isfinite(series.value).any():
        return NotComputable(Why.NOT_APPLICABLE)
    if series.overlaps:
        return NotComputable(Why.OVERLAPPING)
    counted = [link for key, link in links.items() if key not in market]
    drivers, skipped = _told_apart(series, counted, found)
    skipped += tuple(SkippedDriver(key, LeftOut.MARKET) for key in links if key in market)
    stretch = series.stretch == series.stretch[-1]
    drivers, still = _moving(np.where(stretch, series.value, np.nan), drivers)
    return LinkedHistory(
        series,
        np.where(stretch, series.value, np.nan),
        np.where(stretch, series.target, np.nan),
        drivers,
        (*skipped, *still),
    )


def _told_apart(
    outcome: NativeSeries, wanted: list[_Link], found: dict[str, NativeSeries]
) -> tuple[tuple[LinkedDriver, ...], tuple[SkippedDriver, ...]]:
    drivers: list[LinkedDriver] = []
    skipped: list[SkippedDriver] = []
    for link in wanted:
        series = found.get(link.measure)
        reason = _reason(outcome, series)
        if reason is None and len(drivers) == MOST_DRIVERS:
            reason = LeftOut.TOO_MANY
        if reason is not None or series is None:
            skipped.append(SkippedDriver(link.measure, reason or LeftOut.ABSENT))
            continue
        lag = round(link.lag_months * _PERIODS_PER_MONTH[outcome.version.frequency])
        stretch = series.stretch == series.stretch[-1]
        drivers.append(
            LinkedDriver(
                link.measure,
                link.objective,
                lag,
                _on(outcome.ordinals, np.where(stretch, series.value, np.nan), series.ordinals),
                _on(outcome.ordinals, np.where(stretch, series.target, np.nan), series.ordinals),
            )
        )
    return tuple(drivers), tuple(skipped)


def _moving(
    values: Floats, drivers: tuple[LinkedDriver, ...]
) -> tuple[tuple[LinkedDriver, ...], tuple[SkippedDriver, ...]]:
    """Without those that stand still in the periods which all the others and the outcome share."""
    kept, still = list(drivers), list[SkippedDriver]()
    while kept:
        changes = np.stack([np.diff(values), *(_late_changes(driver) for driver in kept)])
        shared = changes[1:, np.isfinite(changes).all(axis=0)]
        if not shared.shape[1]:
            break
        quiet = np.ptp(shared, axis=1) == 0.0
        if not quiet.any():
            break
        still += [SkippedDriver(kept[at].measure, LeftOut.STILL) for at in np.flatnonzero(quiet)]
        kept = [driver for driver, is_quiet in zip(kept, quiet.tolist(), strict=True) if not is_quiet]
    return tuple(kept), tuple(still)


def _late_changes(driver: LinkedDriver) -> Floats:
    changes = np.diff(driver.values)
    moved = np.full_like(changes, np.nan)
    if driver.lag < changes.size:
        moved[driver.lag :] = changes[: changes.size - driver.lag]
    return moved


def _reason(outcome: NativeSeries, series: NativeSeries | None) -> LeftOut | None:
    if series is None or not np.isfinite(series.value).any():
        return LeftOut.ABSENT
    frequency = outcome.version.frequency
    if series.version.frequency is not frequency or frequency not in _PERIODS_PER_MONTH:
        return LeftOut.FREQUENCY
    if series.overlaps:
        return LeftOut.OVERLAPPING
    changes = np.diff(series.value[series.stretch == series.stretch[-1]])
    known = changes[np.isfinite(changes)]
    return LeftOut.STILL if not known.size or (known == known[0]).all() else None


def _on(ordinals: range, values: Floats, own: range) -> Floats:
    """A series on another's periods."""
    moved = np.full(len(ordinals), np.nan)
    for place, ordinal in enumerate(ordinals):
        if ordinal in own:
            moved[place] = values[own.index(ordinal)]
    return moved
