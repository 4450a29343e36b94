"""Two threads where there is work for them; never inside a kernel (DESIGN §2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from fourfold.engine.cube.scatter import WORKERS

__all__ = ["CELLS_WORTH_A_THREAD", "in_threads"]

CELLS_WORTH_A_THREAD = 200_000  # below, starting a thread (0.1 ms) costs more than it saves

Task = TypeVar("Task")


def in_threads(work: Callable[[Task], object], tasks: Sequence[Task], *, cells: int) -> None:
    """Do every task, in threads where enough cells are to be filled; tasks never share a cell."""
    if cells < CELLS_WORTH_A_THREAD or len(tasks) < 2:
        for task in tasks:
            work(task)
        return
    with ThreadPoolExecutor(WORKERS) as pool:
        for _ in pool.map(work, tasks):
            pass
