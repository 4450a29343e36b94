"""The series of a file side by side, evenly spaced: a month or quarter that is left out becomes a gap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.series_files.reading import read_series
from fourfold.cli.series_files.series_table import Columns
from fourfold.folder.mapping.files import FileRefused

__all__ = ["EvenSeries", "PanelSeries", "SeriesColumns", "read_even_series", "read_panel_series"]

Floats = NDArray[np.float64]

_PARTS: Final = {
    12: re.compile(r"(\d{4})-?(\d{2}|\d{1,2})(?:-\d{1,2})?"),
    4: re.compile(r"(\d{4})-?Q([1-4])"),
}
_WORDS: Final = {12: "months", 4: "quarters"}


@dataclass(frozen=True, slots=True)
class SeriesColumns:
    """How series stand in the file: beside one another, or with `by` under one another."""

    by: str = ""
    value: str = ""
    period: tuple[str, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvenSeries:
    """Values by series name, all over `periods`; `cycle` is 12 for months, 4 for quarters, 0 where nobody knows."""

    periods: tuple[str, ...]
    values: Mapping[str, Floats]
    cycle: int

    @property
    def word(self) -> str:
        """What one period is called."""
        return _WORDS.get(self.cycle, "periods")


@dataclass(frozen=True, slots=True)
class PanelSeries:
    """Values (unit, period) by column, all of the same units over the same periods."""

    units: tuple[str, ...]
    values: Mapping[str, Floats]
    word: str


def read_panel_series(path: Path, columns: SeriesColumns, *, names: Sequence[str], unit: str) -> PanelSeries:
    """Read the named columns of every unit; a row is one period of one unit.

    Raises:
        FileRefused: as for series.
    """
    tables = [read_series(path, Columns(name, "", (unit,), columns.period, columns.only)) for name in names]
    keys = tuple(dict.fromkeys(key[0] for table in tables for key in table.keys))
    labels = tables[0].periods
    flat = {
        f"{place}:{key[0]}": table.values[row]
        for place, table in enumerate(tables)
        for row, key in enumerate(table.keys)
    }
    evened = _evened(labels, flat)
    nothing = np.full(len(evened.periods), np.nan)
    values = {
        name: np.array([evened.values.get(f"{place}:{key}", nothing) for key in keys])
        for place, name in enumerate(names)
    }
    return PanelSeries(keys, values, evened.word)


def read_even_series(path: Path, columns: SeriesColumns, *, names: Sequence[str]) -> EvenSeries:
    """Read the named series.

    Raises:
        FileRefused: the file, a column or a series is not there, or time goes backwards.
    """
    labels, found = _read_under(path, columns) if columns.by else _read_beside(path, columns, names)
    missing = [name for name in names if name not in found]
    if missing:
        raise FileRefused(
            "SERIES_UNKNOWN",
            f"There is no series “{missing[0]}” in the column “{columns.by}”.",
            remedy="Write its name as the file does.",
        )
    return _evened(labels, {name: found[name] for name in names})


def _read_under(path: Path, columns: SeriesColumns) -> tuple[tuple[str, ...], dict[str, Floats]]:
    table = read_series(path, Columns(columns.value, "", (columns.by,), columns.period, columns.only))
    return table.periods, {key[0]: table.values[place] for place, key in enumerate(table.keys)}


def _read_beside(
    path: Path, columns: SeriesColumns, names: Sequence[str]
) -> tuple[tuple[str, ...], dict[str, Floats]]:
    found: dict[str, Floats] = {}
    labels: tuple[str, ...] = ()
    for name in names:
        table = read_series(path, Columns(name, "", (), columns.period, columns.only))
        found[name], labels = table.values[0], table.periods
    return labels, found


def _evened(labels: tuple[str, ...], values: dict[str, Floats]) -> EvenSeries:
    for cycle, part in _PARTS.items():
        matches = [part.fullmatch(label) for label in labels]
        if not all(matches) or not labels:
            continue
        ordinals = [int(match[1]) * cycle + int(match[2]) - 1 for match in matches if match]
        if len(set(ordinals)) == len(ordinals) and all(int(match[2]) <= cycle for match in matches if match):
            return _spread(ordinals, values, cycle=cycle)
    return EvenSeries(labels, values, 0)


def _spread(ordinals: Sequence[int], values: dict[str, Floats], *, cycle: int) -> EvenSeries:
    """Every month or quarter from the first to the last, those left out without a value."""
    first, count = min(ordinals), max(ordinals) - min(ordinals) + 1
    places = np.asarray(ordinals) - first
    spread = {}
    for name, series in values.items():
        spread[name] = np.full(count, np.nan)
        spread[name][places] = series
    mark = "-{:02d}" if cycle == 12 else "-Q{}"
    labels = tuple(f"{each // cycle}{mark.format(each % cycle + 1)}" for each in range(first, first + count))
    return EvenSeries(labels, spread, cycle)
