"""The same key twice in one file: harmless where both rows say the same, refused where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.mapping.row_findings import RowFindings

__all__ = ["Places", "first_of_each"]

_KEY = ("measure", "series", "segment", "unit", "period", "recorded_at")
_SAID = ("numerator", "denominator", "why")


def first_of_each(
    columns: Mapping[str, NDArray[Any]], *, findings: RowFindings, headings: Sequence[str] = ()
) -> tuple[NDArray[np.bool_], int]:
    """Which rows to keep, and how many say again what an earlier one said.

    A row with a `recorded_at` of its own is another state of knowledge, not a repetition. `headings` names the columns
    of each reading, where several columns of a row may speak of one period.
    """
    size = columns["line"].size
    kept = np.ones(size, dtype=np.bool_)
    # The line sorts last, so that the first row of a key in the file leads its group.
    order = np.lexsort((np.arange(size), *(columns[name] for name in reversed(_KEY))))
    again = np.zeros(size, dtype=np.bool_)
    again[1:] = _equal_to_previous(columns, order, _KEY)
    if not again.any():
        return kept, 0
    leader = np.maximum.accumulate(np.where(again, 0, np.arange(size)))
    row, first = order[again], order[leader[again]]
    differs = np.zeros(row.size, dtype=np.bool_)
    for name in _SAID:
        left, right = columns[name][row], columns[name][first]
        differs |= ~((left == right) | (_is_nan(left) & _is_nan(right)))
    kept[row] = False
    places = Places(columns["line"], columns.get("reading"), headings)
    _refuse(places, row[differs], first=first[differs], findings=findings)
    return kept, int((~differs).sum())


@dataclass(frozen=True, slots=True)
class Places:
    """Where the values of a file stand: their lines, and which of the named columns, where columns name periods."""

    lines: NDArray[np.int32]
    readings: NDArray[np.int16] | None
    headings: Sequence[str]

    def said(self, row: int, first: int) -> str:
        """How a sentence about a row begins that an earlier one contradicts."""
        if self.readings is None:
            return f"Line {self.lines[first]} gives another"
        here, there = (self.headings[self.readings[each]] for each in (row, first))
        return f"Column {here}: line {self.lines[first]}, column {there}, gives another"


def _equal_to_previous(
    columns: Mapping[str, NDArray[Any]], order: NDArray[np.int64], names: Sequence[str]
) -> NDArray[np.bool_]:
    equal = np.ones(max(order.size - 1, 0), dtype=np.bool_)
    for name in names:
        ordered = columns[name][order]
        equal &= ordered[1:] == ordered[:-1]
    return equal


def _is_nan(values: NDArray[Any]) -> NDArray[np.bool_]:
    return np.isnan(values) if values.dtype.kind == "f" else np.zeros(values.shape, dtype=np.bool_)


def _refuse(
    places: Places, row: NDArray[np.int64], *, first: NDArray[np.int64], findings: RowFindings
) -> None:
    order = np.argsort(row, kind="stable")
    row, first = row[order], first[order]
    findings.refuse(
        "ROW_DUPLICATE",
        places.lines[row],
        say=lambda position: (
            f"{places.said(row[position], first[position])} value for the same measure, unit, segment and period.",
            "Keep one of the two, or state when each became known under `recorded_at`.",
        ),
    )
