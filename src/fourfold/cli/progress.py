"""How far a long piece of work is: shown to a person at a terminal, never to a pipe or a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Tell", "progress_shown"]

Tell = Callable[[str, int, int], None]
"""What is being done, how much of it, of how much; a total of 0 means that nobody can say."""


def _silent(words: str, done: int, total: int) -> None:
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

        def tell(words: str, done: int, total: int) -> None:
            is_new = progress.tasks[task].description != words
            progress.update(task, description=words, completed=done, total=total or None, refresh=is_new)

        yield tell
