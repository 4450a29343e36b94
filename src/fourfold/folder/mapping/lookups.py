"""Tables that say what the codes of a source mean: `mapping.csv` names a measure and a unit for each indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.belonging import Fields
from fourfold.folder.finding import Finding, error
from fourfold.folder.mapping.table import Table

__all__ = ["Lookup", "read_lookup"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """`entries`: the texts in the `on` columns → the place of their row in every list of `gives`."""

    on: tuple[str, ...]
    entries: Mapping[tuple[str, ...], int]
    gives: Mapping[str, Sequence[str]]

    def places(self, columns: Mapping[str, Sequence[str]]) -> NDArray[np.int32]:
        """For each row the place of its entry, -1 where there is none."""
        keys = zip(*(columns[name] for name in self.on), strict=True)
        entries = self.entries
        return np.fromiter((entries.get(key, -1) for key in keys), dtype=np.int32)


def read_lookup(said: Fields, path: Path, *, file: str) -> tuple[Lookup | None, tuple[Finding, ...]]:
    """Read a lookup's CSV file (UTF-8, commas). One entry may stand there once only."""
    on, gives = tuple(said["on"]), dict(said["gives"])
    table = Table(path, file)
    entries: dict[tuple[str, ...], int] = {}
    columns: dict[str, list[str]] = {role: [] for role in gives}
    findings: list[Finding] = []
    for chunk in table.chunks((*on, *gives.values())):
        for row, key in enumerate(zip(*(chunk.columns[name] for name in on), strict=True)):
            if key in entries:
                findings.append(_repeated(file, int(chunk.lines[row]), key))
                continue
            entries[key] = len(entries)
            for role, name in gives.items():
                columns[role].append(chunk.columns[name][row].strip())
    findings = [*table.findings, *findings]
    if any(finding.level == "error" for finding in findings):
        return None, tuple(findings)
    return Lookup(on, entries, columns), tuple(findings)


def _repeated(file: str, line: int, key: tuple[str, ...]) -> Finding:
    return error(
        "KEY_DUPLICATE",
        file,
        line=line,
        message=f'"{", ".join(key)}" stands here a second time.',
        remedy="Keep one entry.",
    )
