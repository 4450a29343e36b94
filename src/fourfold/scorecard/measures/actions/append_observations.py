"""Write rows into the ledger: all or nothing, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, cast

from django.db import connection, transaction

from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals.refusal import OutOfScope
from fourfold.scorecard.measures.actions.open_entry import HistoryNotAllowed, LedgerTurn, take_turn
from fourfold.scorecard.measures.actions.resolving import NameBook, Resolved
from fourfold.scorecard.measures.models import Observation, SourceFile
from fourfold.scorecard.measures.observation import NewObservation
from fourfold.scorecard.measures.queries.current import current_contents

__all__ = ["Appended", "ObservationsAppended", "append_observations"]

WRITERS = frozenset({Role.ADMINISTRATOR, Role.STRATEGY_OFFICE, Role.DATA_STEWARD, Role.MEASURE_OWNER})

_INSERT = """
INSERT INTO measures_observation
  (seq, measure_id, series, unit_id, segment, period, value, numerator, denominator, n,
   kind, obs_status, release_status, entry_id, source_id, source_row)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


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


def append_observations(
    rows: Iterable[NewObservation],
    *,
    scope: Scope,
    at: datetime,
    run: str = "",
    history: bool = False,
    digits_checked: bool = False,
    fingerprints: Mapping[str, str] | None = None,
) -> Appended:
    """Check every row, then write those that say something new in one transaction, in the given order.

    A row that repeats what its key says already is not written again, so the same file twice changes nothing.
    `history` lets rows carry their own `recorded_at`: only while no observation exists, oldest first whatever the
    order given. `digits_checked`: the reader has already counted digits in the text. `fingerprints` gives a source
    file's SHA-256 by name. Holds the ledger's lock from the comparison to the commit.

    Raises:
        OutOfScope, UnitUnknown, MeasureUnknown, SegmentUnknown, ObservationIncomplete, ValueTooPrecise, NotFinite,
        HistoryNotAllowed.
    """
    resolved = NameBook.read().resolve_all(rows, digits_checked=digits_checked)
    _check_scope(resolved, scope)
    with transaction.atomic():
        turn = take_turn()
        _check_history(resolved, is_history=history)
        if history:
            resolved.sort(key=lambda row: row.recorded_at or at)
        fresh = _what_is_new(resolved)
        for moment, group in groupby(fresh, key=lambda row: row.recorded_at or at):
            _insert(
                list(group),
                turn,
                moment,
                actor=scope.person_key,
                run=run,
                history=history,
                prints=fingerprints or {},
            )
        appended = Appended(len(fresh), len(resolved) - len(fresh), turn.seq if fresh else 0)
        if fresh:
            event = ObservationsAppended(
                f"run/{run}", appended.written, appended.unchanged, appended.last_seq
            )
            audit.record(event, scope=scope, at=at)
    return appended


def _check_scope(rows: Sequence[Resolved], scope: Scope) -> None:
    if rows and not WRITERS & scope.roles:
        raise OutOfScope(unit=rows[0].unit)
    for unit in {row.unit for row in rows}:
        scope.require(unit)


def _check_history(rows: Sequence[Resolved], *, is_history: bool) -> None:
    is_dated = any(row.recorded_at is not None for row in rows)
    if (is_dated and not is_history) or (is_history and Observation.objects.exists()):
        raise HistoryNotAllowed


def _what_is_new(rows: Sequence[Resolved]) -> list[Resolved]:
    """Leave out what repeats the latest row of its key, in the ledger or earlier in this very run."""
    if not rows:
        return []
    periods = [row.key.period for row in rows]
    known = current_contents({row.key.measure_id for row in rows}, first=min(periods), last=max(periods))
    fresh = []
    for row in rows:
        if known.get(row.key) != row.content:
            known[row.key] = row.content
            fresh.append(row)
    return fresh


def _insert(
    rows: Sequence[Resolved],
    turn: LedgerTurn,
    moment: datetime,
    *,
    actor: str,
    run: str,
    history: bool,
    prints: Mapping[str, str],
) -> None:
    sources = _source_ids({row.source_file for row in rows if row.source_file}, prints)
    entry = turn.open_entry(
        len(rows), at=moment.astimezone(UTC), actor=actor, source_run=run, is_history=history
    )
    with connection.cursor() as cursor:
        parameters = _parameters(rows, first_seq=entry.first_seq, entry_id=entry.pk, sources=sources)
        cursor.executemany(_INSERT, cast("Sequence[Any]", parameters))  # lazily: no million tuples at once


def _parameters(
    rows: Sequence[Resolved], *, first_seq: int, entry_id: int, sources: Mapping[str | None, int]
) -> Iterator[tuple[object, ...]]:
    for seq, row in enumerate(rows, start=first_seq):
        yield (seq, *row.key, *row.content, entry_id, sources.get(row.source_file), row.source_row)


def _source_ids(names: set[str], prints: Mapping[str, str]) -> dict[str | None, int]:
    return {
        name: SourceFile.objects.get_or_create(name=name, sha256=prints.get(name, ""))[0].pk
        for name in sorted(names)
    }
