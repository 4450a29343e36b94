"""Which rows of a file are read: filters, rows ignored for a stated reason, rows a lookup does not list."""

from __future__ import annotations

from collections import Counter

import numpy as np

from fourfold.folder.mapping.chunk_columns import ChunkColumns, Flags, Places
from fourfold.folder.mapping.file_mapping import Conditions
from fourfold.folder.mapping.row_findings import RowFindings, Said

__all__ = ["selected_rows"]


def selected_rows(columns: ChunkColumns, *, ignored: Counter[str], findings: RowFindings) -> Flags:
    """Rows that remain; every row that does not is counted under its reason or refused."""
    mapping = columns.mapping
    alive = np.ones(len(columns.chunk), dtype=np.bool_)
    for name, wanted in mapping.filters.items():
        _drop(alive, ~columns.column(name).among(wanted), reason=f"filtered out by {name}", ignored=ignored)
    for rule in mapping.ignored:
        _drop(alive, _meets(columns, rule.when), reason=rule.reason, ignored=ignored)
    for places, lookup in zip(columns.lookups, mapping.lookups, strict=True):
        for place, reason in enumerate(lookup.gives.get("ignore", ())):
            if reason:
                _drop(alive, places == place, reason=reason, ignored=ignored)
        _refuse_unlisted(columns, alive, places=places, on=lookup.on, findings=findings)
    return alive


def _meets(columns: ChunkColumns, conditions: Conditions) -> Flags:
    meets = np.ones(len(columns.chunk), dtype=np.bool_)
    for name, wanted in conditions.items():
        meets &= columns.column(name).among(wanted)
    return meets


def _drop(alive: Flags, dropped: Flags, *, reason: str, ignored: Counter[str]) -> None:
    hit = int((alive & dropped).sum())
    if hit:
        ignored[reason] += hit
        alive &= ~dropped


def _refuse_unlisted(
    columns: ChunkColumns, alive: Flags, *, places: Places, on: tuple[str, ...], findings: RowFindings
) -> None:
    rows = np.flatnonzero(alive & (places < 0))

    def say(position: int) -> Said:
        shown = ", ".join(columns.chunk.columns[name][rows[position]] for name in on)
        return f'The lookup has no entry for "{shown}".', "Add one, or ignore the rows with a reason."

    findings.refuse("LOOKUP_UNKNOWN", columns.chunk.lines[rows], say=say)
    alive[rows] = False
