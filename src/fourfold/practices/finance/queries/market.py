"""What the market did to an outcome, period by period, as the chosen measures tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate.native_series import NativeSeries, native_series
from fourfold.engine.variance import Market, market_variance
from fourfold.practices.finance.queries.looking import Looked
from fourfold.practices.finance.queries.market_choices import ChosenMarket, MarketKind

__all__ = ["Outside", "OutsideParts", "outside_of"]

Floats = NDArray[np.float64]
PER_CENT = 100.0


@dataclass(frozen=True, slots=True)
class OutsideParts:
    """In the measure's unit: what came from outside, and what one's share of the market made."""

    external: float
    share: float


@dataclass(frozen=True, slots=True)
class Outside:
    """`choice` is the one that holds in the shown period, `shown` what it comes to there; None: nobody knows.

    `missing` are the keys of the chosen measures that lack a value or a target there, `parts` those of every period,
    by ordinal.
    """

    choice: ChosenMarket | None = None
    shown: OutsideParts | None = None
    missing: tuple[str, ...] = ()
    parts: Mapping[int, OutsideParts] = field(default_factory=dict)

    @property
    def told_by(self) -> frozenset[str]:
        """The measures that tell of the market: none of them drives the outcome beside it (METHOD §8)."""
        if self.choice is None:
            return frozenset()
        return frozenset({self.choice.size, self.choice.share, self.choice.other} - {""})

    @property
    def has_share(self) -> bool:
        """Whether one's share of the market is told apart."""
        return self.choice is not None and bool(self.choice.share)

    @property
    def beyond_control(self) -> frozenset[str]:
        """Those that nobody here answers for: all but one's own share."""
        return self.told_by - ({self.choice.share} if self.choice else set())

    def left_in(self, ordinals: range) -> Floats:
        """What to take from each period's variance; NaN where it is not known; nothing where nothing is chosen."""
        if not self.parts:
            return np.zeros(len(ordinals))
        known = [self.parts.get(ordinal) for ordinal in ordinals]
        return np.array([np.nan if part is None else part.external + part.share for part in known])


def outside_of(looked: Looked, choices: tuple[ChosenMarket, ...]) -> Outside:
    """Read the chosen measures in the unit up to the shown period; reads the cube."""
    calendar = looked.evaluation.book.timeline.calendar
    begins = [(choice.begins(calendar), choice) for choice in choices]

    def holding(ordinal: int) -> ChosenMarket | None:
        day = calendar.first_day(GrainPeriod(looked.shown.grain, ordinal))
        return next((choice for first, choice in reversed(begins) if first <= day), None)

    told = _read(looked, choices)
    ordinals = looked.evaluation.at(looked.shown.grain).ordinals
    found: dict[int, OutsideParts] = {}
    for ordinal in ordinals[: looked.at + 1]:
        choice = holding(ordinal)
        parts = _parts(choice, told, ordinal=ordinal) if choice else None
        if parts is not None:
            found[ordinal] = parts
    shown = looked.shown.ordinal
    choice = holding(shown)
    return Outside(choice, found.get(shown), _missing(choice, told, ordinal=shown), found)


def _read(looked: Looked, choices: tuple[ChosenMarket, ...]) -> dict[str, NativeSeries]:
    """Of every measure that was ever chosen and is still there, taken as often as the outcome."""
    known = {each.key for each in looked.evaluation.book.definitions.measures}
    keys = {key for choice in choices for key in (choice.size, choice.share, choice.other)} & known
    if not keys:
        return {}
    found = native_series(
        looked.evaluation.book, looked.cube, unit=looked.unit, until=looked.shown, measures=sorted(keys)
    )
    return {each.measure: each for each in found if each.version.frequency is looked.shown.grain.frequency}


def _parts(choice: ChosenMarket, told: Mapping[str, NativeSeries], *, ordinal: int) -> OutsideParts | None:
    if choice.kind is MarketKind.NOTHING:
        return OutsideParts(0.0, 0.0)
    if choice.kind is MarketKind.UNKNOWN or _missing(choice, told, ordinal=ordinal):
        return None
    other = _value(told, choice.other, ordinal) if choice.other else 0.0
    if not choice.size or choice.margin is None:
        return OutsideParts(other, 0.0)
    found = market_variance(
        Market(_target(told, choice.size, ordinal), _target(told, choice.share, ordinal) / PER_CENT),
        Market(_value(told, choice.size, ordinal), _value(told, choice.share, ordinal) / PER_CENT),
        margin=choice.margin,
    )
    return OutsideParts(found.size + other, found.share)


def _missing(
    choice: ChosenMarket | None, told: Mapping[str, NativeSeries], *, ordinal: int
) -> tuple[str, ...]:
    """The chosen measures without a value, or without a target where one is needed."""
    if choice is None:
        return ()
    planned = [key for key in (choice.size, choice.share) if key]
    lacking = [
        key
        for key in planned
        if not np.isfinite([_value(told, key, ordinal), _target(told, key, ordinal)]).all()
    ]
    if choice.other and not np.isfinite(_value(told, choice.other, ordinal)):
        lacking.append(choice.other)
    return tuple(lacking)


def _value(told: Mapping[str, NativeSeries], key: str, ordinal: int) -> float:
    series = told.get(key)
    known = series is not None and ordinal in series.ordinals
    return float(series.value[series.ordinals.index(ordinal)]) if series is not None and known else np.nan


def _target(told: Mapping[str, NativeSeries], key: str, ordinal: int) -> float:
    series = told.get(key)
    known = series is not None and ordinal in series.ordinals
    return float(series.target[series.ordinals.index(ordinal)]) if series is not None and known else np.nan
