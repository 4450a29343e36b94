"""Rows → `data/observations.csv`, with the mapping that reads it back digit by digit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.definitions import Definitions, MeasureVersion
from fourfold.engine.quantities import Why
from fourfold.engine.rows import ObservationRows
from fourfold.folder.mapping import RELEASE_STATUSES, ROW_DTYPES, timestamp_text
from fourfold.folder.writing.yaml_text import Value, number_text

__all__ = ["OBSERVATION_MAPPING", "History", "current_rows", "write_observations"]

_COLUMNS = (
    "measure",
    "unit",
    "segment",
    "period",
    "series",
    "value",
    "numerator",
    "denominator",
    "obs_status",
)

OBSERVATION_MAPPING: dict[str, Value] = {
    "key": "observations",
    "file": "observations.csv",
    "layout": "long",
    "format": {"date": "key", "digits": "float64"},
    "columns": {name: name for name in (*_COLUMNS, "release_status", "recorded_at")},
}
"""How the exported rows are read."""

_STATUS_WORDS = {
    Why.PRESENT: "",
    Why.MISSING_DUE: "withdrawn",
    Why.SUPPRESSED: "suppressed",
    Why.QUARANTINED: "quarantined",
    Why.NOT_APPLICABLE: "not_applicable",
    Why.STALE: "stale",
}
_KEY = ("measure", "unit", "segment", "series", "period")


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger knows beside the rows: microseconds since 1970, and places in `RELEASE_STATUSES`."""

    recorded_at: NDArray[np.int64]
    release_status: NDArray[np.uint8]


def current_rows(rows: ObservationRows) -> ObservationRows:
    """The last row of each key, in the order of keys: the present state without how it came about."""
    order = np.lexsort((np.arange(len(rows)), *(getattr(rows, name) for name in reversed(_KEY))))
    is_last = np.zeros(len(rows), dtype=np.bool_)
    is_last[-1:] = True
    for name in _KEY:
        column = getattr(rows, name)[order]
        is_last[:-1] |= column[1:] != column[:-1]
    places = order[is_last]
    return ObservationRows(**{name: getattr(rows, name)[places] for name in ROW_DTYPES})


def write_observations(
    stream: TextIO, definitions: Definitions, *, rows: ObservationRows, history: History | None
) -> None:
    """All rows as given, oldest first where there is a history."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*_COLUMNS, "release_status", "recorded_at"))
    writer.writerows(_lines(definitions, rows, history=history))


def _lines(
    definitions: Definitions, rows: ObservationRows, *, history: History | None
) -> Iterator[tuple[Any, ...]]:
    words = _Words(definitions)
    columns = [getattr(rows, name).tolist() for name in (*_KEY, "numerator", "denominator", "why")]
    recorded = history.recorded_at.tolist() if history else [0] * len(rows)
    release = history.release_status.tolist() if history else [0] * len(rows)
    for row in zip(*columns, recorded, release, strict=True):
        measure, unit, segment, series, period, numerator, denominator, why, known, status = row
        version = words.version(measure, series)
        yield (
            definitions.measures[measure].key,
            definitions.units[unit].key,
            version.segments[segment - 1].key if segment else "",
            words.period(version.frequency, period),
            series,
            *_number_fields(numerator, denominator, has_denominator=version.kind.has_denominator),
            _STATUS_WORDS[Why(why)],
            RELEASE_STATUSES[status],
            timestamp_text(known),
        )


def _number_fields(numerator: float, denominator: float, *, has_denominator: bool) -> tuple[str, str, str]:
    """`value`, `numerator`, `denominator`; blank where there is no number."""
    if numerator != numerator:
        return "", "", ""
    if has_denominator:
        return "", number_text(numerator), number_text(denominator)
    return number_text(numerator), "", ""


class _Words:
    """Keys of periods and versions of series, each worked out once."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._periods: dict[tuple[Frequency, int], str] = {}
        self._versions: dict[tuple[int, int], MeasureVersion] = {}

    def period(self, frequency: Frequency, ordinal: int) -> str:
        """The period's key."""
        found = self._periods.get((frequency, ordinal))
        if found is None:
            calendar = self.definitions.organisation.calendar
            found = self._periods[frequency, ordinal] = calendar.key(Period(frequency, ordinal))
        return found

    def version(self, measure: int, series: int) -> MeasureVersion:
        """A version that tells frequency, kind and segments of a series; versions of one series agree on them."""
        found = self._versions.get((measure, series))
        if found is None:
            versions = self.definitions.measures[measure].versions
            found = next((each for each in versions if each.series == series), versions[-1])
            self._versions[measure, series] = found
        return found
