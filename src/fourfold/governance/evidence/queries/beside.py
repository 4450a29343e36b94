"""What is looked at beside a link's own test: its slope, the units below, and whether the outcome moved in time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book, UnitTree
from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.leadlag import (
    Examination,
    Hypothesis,
    Judged,
    NoPanel,
    Panel,
    Series,
    adjusted_p,
    panel,
    slope_of,
    unit_slopes,
)
from fourfold.engine.quantities import NotComputable
from fourfold.engine.time_to_effect import Leading, Moved, time_to_effect
from fourfold.governance.evidence.queries.pairing import Pairing, wanted_of
from fourfold.governance.evidence.queries.series import MONTHS, UnitSeries, windowed

__all__ = ["expected_of", "looked_beside", "lowest_with_values", "pair_of"]

Facts = Mapping[str, object]
Bools = NDArray[np.bool_]


def expected_of(pairing: Pairing, series: UnitSeries) -> Hypothesis:
    """The expectation in the series' periods; a window of months that ends inside a period takes all of it."""
    step = MONTHS[series.grain]
    return Hypothesis(pairing.sign, pairing.lag_from // step, -(-pairing.lag_to // step))


def pair_of(book: Book, pairing: Pairing, *, series: UnitSeries) -> tuple[Series, Series]:
    """Both measures over the months that were registered, else over all."""
    since, until = _months(pairing)
    x, y = (
        windowed(series.by_measure[key], keys=series.keys, since=since, until=until, book=book)
        for key in (pairing.x, pairing.y)
    )
    return x, y


def _months(pairing: Pairing) -> tuple[str, str]:
    known = pairing.registered
    return (known.since, known.until) if known else ("", "")


def looked_beside(
    book: Book, pairings: Sequence[Pairing], *, read: Mapping[str, UnitSeries], found: Mapping[str, Judged]
) -> Mapping[str, Facts]:
    """By the link's key, as JSON takes it; the panels' p are adjusted for one another. No query."""
    looked = {each.key: _panel(book, each, read[each.key]) for each in pairings}
    made = {key: each for key, (each, _units) in looked.items() if isinstance(each, Panel)}
    adjusted = dict(zip(made, adjusted_p([each.p for each in made.values()]), strict=True))
    return {
        each.key: {
            "panel": _panel_facts(looked[each.key], adjusted.get(each.key)),
            "effect": _effect(book, each, read[each.key]),
            "slope": _slope(book, each, read[each.key], judged=found[each.key]),
        }
        for each in pairings
    }


def _panel(book: Book, pairing: Pairing, series: UnitSeries) -> tuple[Panel | NoPanel, Sequence[Facts]]:
    """Over the lowest units with values of both measures, under the definitions of the last period."""
    x, y = (series.everywhere[key] for key in (pairing.x, pairing.y))
    own = pair_of(book, pairing, series=series)
    kept = _inside(book, pairing, series) & _same_way(own[0]) & _same_way(own[1])
    x, y = np.where(kept, x, np.nan), np.where(kept, y, np.nan)
    has: Bools = np.any(np.isfinite(x), axis=1) & np.any(np.isfinite(y), axis=1)
    rows = lowest_with_values(has, units=series.units)
    overlaps = any(series.by_measure[key].overlaps for key in (pairing.x, pairing.y))
    expected = expected_of(pairing, series)
    found = panel(x[rows], y[rows], hypothesis=expected, overlaps=overlaps)
    if isinstance(found, NoPanel):
        return found, ()
    keys = [series.units.keys[row] for row in rows]
    of_units = [
        {
            "unit": keys[each.place],
            **{name: getattr(each, name) for name in ("slope", "low", "high", "share")},
        }
        for each in unit_slopes(x[rows], y[rows], hypothesis=expected)
    ]
    return found, of_units


def _inside(book: Book, pairing: Pairing, series: UnitSeries) -> Bools:
    """The periods that were registered."""
    since, until = _months(pairing)
    everything = Series(np.ones(len(series.keys)))
    return np.isfinite(windowed(everything, keys=series.keys, since=since, until=until, book=book).values)


def _same_way(series: Series) -> Bools:
    """The periods since the definition last changed."""
    if series.editions is None or not series.editions.size:
        return np.ones(series.values.size, dtype=np.bool_)
    changes = np.flatnonzero(np.diff(series.editions))
    return np.arange(series.values.size) > (changes[-1] if changes.size else -1)


def lowest_with_values(has: Bools, *, units: UnitTree) -> list[int]:
    """The units that have values where nothing below them does: none contains another, so no number counts twice."""
    covered = has.copy()
    for place in range(len(units) - 1, 0, -1):
        covered[int(units.parent[place])] |= covered[place]
    return [
        place
        for place in range(len(units))
        if has[place] and not any(covered[child] for child in units.children(place))
    ]


def _panel_facts(looked: tuple[Panel | NoPanel, Sequence[Facts]], adjusted: float | None) -> Facts:
    found, of_units = looked
    if isinstance(found, NoPanel):
        return {"why": found.why.code, "units": found.units, "unit_periods": found.unit_periods}
    return {
        "why": "",
        "slope": found.slope,
        "error": found.error,
        "low": found.low,
        "high": found.high,
        "p": found.p,
        "adjusted_p": adjusted,
        "units": found.units,
        "periods": found.periods,
        "unit_periods": found.unit_periods,
        "of_units": list(of_units),
    }


def _slope(book: Book, pairing: Pairing, series: UnitSeries, *, judged: Judged) -> Facts:
    if not isinstance(judged.found, Examination):
        return {"why": judged.found.why.code}
    x, y = pair_of(book, pairing, series=series)
    slope = slope_of(x, y, found=judged.found)
    if isinstance(slope, NotComputable):
        return {"why": slope.reason.code}
    found = {"why": "", "value": slope.value, "error": slope.error, "degrees": slope.degrees}
    return {**found, "seen": _seen(series.by_measure[pairing.x])}


def _seen(x: Series) -> Mapping[str, float]:
    """Between which values the cause ever was as it is measured now, and its last: how far a simulation may reach."""
    known = x.values[_same_way(x) & np.isfinite(x.values)]
    if not known.size:
        return {}
    return {"low": float(known.min()), "high": float(known.max()), "last": float(known[-1])}


def _effect(book: Book, pairing: Pairing, series: UnitSeries) -> Facts:
    wanted = wanted_of(book, pairing.x)
    if not wanted:
        return {"why": "no_direction"}
    x, y = pair_of(book, pairing, series=series)
    leading = Leading(x.values, series.targets[pairing.x], wanted)
    lag = expected_of(pairing, series).lag_to
    least = int(book.policies.number("spc.min_points.trial"))
    outcome = np.where(_same_way(y), y.values, np.nan)
    found = time_to_effect(leading, outcome, lag=lag, expected=pairing.sign * wanted, least=least)
    if x.overlaps or y.overlaps:
        return {"why": "overlapping"}
    if not np.isfinite(leading.targets).any():
        return {"why": "no_target"}
    if isinstance(found, NotComputable):
        return {"why": found.reason.code}
    told: dict[str, object] = {"why": "", "moved": found.moved.value, "lag": lag}
    if found.moved is Moved.NOT_REACHED:
        return told
    told |= {name: _key(book, series, getattr(found, name)) for name in ("reached", "until", "fell_short")}
    if found.moved is Moved.WAITING:
        return told
    numbers = {name: getattr(found, name) for name in ("before", "after", "lower", "upper", "used")}
    return {
        **told,
        **{name: each if math.isfinite(each) else None for name, each in numbers.items()},
        "signal": _key(book, series, found.signal),
    }


def _key(book: Book, series: UnitSeries, place: int) -> str:
    """How a period is spelled, also one that has not ended; empty for none."""
    if place < 0:
        return ""
    ordinal = series.ordinals[0] + place
    return book.timeline.calendar.key_of(GrainPeriod(series.grain, ordinal))
