"""What the ledger says now about given keys: an import compares with it before it writes."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

__all__ = ["Content", "LedgerKey", "current_contents"]


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


def current_contents(measure_ids: Collection[int], *, first: int, last: int) -> dict[LedgerKey, Content]:
    """The latest row of every key of these measures between two period ordinals; reads the key's index per measure."""
    contents: dict[LedgerKey, Content] = {}
    with connection.cursor() as cursor:
        for measure_id in sorted(measure_ids):
            cursor.execute(
                "SELECT measure_id, series, unit_id, segment, period, "
                "value, numerator, denominator, n, kind, obs_status, release_status "
                "FROM measures_observation WHERE measure_id = %s AND period BETWEEN %s AND %s ORDER BY seq",
                [measure_id, first, last],
            )
            for row in cursor.cursor:
                contents[LedgerKey(*row[:5])] = Content(*row[5:])
    return contents
