"""Write rows into the ledger: all or nothing, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import numpy as np
from django.db import connection, transaction

from fourfold.engine.definitions import Definitions
from fourfold.engine.rows import ObservationRows
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.measures.actions.ledger_batch import LedgerBatch, fresh_rows
from fourfold.scorecard.measures.actions.open_entry import HistoryNotAllowed, LedgerTurn, take_turn
from fourfold.scorecard.measures.actions.resolving import NameBook
from fourfold.scorecard.measures.actions.resolving_columns import RowOrigins, batch_of_rows
from fourfold.scorecard.measures.models import Observation, ReleaseStatus, SourceFile
from fourfold.scorecard.measures.observation import NewObservation
from fourfold.scorecard.measures.queries.assignments import measures_assigned_to
from fourfold.scorecard.measures.queries.closed_periods import LedgerPlaces, refuse_final_periods
from fourfold.scorecard.measures.queries.current import known_columns
from fourfold.scorecard.measures.queries.retired import refuse_retired

__all__ = ["Appended", "ObservationsAppended", "append_batch", "append_observations", "append_rows"]

WRITING = (Act.ENTER_VALUES, Act.IMPORT_VALUES)
"""Either of them lets somebody write the values of a unit."""

RESTATING = (Act.APPROVE_RESTATEMENT,)
"""Who says the last word on a restatement writes it."""

ROWS_AT_ONCE = 50_000
"""Rows made into Python objects at one time: bounds memory, and is how often progress is told."""

_INSERT = """
INSERT INTO measures_observation
  (seq, measure_id, series, unit_id, segment, period, value, numerator, denominator, n,
   kind, obs_status, release_status, entry_id, source_id, source_row)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""

Progress = Callable[[int, int], object]
"""Takes how many rows are written, and of how many."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of it. `last_seq` is 0 where nothing was new."""

    written: int
    unchanged: int
    last_seq: int


@dataclass(frozen=True, slots=True)
class ObservationsAppended(Event):
    """How many rows, up to which seq, from which run."""

    rows: int
    unchanged: int
    last_seq: int


@dataclass(frozen=True, slots=True)
class _Writing:
    """Who writes, when, and from where."""

    scope: Scope
    at: datetime
    run: str
    history: bool
    fingerprints: Mapping[str, str]
    progress: Progress
    restating: bool = False

    @property
    def release(self) -> str:
        """What no period's state decides: founding with history is final, a restatement restated; else empty."""
        if self.restating:
            return ReleaseStatus.RESTATED.value
        return ReleaseStatus.FINAL.value if self.history else ""


def append_observations(
    rows: Iterable[NewObservation],
    *,
    scope: Scope,
    at: datetime,
    run: str = "",
    history: bool = False,
    restating: bool = False,
    digits_checked: bool = False,
    fingerprints: Mapping[str, str] | None = None,
) -> Appended:
    """Check every row, then write those that say something new in one transaction, in the given order.

    A row that repeats what its key says already is not written again, so the same file twice changes nothing.
    `history` lets rows carry their own `recorded_at`: only while no observation exists, oldest first whatever the
    order given. `digits_checked`: the reader has already counted digits in the text. `fingerprints` gives a source
    file's SHA-256 by name. Holds the ledger's lock from the comparison to the commit. For thousands of rows and more
    that are columns already, `append_rows` does the same without an object a row. In a final period only an approved
    restatement changes a value: `restating` says that these rows are one.

    Raises:
        OutOfScope, NotPermitted, UnitUnknown, MeasureUnknown, SegmentUnknown, ObservationIncomplete,
        ValueTooPrecise, NotFinite, HistoryNotAllowed, PeriodFinal, MeasureRetired.
    """
    book = NameBook.read()
    batch = LedgerBatch.of(book.resolve_all(rows, digits_checked=digits_checked))
    _check_scope(batch, book, scope=scope, acts=RESTATING if restating else WRITING)
    writing = _Writing(scope, at, run, history, fingerprints or {}, _unseen, restating=restating)
    return _append(batch, writing)


