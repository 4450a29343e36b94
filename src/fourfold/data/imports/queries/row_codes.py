"""From what a reader answers to what the ledger takes: codes of a release, and the last word of each key."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.rows import ObservationRows
from fourfold.folder.mapping import RELEASE_STATUSES
from fourfold.scorecard.measures.models import ReleaseStatus

__all__ = ["RELEASE_CODES", "last_of_each_key"]

_RELEASES = {status.label: ord(status.value) for status in ReleaseStatus}
RELEASE_CODES = np.array([_RELEASES.get(word, 0) for word in RELEASE_STATUSES], dtype=np.uint8)
"""The ledger's code of each place in `RELEASE_STATUSES`; 0 where nobody said."""


def last_of_each_key(rows: ObservationRows) -> NDArray[np.bool_]:
    """Which rows still count when all of them are known: the last of each key."""
    keys = (rows.measure, rows.series, rows.segment, rows.unit, rows.period)
    order = np.lexsort((np.arange(len(rows)), *keys))
    same = np.ones(max(len(rows) - 1, 0), dtype=np.bool_)
    for column in keys:
        same &= column[order][1:] == column[order][:-1]
    is_last = np.ones(len(rows), dtype=np.bool_)
    is_last[order[:-1][same]] = False
    return is_last
