"""How far a long piece of work is: shown to a person at a terminal, never to a pipe or a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["Tell", "progress_shown"]


class Tell(Protocol):
    """Takes what is being done, how much of it is, and of how much; a total of 0: nobody can say."""

    def __call__(self, words: str, *, done: int = 0, total: int = 0) -> None: ...


def _silent(words: str, *, done: int = 0, total: int = 0) -> None:
    """Nobody is watching."""


@contextmanager
def progress_shown() -> Iterator[Tell]:
    """A bar on standard error that moves by itself and leaves nothing behind."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True, console=Console(stderr=True)) as progress:
        task = progress.add_task("Starting", total=None)

        def tell(words: str, *, done: int = 0, total: int = 0) -> None:
            row = progress.tasks[task]
            is_new, row.total = row.description != words, total or None  # update() cannot forget a total
            progress.update(task, description=words, completed=done, refresh=is_new)

        yield tell
