"""What the ledger says now about given keys: an import compares with it before it writes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray

__all__ = ["KEY_COLUMNS", "Content", "CurrentColumns", "LedgerKey", "columns_between", "known_columns"]

KEY_COLUMNS = ("measure", "series", "unit", "segment", "period")
"""What a value is about, in the order of `LedgerKey`."""

CurrentColumns = NDArray[Any]
"""A structured array, oldest row first: `seq`, the columns of a key, four numbers (NaN: none), three words as codes."""

FEW_PLACES = 200
"""Measure and unit together: up to here the key's index is asked for each of them, beyond it measure by measure."""

_DTYPE = np.dtype(
    [
        ("seq", np.int64),
        *((name, np.int64) for name in KEY_COLUMNS),
        *((name, np.float64) for name in ("value", "numerator", "denominator", "n")),
        *((name, np.uint8) for name in ("kind", "obs_status", "release_status")),
    ]
)
# A number is never infinite, so that is what says "none" on the way; NULL itself would need an object a row.
_SELECT = """
SELECT seq, measure_id, series, unit_id, segment, period,
       COALESCE(value, 9e999), COALESCE(numerator, 9e999), COALESCE(denominator, 9e999), COALESCE(n, 9e999),
       unicode(kind), unicode(obs_status), unicode(release_status)
FROM measures_observation
"""


class LedgerKey(NamedTuple):
    """What a value is about, in the database's ids."""

    measure_id: int
    series: int
    unit_id: int
    segment: int
    period: int


class Content(NamedTuple):
    """What a row says; two rows of one key with the same content are one statement made twice."""

    value: float | None
    numerator: float | None
    denominator: float | None
    n: float | None
    kind: str
    obs_status: str
    release_status: str


def known_columns(
    measure: NDArray[np.int64], unit: NDArray[np.int64], *, first: int, last: int
) -> CurrentColumns:
    """Every row of these measures (and units, where they are few) between two period ordinals, oldest first.

    One query for each pair of measure and unit up to `FEW_PLACES`, otherwise one a measure; both read the key's index.
    """
    pairs = np.unique(np.stack((measure, unit)), axis=1).T.tolist()
    found = []
    with connection.cursor() as cursor:
        if len(pairs) <= FEW_PLACES:
            for pair in pairs:
                cursor.execute(
                    f"{_SELECT} WHERE measure_id = %s AND unit_id = %s AND period BETWEEN %s AND %s ORDER BY seq",
                    [*pair, first, last],
                )
                found.append(np.fromiter(cursor.cursor, dtype=_DTYPE))
        else:
            for each in np.unique(measure).tolist():
                cursor.execute(
                    f"{_SELECT} WHERE measure_id = %s AND period BETWEEN %s AND %s ORDER BY seq",
                    [each, first, last],
                )
                found.append(np.fromiter(cursor.cursor, dtype=_DTYPE))
    return _without_infinity(np.concatenate(found) if found else np.empty(0, dtype=_DTYPE))


def columns_between(first_seq: int, last_seq: int) -> CurrentColumns:
    """The rows of a stretch of the ledger, oldest first; one range scan."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SELECT} WHERE seq BETWEEN %s AND %s ORDER BY seq", [first_seq, last_seq])
        return _without_infinity(np.fromiter(cursor.cursor, dtype=_DTYPE))


def _without_infinity(rows: CurrentColumns) -> CurrentColumns:
    for name in ("value", "numerator", "denominator", "n"):
        rows[name][np.isinf(rows[name])] = np.nan
    return rows
