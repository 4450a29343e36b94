"""From the ledger to the engine's columns, fast: one range scan, no object per row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from fourfold.engine.definitions import Definitions
from fourfold.engine.quantities import Why
from fourfold.engine.rows import ObservationRows
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.measures.models import Measure
from fourfold.scorecard.measures.queries.ledger import seq_as_of

__all__ = ["Positions", "positions_in", "rows_as_of", "rows_between", "rows_since"]

_COLUMNS = np.dtype(
    [
        ("measure", np.int32),
        ("series", np.int16),
        ("segment", np.int16),
        ("unit", np.int32),
        ("period", np.int32),
        ("numerator", np.float64),
        ("denominator", np.float64),
        ("why", np.uint8),
    ]
)

# The products are IEEE multiplications, the same the folder makes: folder and database agree to the bit.
_ROWS = f"""
SELECT measure_id, series, segment, unit_id, period,
       COALESCE(numerator, value * n, value * denominator, value, 0.0),
       COALESCE(denominator, n, 1.0),
       CASE WHEN kind = 'w' THEN {Why.MISSING_DUE:d}
            WHEN obs_status = 'M' THEN {Why.NOT_APPLICABLE:d}
            WHEN obs_status = 'O' THEN {Why.MISSING_DUE:d}
            WHEN obs_status = 'Q' THEN {Why.SUPPRESSED:d}
            WHEN obs_status = 'V' THEN {Why.QUARANTINED:d}
            WHEN obs_status = 'X' THEN {Why.STALE:d}
            WHEN COALESCE(numerator, value) IS NULL THEN {Why.MISSING_DUE:d}
            ELSE {Why.PRESENT:d} END
FROM measures_observation
WHERE seq > %s AND seq <= %s
ORDER BY seq
"""  # noqa: S608 - numbers of our own vocabulary


@dataclass(frozen=True, slots=True)
class Positions:
    """From the database's ids to places in `Definitions.measures` and `.units`; -1: not among them."""

    measures: NDArray[np.int32]
    units: NDArray[np.int32]


def positions_in(definitions: Definitions) -> Positions:
    """Where each row's measure and unit stand in these definitions. Two queries."""
    measure_ids = dict(Measure.objects.values_list("key", "pk"))
    return Positions(
        measures=_places([measure.key for measure in definitions.measures], measure_ids),
        units=_places([unit.key for unit in definitions.units], unit_ids_by_key()),
    )


def _places(keys: list[str], ids: dict[str, int]) -> NDArray[np.int32]:
    places = np.full(max(ids.values(), default=0) + 1, -1, dtype=np.int32)
    for place, key in enumerate(keys):
        places[ids[key]] = place
    return places


def rows_since(seq: int, *, upto: int, positions: Positions) -> ObservationRows:
    """The rows that became known after `seq`, up to and including `upto`; the cube takes them in."""
    return rows_between(seq, upto, positions=positions)


def rows_as_of(known: int | datetime, *, positions: Positions) -> ObservationRows:
    """Everything known at a seq or a moment, oldest first: superseded rows come before what superseded them."""
    upto = known if isinstance(known, int) else seq_as_of(known)
    return rows_between(0, upto, positions=positions)


def rows_between(after: int, upto: int, *, positions: Positions) -> ObservationRows:
    """One pass over the table (about 0.8 million rows a second); rows of unlisted measures and units are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [after, upto])
        table = np.fromiter(cursor.cursor, dtype=_COLUMNS)
    measure = positions.measures[table["measure"]]
    unit = positions.units[table["unit"]]
    rows = ObservationRows(
        measure=measure,
        series=np.ascontiguousarray(table["series"]),
        segment=np.ascontiguousarray(table["segment"]),
        unit=unit,
        period=np.ascontiguousarray(table["period"]),
        numerator=np.ascontiguousarray(table["numerator"]),
        denominator=np.ascontiguousarray(table["denominator"]),
        why=np.ascontiguousarray(table["why"]),
    )
    listed = (measure >= 0) & (unit >= 0)
    return rows if listed.all() else rows.where(listed)
