"""Where the observations of each measure, series and segment stand in the cube's stacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.value_rules import ValueRule
from fourfold.engine.calendar import Frequency

__all__ = ["TrackTable", "track_tables"]


@dataclass(frozen=True)
class TrackTable:
    """All tracks of one frequency; a track is one (measure, series, segment), segment 0 for an unsegmented measure.

    `lookup[measure, series, segment]` is the track, −1 where there is none. `denominator[track]` is the place in the
    stack of denominators, −1 where the kind has none. `measure[track]` says whose it is.
    """

    frequency: Frequency
    keys: tuple[tuple[int, int, int], ...]
    lookup: NDArray[np.int32]
    denominator: NDArray[np.int32]
    measure: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, rule: ValueRule) -> tuple[int, ...]:
        """A rule's tracks: one, or one per segment in listed order."""
        series = self.lookup[rule.measure, rule.version.series]
        if not rule.version.segments:
            return (int(series[0]),)
        return tuple(int(series[place]) for place in range(1, len(rule.version.segments) + 1))


def track_tables(rules: tuple[tuple[ValueRule, ...], ...]) -> dict[Frequency, TrackTable]:
    """Give every observed series a place; formulas have none."""
    observed = [rule for of_measure in rules for rule in of_measure if rule.formula is None]
    series = max((rule.version.series for rule in observed), default=0) + 1
    segments = max((len(rule.version.segments) for rule in observed), default=0) + 1
    frequencies = sorted({rule.frequency for rule in observed}, key=list(Frequency).index)
    return {
        frequency: _table(
            frequency,
            [rule for rule in observed if rule.frequency is frequency],
            shape=(len(rules), series, segments),
        )
        for frequency in frequencies
    }


def _table(frequency: Frequency, rules: list[ValueRule], *, shape: tuple[int, int, int]) -> TrackTable:
    keys: dict[tuple[int, int, int], bool] = {}
    for rule in rules:
        places = range(1, len(rule.version.segments) + 1) if rule.version.segments else (0,)
        for place in places:
            key = (rule.measure, rule.version.series, place)
            keys[key] = keys.get(key, False) or rule.has_denominator
    lookup = np.full(shape, -1, dtype=np.int32)
    for track, key in enumerate(keys):
        lookup[key] = track
    quotients = np.array(list(keys.values()), dtype=np.bool_)
    denominator = np.where(quotients, np.cumsum(quotients) - 1, -1).astype(np.int32)
    measure = np.array([key[0] for key in keys], dtype=np.int32)
    return TrackTable(frequency, tuple(keys), lookup, denominator, measure)
