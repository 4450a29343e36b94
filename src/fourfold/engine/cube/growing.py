"""Where the arrays of a cube stand once measures or units have come along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book
from fourfold.engine.calendar import Frequency
from fourfold.engine.cube.stack import Stack
from fourfold.engine.definitions import Measure

__all__ = ["Growth", "grown_stack", "growth_of"]

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Growth:
    """Places in the later book: `units` of each earlier unit in tree order, `tracks` of each earlier track.

    `measures` and `new_units` are the keys that only the later book has.
    """

    units: Places
    tracks: Mapping[Frequency, Places]
    measures: tuple[str, ...]
    new_units: tuple[str, ...]


def growth_of(before: Book, after: Book) -> Growth | None:
    """How the places move where the later book has all measures and units of the earlier, each laid out as it was.

    None where anything went, or where rows of a measure would be read otherwise: another calendar, other tracks, other
    segments, another kind. Such a cube is made from its rows.
    """
    if before.timeline.calendar != after.timeline.calendar:
        return None
    earlier = {each.key: each for each in before.definitions.measures}
    later = {each.key: each for each in after.definitions.measures}
    if not earlier.keys() <= later.keys() or not set(before.units.keys) <= set(after.units.keys):
        return None
    if any(not _reads_alike(each, later[key]) for key, each in earlier.items()):
        return None
    tracks = _moved_tracks(before, after)
    if tracks is None:
        return None
    return Growth(
        np.array([after.units.index(key) for key in before.units.keys], dtype=np.int64),
        tracks,
        tuple(sorted(later.keys() - earlier.keys())),
        tuple(sorted(set(after.units.keys) - set(before.units.keys))),
    )


def _reads_alike(earlier: Measure, later: Measure) -> bool:
    """Rows say segments by place and are read by the latest version's kind: both must stand."""
    first, last = earlier.versions, later.versions
    kinds = [version.kind for version in first] == [version.kind for version in last[: len(first)]]
    segments = [each.key for each in first[-1].segments] == [each.key for each in last[-1].segments]
    return kinds and segments and first[-1].kind is last[-1].kind


def _moved_tracks(before: Book, after: Book) -> dict[Frequency, Places] | None:
    """None unless the measures that both know have exactly the tracks they had."""
    names = [each.key for each in before.definitions.measures]
    later = {each.key: place for place, each in enumerate(after.definitions.measures)}
    old = [later[name] for name in names]
    moved = {}
    for frequency, table in before.tracks.items():
        wanted = [(old[measure], series, segment) for measure, series, segment in table.keys]
        listed = after.tracks[frequency].keys if frequency in after.tracks else ()
        there = {key: place for place, key in enumerate(listed)}
        if any(key not in there for key in wanted):
            return None
        places = np.array([there[key] for key in wanted], dtype=np.int64)
        if ((after.tracks[frequency].denominator[places] >= 0) != (table.denominator >= 0)).any():
            return None
        moved[frequency] = places
    known = set(old)
    counts = {each: sum(key[0] in known for key in table.keys) for each, table in after.tracks.items()}
    return moved if all(counts[each] == len(moved.get(each, ())) for each in counts) else None


def grown_stack(earlier: Stack, later: Stack, *, growth: Growth) -> Stack:
    """`later`, an empty stack over the same periods, filled with what the earlier one holds. Copies each array once."""
    tracks = growth.tracks[earlier.table.frequency]
    later.numerator[np.ix_(tracks, np.arange(len(earlier.ordinals)), growth.units)] = earlier.numerator
    has = earlier.table.denominator >= 0
    if has.any():
        into = later.table.denominator[tracks[has]]
        later.denominator[np.ix_(into, np.arange(len(earlier.ordinals)), growth.units)] = earlier.denominator[
            earlier.table.denominator[has]
        ]
    for track, reasons in earlier.reasons.items():
        later.reasons_of(int(tracks[track]))[:, growth.units] = reasons
    return later
