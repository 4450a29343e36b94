"""`python -m fourfold.cli.serving.supervisor`: keeps the web server and the worker running until it is told to stop.

A process of its own that imports next to nothing: it costs ten megabytes and cannot fail for the reasons its children
fail. A child that ends is started again, later and later while it keeps ending; a signal to stop is passed on, and
whoever has not stopped within the grace is killed, which no job and no transaction minds.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event

__all__ = ["Child", "Supervisor", "main", "worker_arguments"]

GRACE = 30.0  # seconds to finish a request or a job in
STEADY = 60.0  # seconds after which a child counts as having started well
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a child is started again
MOST_FALSE_STARTS = 5  # of the web server: without it there is nothing to supervise


@dataclass(slots=True)
class Child:
    """One process that should be running; `is_vital`: without it the rest is of no use."""

    name: str
    arguments: Sequence[str]
    is_vital: bool = False
    process: subprocess.Popen[bytes] | None = None
    false_starts: int = 0
    started: float = 0.0
    start_again: float = field(default=0.0)

    def start(self, *, now: float) -> None:
        """In a session of its own, so that Ctrl-C at the terminal reaches it through the supervisor only."""
        self.process = subprocess.Popen([sys.executable, *self.arguments], start_new_session=True)
        self.started = now

    def note_its_end(self, *, now: float) -> None:
        """Say so, and when it will be started again."""
        assert self.process is not None
        code = self.process.returncode
        self.false_starts = 0 if now - self.started >= STEADY else self.false_starts + 1
        pause = min(FIRST_PAUSE * 2 ** max(self.false_starts - 1, 0), LONGEST_PAUSE)
        self.process, self.start_again = None, now + pause
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        say(f"the {self.name} {how}; it is started again in {pause:g} s")


class Supervisor:
    """Starts its children, watches them, and stops with them."""

    def __init__(self, children: Sequence[Child], *, grace: float = GRACE) -> None:
        self._children, self._grace = children, grace
        self._woken, self._is_told_to_stop = Event(), False

    def run(self) -> int:
        """Until a signal says stop (0), or the vital child cannot be kept running (1)."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: self._woken.set())
        while not self._is_told_to_stop:
            self._woken.clear()
            self._look_after_children(now=time.monotonic())
            if any(child.is_vital and child.false_starts >= MOST_FALSE_STARTS for child in self._children):
                say("the web server does not start; giving up")
                self._stop_children()
                return 1
            self._woken.wait(timeout=FIRST_PAUSE)
        self._stop_children()
        return 0

    def _look_after_children(self, *, now: float) -> None:
        for child in self._children:
            if child.process is not None and child.process.poll() is not None:
                child.note_its_end(now=now)
            if child.process is None and now >= child.start_again:
                child.start(now=now)

    def _stop(self, _number: int, _frame: object) -> None:
        self._is_told_to_stop = True
        self._woken.set()

    def _stop_children(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + self._grace
        for process in running:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def say(what: str) -> None:
    """One line for the log, in the form of the others."""
    sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} fourfold: {what}\n")
    sys.stderr.flush()


WEB_PROCESSES = min(2, os.cpu_count() or 1)
"""Python computes with one thread at a time: a second process answers while the first one does."""


def web_arguments(*, host: str, port: int, threads: int) -> list[str]:
    """Two processes where there are two processors; each has its own cube, which starts from the mirror on disk."""
    arguments = ["-m", "gunicorn", "fourfold.config.wsgi:application", f"--bind={host}:{port}"]
    arguments += ["--worker-class=gthread", f"--threads={threads}", f"--workers={WEB_PROCESSES}"]
    return [
        *arguments,
        "--timeout=120",
        "--log-level=warning",
        "--config=python:fourfold.cli.serving.web_server",
    ]


def worker_arguments() -> list[str]:
    """The worker, on a database that was brought up to date."""
    return ["-m", "fourfold.cli.serving.worker"]


def main() -> int:
    """Read what `fourfold serve` decided."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--no-worker", action="store_true")
    asked = parser.parse_args()
    web = web_arguments(host=asked.host, port=asked.port, threads=asked.threads)
    children = [Child("web server", web, is_vital=True)]
    if not asked.no_worker:
        children.append(Child("worker", worker_arguments()))
    return Supervisor(children).run()


if __name__ == "__main__":
    sys.exit(main())
