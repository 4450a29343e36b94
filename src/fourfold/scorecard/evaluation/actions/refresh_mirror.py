"""Leave a new generation of the cube's mirror, where the ledger has moved on."""

from __future__ import annotations

import json
from datetime import datetime

from fourfold.platform.audit.queries import journal_head
from fourfold.platform.periods.models import NotFounded
from fourfold.scorecard.evaluation.mirror import MANIFEST, JournalPlace, write_mirror
from fourfold.scorecard.evaluation.queries.live_cube import known_now, mirror_place

__all__ = ["refresh_mirror"]

LEAST_ROWS = 20_000
"""Below that the ledger is read in the time a file is opened: a mirror would only cost disk."""


def refresh_mirror(at: datetime) -> int | None:
    """The seq of the new generation; None where none was due, or another process is writing one.

    Costs no transaction: what it leaves is derived, and is passed over where it does not fit.
    """
    try:
        with known_now(at) as known:
            if known.seq < LEAST_ROWS or known.seq == _mirrored_seq():
                return None
            # After the ledger: a copy of the database made in between lacks this event and passes the mirror by.
            place = JournalPlace(*journal_head())
            return (
                known.seq if write_mirror(mirror_place(), known.cube, seq=known.seq, journal=place) else None
            )
    except NotFounded:
        return None


def _mirrored_seq() -> int | None:
    try:
        seq: int = json.loads((mirror_place() / MANIFEST).read_bytes())["seq"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return seq
