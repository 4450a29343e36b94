"""The series of a file: which columns were read, and their numbers by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc import RebaseUnknown, Segments

__all__ = ["Columns", "Key", "SeriesTable", "segments_of"]

Floats = NDArray[np.float64]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what; `only` keeps rows where each of its columns holds the text beside it."""

    value: str
    size: str = ""
    by: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    only: Mapping[str, str] | None = None

    @property
    def wanted(self) -> list[str]:
        """Every column that is read, once."""
        named = [self.value, self.size, *self.by, *self.period, *(self.only or {})]
        return list(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """Series as rows of numbers, oldest point first; NaN is a blank or a period that only other series have.

    `members` holds all values of a period, (series, period, member); `values` and `sizes` its first. `unsorted` names a
    column of periods that nobody asked for and that the rows do not follow, `cycle` says how many periods make a year
    (of days, a week), 1 where nobody knows.
    """

    columns: Columns
    keys: tuple[Key, ...]
    periods: tuple[str, ...]
    members: NDArray[np.float64]
    sizes: Floats | None
    unsorted: str = ""
    cycle: int = 1

    @property
    def values(self) -> Floats:
        """One value a point."""
        return np.ascontiguousarray(self.members[:, :, 0])

    def name(self, series: int) -> str:
        """What to call a series."""
        return " · ".join(self.keys[series]) or self.columns.value

    def title(self, series: int) -> str:
        """What a picture is called: the column, and what tells its rows from the file's others."""
        return " · ".join((self.columns.value, *self.keys[series], *(self.columns.only or {}).values()))


def segments_of(table: SeriesTable, rebase: Sequence[str]) -> Segments | None:
    """The segments that begin at these periods; None without any.

    Raises:
        RebaseUnknown: no such period.
        SegmentsOverlap: not in rising order.
    """
    if not rebase:
        return None
    unknown = [label for label in rebase if label not in table.periods]
    if unknown:
        raise RebaseUnknown(f"there is no period {unknown[0]} at which limits could begin anew")
    return Segments.rebased(len(table.periods), at=[table.periods.index(label) for label in rebase])
