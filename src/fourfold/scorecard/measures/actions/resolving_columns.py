"""The engine's columns in the ledger's terms, checked whole: what `resolving` does row by row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.definitions import Definitions
from fourfold.engine.quantities import Why
from fourfold.engine.rows import ObservationRows
from fourfold.platform.units.models import UnitUnknown
from fourfold.scorecard.measures.actions.ledger_batch import LedgerBatch
from fourfold.scorecard.measures.actions.resolving import (
    MeasureEntry,
    NameBook,
    ObservationIncomplete,
    SegmentUnknown,
)
from fourfold.scorecard.measures.models import MeasureUnknown, ObservationKind
from fourfold.scorecard.measures.observation import NotFinite, status_of_why

__all__ = ["RowOrigins", "batch_of_rows"]

_VALUE, _WITHDRAWN = ord(ObservationKind.VALUE.value), ord(ObservationKind.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class RowOrigins:
    """Where rows were read from and how final they are: parallel to the rows, each column or nothing.

    `source` is a place in `files`; `release_status` holds codes of one character (0: as the period
    says); `recorded_at` microseconds.
    """

    files: tuple[str, ...] = ()
    source: NDArray[np.int32] | None = None
    source_row: NDArray[np.int64] | None = None
    release_status: NDArray[np.uint8] | None = None
    recorded_at: NDArray[np.int64] | None = None

    def where(self, chosen: NDArray[np.bool_]) -> RowOrigins:
        """Of the chosen rows, in the same order."""
        columns: dict[str, Any] = {
            name: column[chosen]
            for name in ("source", "source_row", "release_status", "recorded_at")
            if (column := getattr(self, name)) is not None
        }
        return replace(self, **columns)


def batch_of_rows(
    rows: ObservationRows, *, definitions: Definitions, origins: RowOrigins, book: NameBook
) -> LedgerBatch:
    """Positions become ids; a number stands as `value`, or as numerator and denominator where the kind divides.

    Raises:
        MeasureUnknown, UnitUnknown, SegmentUnknown, ObservationIncomplete, NotFinite.
    """
    entries = _entries(definitions, rows, book)
    present = rows.why == Why.PRESENT
    divides = _of_measures(entries, [entry.kind.has_denominator for entry in entries.values()], rows) == 1
    _check_segments(definitions, rows, entries)
    _check_numbers(definitions, rows, present=present, divides=divides, entries=entries)
    size = len(rows)
    nothing = np.full(size, np.nan)
    statuses = np.zeros(max(Why) + 1, dtype=np.uint8)
    for why in Why:
        statuses[why] = ord(status_of_why(why).value)
    return LedgerBatch(
        measure=_of_measures(entries, [entry.pk for entry in entries.values()], rows),
        series=rows.series.astype(np.int64),
        unit=_unit_ids(definitions, rows, book),
        segment=rows.segment.astype(np.int64),
        period=rows.period.astype(np.int64),
        value=np.where(present & ~divides, rows.numerator, np.nan),
        numerator=np.where(present & divides, rows.numerator, np.nan),
        denominator=np.where(present & divides, rows.denominator, np.nan),
        n=nothing,
        kind=np.where(rows.why == Why.MISSING_DUE, _WITHDRAWN, _VALUE).astype(np.uint8),
        obs_status=statuses[rows.why],
        release_status=_or(origins.release_status, np.zeros(size, dtype=np.uint8)),
        recorded_at=_or(origins.recorded_at, np.zeros(size, dtype=np.int64)),
        source=_or(origins.source, np.full(size, 0 if origins.files else -1, dtype=np.int32)),
        source_row=_or(origins.source_row, np.zeros(size, dtype=np.int64)),
        files=origins.files,
    )


def _entries(definitions: Definitions, rows: ObservationRows, book: NameBook) -> dict[int, MeasureEntry]:
    """The measures the rows speak of, by their position."""
    found = {}
    for place in np.unique(rows.measure).tolist():
        key = definitions.measures[place].key
        if key not in book.measures:
            raise MeasureUnknown(key=key)
        found[place] = book.measures[key]
    return found


def _of_measures(
    entries: dict[int, MeasureEntry], said: list[int] | list[bool], rows: ObservationRows
) -> NDArray[np.int64]:
    table = np.zeros(max(entries, default=0) + 1, dtype=np.int64)
    table[list(entries)] = said
    return table[rows.measure]


def _unit_ids(definitions: Definitions, rows: ObservationRows, book: NameBook) -> NDArray[np.int64]:
    table = np.zeros(len(definitions.units) + 1, dtype=np.int64)
    for place in np.unique(rows.unit).tolist():
        key = definitions.units[place].key
        if key not in book.units:
            raise UnitUnknown(key=key)
        table[place] = book.units[key]
    return table[rows.unit]


def _check_segments(
    definitions: Definitions, rows: ObservationRows, entries: dict[int, MeasureEntry]
) -> None:
    """A segmented measure names one of its segments in every row, any other none."""
    most = _of_measures(entries, [len(entry.segments) for entry in entries.values()], rows)
    wrong = np.flatnonzero((rows.segment > most) | ((rows.segment == 0) != (most == 0)))
    if wrong.size:
        measure = definitions.measures[int(rows.measure[wrong[0]])]
        raise SegmentUnknown(measure=measure.key, segment=str(int(rows.segment[wrong[0]]) or ""))


def _check_numbers(
    definitions: Definitions,
    rows: ObservationRows,
    *,
    present: NDArray[np.bool_],
    divides: NDArray[np.bool_],
    entries: dict[int, MeasureEntry],
) -> None:
    lacks = np.isnan(rows.numerator) | (divides & np.isnan(rows.denominator))
    for place in np.flatnonzero(present & lacks)[:1].tolist():
        measure = int(rows.measure[place])
        key = definitions.measures[measure].key
        raise ObservationIncomplete(measure=key, row=place, kind=entries[measure].kind.value)
    endless = np.isinf(rows.numerator) | (divides & np.isinf(rows.denominator))
    for place in np.flatnonzero(present & endless)[:1].tolist():
        key = definitions.measures[int(rows.measure[place])].key
        raise NotFinite(value=float(rows.numerator[place]), measure=key, row=place)


def _or(stated: NDArray[Any] | None, otherwise: NDArray[Any]) -> NDArray[Any]:
    return otherwise if stated is None else stated
