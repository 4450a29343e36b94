"""The database as a strategy folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from fourfold.folder.mapping import RELEASE_STATUSES
from fourfold.folder.writing import History, write_folder
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals.refusal import OutOfScope
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import LedgerEntry, ReleaseStatus
from fourfold.scorecard.measures.queries.ledger import head_seq
from fourfold.scorecard.measures.queries.ledger_rows import positions_in, rows_as_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

__all__ = ["export_strategy_folder"]


def export_strategy_folder(path: Path, *, scope: Scope, history: bool = False) -> int:
    """Write everything as known now; with `history` every row with the moment it became known. Answers the row count.

    Raises:
        OutOfScope: the viewer does not see the whole organisation. FolderOccupied: the folder is not empty.
    """
    if not scope.sees_everything:
        raise OutOfScope
    definitions, upto = read_definitions(), head_seq()
    rows = rows_as_of(upto, positions=positions_in(definitions))
    known = _history(upto) if history else None
    write_folder(path, definitions, rows=rows, history=known)
    return len(rows)


def _history(upto: int) -> History:
    """When each row became known and how final it was, parallel to the rows; three columns of one scan."""
    entries = list(LedgerEntry.objects.order_by("first_seq").values_list("first_seq", "recorded_at"))
    starts = np.array([first for first, _ in entries], dtype=np.int64)
    moments = np.array(
        [(moment - EPOCH) // timedelta(microseconds=1) for _, moment in entries], dtype=np.int64
    )
    places = {status.value: RELEASE_STATUSES.index(status.label) for status in ReleaseStatus}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, release_status FROM measures_observation WHERE seq <= %s ORDER BY seq", [upto]
        )
        found = cursor.fetchall()
    seqs: NDArray[np.int64] = np.array([seq for seq, _ in found], dtype=np.int64)
    return History(
        recorded_at=moments[np.searchsorted(starts, seqs, side="right") - 1],
        release_status=np.array([places[status] for _, status in found], dtype=np.uint8),
    )
