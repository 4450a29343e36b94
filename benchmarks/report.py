"""What was measured, what was promised, and whether the promise was kept."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

__all__ = ["Report", "best_of", "seconds"]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure beside its promise."""

    what: str
    figure: str
    promise: str
    is_kept: bool


@dataclass(slots=True)
class Report:
    """Lines in the order of measuring."""

    lines: list[Line] = field(default_factory=list)

    def add(self, what: str, figure: str, *, promise: str = "", is_kept: bool = True) -> None:
        """Keep a figure and print it at once: the whole takes minutes."""
        self.lines.append(Line(what, figure, promise, is_kept))
        print(f"  {what}: {figure}{f'  (promised: {promise})' if promise else ''}", flush=True)

    @property
    def is_kept(self) -> bool:
        """Whether every promise was."""
        return all(line.is_kept for line in self.lines)

    def print_whole(self) -> None:
        """The table."""
        print(f"\n{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores\n")
        wide = max(len(line.what) for line in self.lines)
        for line in self.lines:
            mark = " " if not line.promise else "✔" if line.is_kept else "✘"
            print(f"{mark} {line.what:<{wide}}  {line.figure:<28} {line.promise}")


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def best_of(count: int, work: Callable[[], object]) -> float:
    """The fastest of several calls: what the machine can do when nobody disturbs it."""
    return min(seconds(work) for _ in range(count))
