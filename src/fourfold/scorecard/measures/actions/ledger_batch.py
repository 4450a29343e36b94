"""Checked rows as columns, in the ledger's own terms: what a million rows are compared and written as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, repeat
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from fourfold.scorecard.measures.actions.resolving import Resolved
from fourfold.scorecard.measures.queries.current import KEY_COLUMNS, CurrentColumns

__all__ = ["LedgerBatch", "fresh_rows", "latest_of_each_key"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PACKED_IN = 2**62
"""What the keys of a batch, packed into one int64, may span."""

_SAID = ("value", "numerator", "denominator", "n", "kind", "obs_status", "release_status")


@dataclass(frozen=True, slots=True)
class LedgerBatch:
    """Parallel columns, shape (n,). Numbers are NaN where there is none; the three words are codes of one character.

    A `release_status` of 0 says nothing: it is that of the row's period, and repeats whatever the ledger has.
    `recorded_at` counts microseconds since 1970 (0: now); `source` is a place in `files` (-1: none), `source_row` 0
    where nobody said.
    """

    measure: NDArray[np.int64]
    series: NDArray[np.int64]
    unit: NDArray[np.int64]
    segment: NDArray[np.int64]
    period: NDArray[np.int64]
    value: NDArray[np.float64]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    n: NDArray[np.float64]
    kind: NDArray[np.uint8]
    obs_status: NDArray[np.uint8]
    release_status: NDArray[np.uint8]
    recorded_at: NDArray[np.int64]
    source: NDArray[np.int32]
    source_row: NDArray[np.int64]
    files: tuple[str, ...] = ()

    def __len__(self) -> int:
        return int(self.measure.size)

    @classmethod
    def of(cls, rows: Sequence[Resolved]) -> Self:
        """From rows resolved one by one."""
        files = tuple(dict.fromkeys(row.source_file for row in rows if row.source_file))
        place: dict[str | None, int] = {file: at for at, file in enumerate(files)}
        keys = np.array([row.key for row in rows], dtype=np.int64).reshape(-1, len(KEY_COLUMNS))
        numbers = np.array([row.content[:4] for row in rows], dtype=np.float64).reshape(-1, 4)
        words = np.array([[ord(word or "\0") for word in row.content[4:]] for row in rows], dtype=np.uint8)
        said = words.reshape(-1, 3)
        parts: dict[str, Any] = dict(zip((*KEY_COLUMNS, *_SAID), (*keys.T, *numbers.T, *said.T), strict=True))
        return cls(
            **parts,
            recorded_at=np.array([_microseconds(row.recorded_at) for row in rows], dtype=np.int64),
            source=np.array([place.get(row.source_file, -1) for row in rows], dtype=np.int32),
            source_row=np.array([row.source_row or 0 for row in rows], dtype=np.int64),
            files=files,
        )

    @classmethod
    def again(cls, rows: CurrentColumns) -> Self:
        """From rows the ledger has already, to say them anew; no file says them this time."""
        columns: dict[str, Any] = {
            each.name: rows[each.name] for each in fields(cls) if each.name in (rows.dtype.names or ())
        }
        nothing = np.zeros(rows.size, dtype=np.int64)
        source = np.full(rows.size, -1, dtype=np.int32)
        return cls(**columns, recorded_at=nothing, source=source, source_row=nothing)

    def taken(self, chosen: NDArray[Any]) -> Self:
        """The rows chosen by flags or places."""
        columns: dict[str, Any] = {
            each.name: getattr(self, each.name)[chosen] for each in fields(self) if each.name != "files"
        }
        return replace(self, **columns)

    def places_in(self, known: CurrentColumns) -> NDArray[np.int64]:
        """For each row the place in `known` (oldest first) of the latest row of its key; -1 where there is none."""
        if not len(known):
            return np.full(len(self), -1, dtype=np.int64)
        packed = _packed([_joined(known, self, name) for name in KEY_COLUMNS])
        before, asked = packed[: len(known)], packed[len(known) :]
        order = np.argsort(before, kind="stable")
        place = np.searchsorted(before[order], asked, side="right") - 1
        found = order[np.maximum(place, 0)]
        return np.where((place >= 0) & (before[found] == asked), found, -1)

    def released(self, releases: Sequence[str]) -> Self:
        """With these release statuses where a row says none."""
        said = np.frombuffer("".join(releases).encode("ascii"), dtype=np.uint8)
        return replace(self, release_status=np.where(self.release_status, self.release_status, said))

    def moments(self, at: datetime) -> Iterator[tuple[datetime, Self]]:
        """The rows that became known together, in the order they stand; what says nothing became known at `at`."""
        if not self.recorded_at.any():
            yield at, self
            return
        borders = [0, *(np.flatnonzero(np.diff(self.recorded_at)) + 1).tolist(), len(self)]
        for start, stop in pairwise(borders):
            stated = int(self.recorded_at[start])
            yield (_EPOCH + stated * _MICROSECOND if stated else at), self.taken(np.arange(start, stop))

    def parameters(
        self, start: int, stop: int, *, first_seq: int, entry_id: int, source_ids: Sequence[int]
    ) -> Iterator[tuple[object, ...]]:
        """Rows `start` to `stop` as the INSERT takes them, in the order of `COLUMNS` there."""
        here = slice(start, stop)
        sources = [*source_ids, None]  # the last for -1: no file
        return zip(
            range(first_seq + start, first_seq + stop),
            *(getattr(self, name)[here].tolist() for name in KEY_COLUMNS),
            *(_or_none(getattr(self, name)[here]) for name in _SAID[:4]),
            *(_letters(getattr(self, name)[here]) for name in _SAID[4:]),
            repeat(entry_id),
            [sources[place] for place in self.source[here].tolist()],
            [row or None for row in self.source_row[here].tolist()],
            strict=False,  # `repeat` never ends
        )


def fresh_rows(batch: LedgerBatch, known: CurrentColumns) -> NDArray[np.bool_]:
    """Which rows say something else than the latest row of their key, in the ledger or earlier in this very batch.

    `known` holds the ledger's rows oldest first: behind a stable sort by key each row stands after what it supersedes.
    """
    if not len(known) and len(batch) <= 1:
        return np.ones(len(batch), dtype=np.bool_)
    keys = [_joined(known, batch, name) for name in KEY_COLUMNS]
    order = np.argsort(_packed(keys), kind="stable")
    repeats = np.ones(max(order.size - 1, 0), dtype=np.bool_)
    for column in keys:
        ordered = column[order]
        repeats &= ordered[1:] == ordered[:-1]
    for name in _SAID:
        ordered = _joined(known, batch, name)[order]
        if ordered.dtype.kind == "f":
            ordered = np.where(
                np.isnan(ordered), np.inf, ordered
            )  # nothing equals nothing; no number is infinite
        is_same = ordered[1:] == ordered[:-1]
        repeats &= is_same | (ordered[1:] == 0) if name == "release_status" else is_same
    fresh = np.ones(order.size, dtype=np.bool_)
    fresh[order[1:]] = ~repeats
    return fresh[len(known) :]


def latest_of_each_key(known: CurrentColumns) -> NDArray[np.bool_]:
    """Which rows say what holds now: the last of each key."""
    packed = _packed([known[name] for name in KEY_COLUMNS])
    order = np.argsort(packed, kind="stable")
    is_last = np.ones(packed.size, dtype=np.bool_)
    is_last[order[:-1]] = packed[order][1:] != packed[order][:-1]
    return is_last


def _joined(known: CurrentColumns, batch: LedgerBatch, name: str) -> NDArray[Any]:
    return np.concatenate((known[name], getattr(batch, name)))


def _packed(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """One number a key: equal exactly where the keys are."""
    packed = np.zeros(columns[0].size, dtype=np.int64)
    span = 1
    for column in columns:
        if not column.size:
            continue
        low = int(column.min())
        width = int(column.max()) - low + 1
        if span * width > _PACKED_IN:
            _, packed = np.unique(packed, return_inverse=True)
            span = int(packed.max()) + 1
        packed = packed * width + (column - low)
        span *= width
    return packed


def _or_none(numbers: NDArray[np.float64]) -> list[float | None]:
    lacks = np.isnan(numbers)
    if lacks.all():
        return [None] * numbers.size
    if not lacks.any():
        return list(numbers.tolist())
    boxed = numbers.astype(object)
    boxed[lacks] = None
    return list(boxed.tolist())


def _letters(codes: NDArray[np.uint8]) -> str:
    """One character a row: a text is the cheapest list of them."""
    return codes.tobytes().decode("ascii")


def _microseconds(moment: datetime | None) -> int:
    return 0 if moment is None else (moment - _EPOCH) // _MICROSECOND
