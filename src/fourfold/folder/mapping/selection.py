"""Which rows of a file are read: filters, rows ignored for a stated reason, rows a lookup does not list."""

from __future__ import annotations

from collections import Counter

import numpy as np

from fourfold.folder.mapping.chunk_columns import ChunkColumns, Flags, Places
from fourfold.folder.mapping.file_mapping import Conditions
from fourfold.folder.mapping.numbers import untyped
from fourfold.folder.mapping.part_words import LEAVE_OUT
from fourfold.folder.mapping.row_findings import RowFindings, Said
from fourfold.folder.schema.mapping_schema import ROW_PARTS

__all__ = ["selected_rows"]


def selected_rows(columns: ChunkColumns, *, ignored: Counter[str], findings: RowFindings) -> Flags:
    """Rows that remain; every row that does not is counted under its reason or refused."""
    mapping = columns.mapping
    alive = np.ones(len(columns.chunk), dtype=np.bool_)
    for name, wanted in mapping.filters.items():
        _drop(alive, ~columns.column(name).among(wanted), reason=f"filtered out by {name}", ignored=ignored)
    for rule in mapping.ignored:
        _drop(alive, _meets(columns, rule.when), reason=rule.reason, ignored=ignored)
    _select_parts(columns, alive, ignored=ignored, findings=findings)
    for places, lookup in zip(columns.lookups, mapping.lookups, strict=True):
        for place, reason in enumerate(lookup.gives.get("ignore", ())):
            if reason:
                _drop(alive, places == place, reason=reason, ignored=ignored)
        _refuse_unlisted(columns, alive, places=places, on=lookup.on, findings=findings)
    return alive


def _select_parts(
    columns: ChunkColumns, alive: Flags, *, ignored: Counter[str], findings: RowFindings
) -> None:
    """Rows that hold neither a value nor a target are counted by their word; a word nobody knows is refused."""
    parts = columns.parts
    if parts is None:
        return
    name = columns.mapping.columns["part"]
    texts = columns.column(name)
    for code, text in enumerate(texts.distinct):
        if parts.distinct[code] == LEAVE_OUT:
            _drop(alive, texts.codes == code, reason=f"{name} is “{text.strip()}”", ignored=ignored)
    rows = np.flatnonzero(alive & parts.among(frozenset(("",))))

    def say(position: int) -> Said:
        said = f'"{texts.at(rows[position])}" in column "{name}" says neither that the row is a value nor a target.'
        return said, f"Say it under `translate: {{part: …}}`, as one of: {', '.join(ROW_PARTS)}."

    findings.refuse("ROW_PART_UNKNOWN", columns.chunk.lines[rows], say=say)
    alive[rows] = False


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
        shown = ", ".join(untyped(columns.chunk.columns[name][rows[position]]) for name in on)
        return f'The lookup has no entry for "{shown}".', "Add one, or ignore the rows with a reason."

    findings.refuse("LOOKUP_UNKNOWN", columns.chunk.lines[rows], say=say)
    alive[rows] = False
