"""Findings about rows: every row is counted, the first of each code are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.finding import Finding, Level

__all__ = ["RowFindings"]

SHOWN = 50
"""Rows shown of each code; a file of a million rows may repeat one mistake a million times."""

Said = tuple[str, str]
"""Message and remedy."""


@dataclass(slots=True)
class RowFindings:
    """Collects what is wrong with the rows of one file; a code is refused everywhere or nowhere."""

    file: str
    _shown: list[Finding] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _last: dict[str, int] = field(default_factory=dict)
    _levels: dict[str, Level] = field(default_factory=dict)

    def refuse(self, code: str, lines: NDArray[np.int32], *, say: Callable[[int], Said]) -> None:
        """Report rows; `say` gets the position in `lines` and is asked only for the rows shown."""
        self._report(Level.ERROR, code, lines=lines, say=say)

    def warn(self, code: str, lines: NDArray[np.int32], *, say: Callable[[int], Said]) -> None:
        """The same of rows that are taken all the same."""
        self._report(Level.WARNING, code, lines=lines, say=say)

    def count(self) -> int:
        """How many rows were refused; a wide row once for every value of it."""
        return sum(count for code, count in self._counts.items() if self._levels[code] is Level.ERROR)

    def by_code(self) -> tuple[tuple[str, int], ...]:
        """Every code with how many rows have it, shown or not."""
        return tuple(self._counts.items())

    def all(self) -> tuple[Finding, ...]:
        """In the order of lines, with one closing finding for each code that has more rows than are shown."""
        rest = [
            Finding(
                self._levels[code],
                code,
                self.file,
                self._last[code],
                f"{count - SHOWN:,} more rows have this problem; the last stands here.",
                "As above.",
            )
            for code, count in self._counts.items()
            if count > SHOWN
        ]
        return (*sorted(self._shown, key=lambda each: each.line), *rest)

    def _report(
        self, level: Level, code: str, *, lines: NDArray[np.int32], say: Callable[[int], Said]
    ) -> None:
        room = max(0, SHOWN - self._counts[code])
        for position, line in enumerate(lines[:room].tolist()):
            self._shown.append(Finding(level, code, self.file, line, *say(position)))
        if lines.size:
            self._levels[code] = level
            self._counts[code] += int(lines.size)
            self._last[code] = int(lines[-1])
