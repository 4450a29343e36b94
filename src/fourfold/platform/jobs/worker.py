"""The worker: takes one job after another, beats while it works, and watches for holders that do not.

A lease is no length of time written down somewhere. The holder counts beats up; whoever waits sees that the count has
stood still for so many seconds of its own monotonic clock, and takes the job with a new token. So no wall clock, no
jump of one and no difference between two machines' clocks can give one job to two workers at once or to none; and were
a holder only paused, the token keeps it from committing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection

from fourfold.platform.jobs.actions.fire_schedules import fire_schedules
from fourfold.platform.jobs.actions.run_job import run_job
from fourfold.platform.jobs.actions.show_pulse import show_pulse, withdraw_pulse
from fourfold.platform.jobs.actions.take_job import Holder, holders, take_abandoned_job, take_next_job
from fourfold.platform.jobs.lease import Lease
from fourfold.platform.jobs.models import Job

__all__ = ["Pace", "Watch", "Worker", "beating", "beating_at_its_pace"]

logger = logging.getLogger("fourfold.jobs")


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds. A lease outlasts several beats, so that one that had to wait for the write lock costs nothing."""

    lease: float = 30.0
    beat: float = 5.0
    poll: float = 0.5
    pulse: float = 10.0


class Watch:
    """Since when each holder's count stands still, on a clock that only goes forward."""

    def __init__(self, lease: float, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._lease, self._monotonic = lease, monotonic
        self._since: dict[Holder, float] = {}

    def abandoned(self, running: Iterable[Holder]) -> list[Holder]:
        """Those that have shown no life for a whole lease, among what is running now."""
        now = self._monotonic()
        self._since = {holder: self._since.get(holder, now) for holder in running}
        return [holder for holder, since in self._since.items() if now - since >= self._lease]


class Worker:
    """One loop over the queue; `clock` is the wall clock, for what is recorded and what is due."""

    def __init__(self, name: str, *, clock: Callable[[], datetime], pace: Pace | None = None) -> None:
        self._name, self._clock, self._pace = name, clock, pace or Pace()
        self._watch = Watch(self._pace.lease)
        self._pulsed = float("-inf")

    def work(self, stop: Event) -> None:
        """Until `stop` is set; a job that was begun is finished first."""
        while not stop.is_set():
            close_old_connections()
            try:
                is_busy = self.work_once()
            except DatabaseError:
                logger.exception("the database does not answer; trying again")
                connection.close()
                is_busy = False
            if not is_busy:
                stop.wait(self._pace.poll)
        withdraw_pulse(self._name)

    def work_once(self) -> bool:
        """One round: a sign of life, what the hour asks for, one job if there is one."""
        self._show_pulse()
        fire_schedules(at=self._clock())
        job = take_next_job(at=self._clock()) or self._abandoned_job()
        if job is None:
            return False
        run_job(job, clock=self._clock, alongside=self._beating)
        return True

    def _abandoned_job(self) -> Job | None:
        for holder in self._watch.abandoned(holders()):
            if job := take_abandoned_job(holder):
                logger.warning("%s: its worker shows no life; taken over", job.name)
                return job
        return None

    def _beating(self, lease: Lease) -> AbstractContextManager[None]:
        return beating(lease, seconds=self._pace.beat, also=self._show_pulse)

    def _show_pulse(self) -> None:
        if time.monotonic() - self._pulsed >= self._pace.pulse:
            self._pulsed = time.monotonic()
            try:
                show_pulse(self._name, at=self._clock())
            except DatabaseError:
                logger.debug("a pulse was left out", exc_info=True)


def _nothing() -> None:
    """Nobody else is to be told."""


@contextmanager
def beating(lease: Lease, *, seconds: float, also: Callable[[], None] = _nothing) -> Iterator[None]:
    """Beat in a thread of its own, on a connection of its own, for as long as the block runs."""
    is_over = Event()

    def beat() -> None:
        try:
            while not is_over.wait(seconds) and _still_held(lease):
                also()
        finally:
            connection.close()

    thread = Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def beating_at_its_pace(lease: Lease) -> AbstractContextManager[None]:
    """For whoever runs jobs without being a worker."""
    return beating(lease, seconds=Pace().beat)


def _still_held(lease: Lease) -> bool:
    """A beat that finds the database locked is left out: whoever holds that lock lets nobody take the job either."""
    try:
        return lease.beat()
    except DatabaseError:
        logger.debug("a beat was left out", exc_info=True)
        return True