def append_rows(
    rows: ObservationRows,
    *,
    definitions: Definitions,
    origins: RowOrigins,
    scope: Scope,
    at: datetime,
    run: str = "",
    history: bool = False,
    fingerprints: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Appended:
    """As `append_observations`, for columns whose digits a reader has counted; some millions of rows are fine.

    Raises: the same refusals, each naming the first row that it concerns.
    """
    book = NameBook.read()
    batch = batch_of_rows(rows, definitions=definitions, origins=origins, book=book)
    _check_scope(batch, book, scope=scope)
    return _append(batch, _Writing(scope, at, run, history, fingerprints or {}, progress or _unseen))


def append_batch(
    batch: LedgerBatch, *, scope: Scope, at: datetime, run: str, progress: Progress | None = None
) -> Appended:
    """As `append_observations`, for what the ledger itself said before: an import that is taken back.

    Raises:
        OutOfScope, NotPermitted, PeriodFinal.
    """
    _check_scope(batch, NameBook.read(), scope=scope)
    return _append(
        batch, _Writing(scope, at, run, history=False, fingerprints={}, progress=progress or _unseen)
    )


@transaction.atomic
def _append(batch: LedgerBatch, writing: _Writing) -> Appended:
    """The one place where observations reach the ledger: whatever must hold for every row is refused here."""
    turn = take_turn()
    _check_history(batch, is_history=writing.history)
    if writing.history:
        stated = np.where(batch.recorded_at, batch.recorded_at, np.iinfo(np.int64).max)
        batch = batch.taken(np.argsort(stated, kind="stable"))
    fresh = _released(_what_is_new(batch), writing)
    for moment, group in fresh.moments(writing.at):
        _insert(group, turn, moment, writing=writing)
    appended = Appended(len(fresh), len(batch) - len(fresh), turn.seq if len(fresh) else 0)
    if len(fresh):
        event = ObservationsAppended(
            f"run/{writing.run}", appended.written, appended.unchanged, appended.last_seq
        )
        audit.record(event, scope=writing.scope, at=writing.at)
    return appended


def _check_scope(batch: LedgerBatch, book: NameBook, *, scope: Scope, acts: Sequence[Act] = WRITING) -> None:
    """A role held at the unit permits it, to some only on the measures they own or steward (M6.2, decision 12)."""
    keys = {pk: key for key, pk in book.units.items()}
    units = [(pk, keys[pk]) for pk in np.unique(batch.unit).tolist()]
    for _, key in units:
        scope.require(key)
    barred = [pk for pk, key in units if not any(scope.may(act, unit=key) for act in acts)]
    if not barred:
        return
    own = np.array(sorted(measures_assigned_to(scope.person_key)), dtype=np.int64)
    named = (scope.person_key,)
    open_to_own = [pk for pk in barred if any(scope.may(act, unit=keys[pk], assigned=named) for act in acts)]
    is_own = np.isin(batch.measure, own) & np.isin(batch.unit, open_to_own)
    others = np.flatnonzero(np.isin(batch.unit, barred) & ~is_own)
    if others.size:
        raise NotPermitted(act=acts[0].value, unit=keys[int(batch.unit[others[0]])])


def _check_history(batch: LedgerBatch, *, is_history: bool) -> None:
    is_dated = bool(batch.recorded_at.any())
    if (is_dated and not is_history) or (is_history and Observation.objects.exists()):
        raise HistoryNotAllowed


def _what_is_new(batch: LedgerBatch) -> LedgerBatch:
    """Leave out what repeats the latest row of its key, in the ledger or earlier in this very run."""
    if not len(batch):
        return batch
    known = known_columns(
        batch.measure, batch.unit, first=int(batch.period.min()), last=int(batch.period.max())
    )
    return batch.taken(fresh_rows(batch, known))


def _released(batch: LedgerBatch, writing: _Writing) -> LedgerBatch:
    """Refuse what stands in a final period; rows that do not say how final they are take it from their period."""
    if not writing.history:
        refuse_retired(batch.measure, batch.period)
    if writing.release:
        return batch.released(writing.release * len(batch))
    releases = refuse_final_periods(LedgerPlaces(batch.measure, batch.series, batch.unit, batch.period))
    return batch.released(releases)


def _insert(batch: LedgerBatch, turn: LedgerTurn, moment: datetime, *, writing: _Writing) -> None:
    if not len(batch):
        return
    sources = _source_ids(batch, writing.fingerprints)
    entry = turn.open_entry(
        len(batch),
        at=moment.astimezone(UTC),
        actor=writing.scope.person_key,
        source_run=writing.run,
        is_history=writing.history,
    )
    with connection.cursor() as cursor:
        for start in range(0, len(batch), ROWS_AT_ONCE):
            stop = min(start + ROWS_AT_ONCE, len(batch))
            parameters = batch.parameters(
                start, stop, first_seq=entry.first_seq, entry_id=entry.pk, source_ids=sources
            )
            cursor.executemany(_INSERT, cast("Sequence[Any]", parameters))
            writing.progress(stop, len(batch))


def _source_ids(batch: LedgerBatch, prints: Mapping[str, str]) -> list[int]:
    """The file of each place; files of which no row is new are not named."""
    used = set(np.unique(batch.source).tolist())
    return [
        SourceFile.objects.get_or_create(name=name, sha256=prints.get(name, ""))[0].pk if place in used else 0
        for place, name in enumerate(batch.files)
    ]


def _unseen(done: int, total: int) -> None:
    """Nobody is watching."""
