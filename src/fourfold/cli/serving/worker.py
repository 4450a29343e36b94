"""`python -m fourfold.cli.serving.worker`: the worker that `fourfold serve` starts, and `fourfold jobs` becomes."""

from __future__ import annotations

import os
import signal
import socket
from threading import Event

from fourfold.cli.database import connected, now
from fourfold.cli.serving.orphans import end_with_parent

__all__ = ["work_until_stopped"]


def work_until_stopped() -> None:
    """Do what is queued until a signal says stop; a job that was begun is finished first."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    connected()
    from fourfold.platform.jobs.worker import Worker

    Worker(f"{socket.gethostname()[:40]}-{os.getpid()}", clock=now).work(stop)


if __name__ == "__main__":
    end_with_parent()
    work_until_stopped()
