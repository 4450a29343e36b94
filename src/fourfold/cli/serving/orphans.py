"""Nobody works on after the supervisor is gone: it may have been killed, and can then tell nobody."""

from __future__ import annotations

import os
import signal
from threading import Event, Thread

__all__ = ["end_with_parent"]

SECONDS_BETWEEN_LOOKS = 1.0


def end_with_parent() -> None:
    """Ask this process to stop once its parent has ended."""
    Thread(target=_watch, args=(os.getppid(),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    never = Event()
    while os.getppid() == parent:
        never.wait(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
