"""Numbers that could be read both ways, such as 1.234: told with how they are read, and never silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from fourfold.folder.mapping.numbers import NumberFormat, untyped
from fourfold.folder.mapping.row_findings import RowFindings
from fourfold.folder.mapping.table import Chunk

__all__ = ["Doubts"]


@dataclass(slots=True)
class Doubts:
    """By column the first such text and its line. A file is written in one way: a text that tells settles it whole."""

    form: NumberFormat
    first: dict[str, tuple[str, int]] = field(default_factory=dict)
    is_settled: bool = False

    def look_at(self, chunk: Chunk, columns: Iterable[str]) -> None:
        """Columns of numbers of one chunk; what is settled is not looked at again."""
        for column in columns:
            if self.is_settled:
                return
            text, self.is_settled = self.form.doubt(dict.fromkeys(chunk.columns[column]))
            if text and column not in self.first:
                line = int(chunk.lines[list(chunk.columns[column]).index(text)])
                self.first[column] = (text, line)

    def tell(self, findings: RowFindings) -> None:
        """One warning for each column."""
        for column, (text, line) in ({} if self.is_settled else self.first).items():
            here, there = self.form.read(text)[0], self.form.other.read(text)[0]
            findings.warn(
                "NUMBER_AMBIGUOUS",
                np.array([line], dtype=np.int32),
                say=partial(_said, (column, text, here, there)),
            )


def _said(doubt: tuple[str, str, float, float], _at: int) -> tuple[str, str]:
    column, text, here, there = doubt
    text = untyped(text)
    return (
        f'"{text}" in column "{column}" is read as {here:.15g}; it could also be {there:.15g}.',
        "If that is wrong, say under `format` which sign stands before decimals and which for thousands.",
    )
