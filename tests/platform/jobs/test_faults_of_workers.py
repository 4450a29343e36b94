"""Workers are killed, paused and crowded: real processes, one database, one effect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection

from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.jobs.actions.take_job import holders
from fourfold.platform.jobs.models import Job, JobState
from fourfold.platform.jobs.queries import job_of
from tests.platform.jobs.conftest import AT, loaves_baked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registered")]
HOUR = 3600


class Bakers:
    """Worker processes that speak into one pipe, in the order things happen."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        reading, self._writing = os.pipe()
        self._said = stack.enter_context(os.fdopen(reading))
        stack.callback(os.close, self._writing)

    def hire(self, name: str, *, manner: str = "careful", clock_off: int = 0) -> subprocess.Popen[str]:
        """A worker of that name, at work on this test's database."""
        program = Path(__file__).with_name("one_worker.py")
        worker = subprocess.Popen(
            [sys.executable, str(program), name, manner, str(clock_off)],
            env={**os.environ, "FOURFOLD_DATABASE": str(connection.settings_dict["NAME"])},
            stdin=subprocess.PIPE,
            stdout=self._writing,
            text=True,
        )
        self._stack.callback(worker.wait)
        self._stack.callback(worker.kill)
        return worker

    def hear(self) -> str:
        """The next thing one of them says."""
        return self._said.readline().strip()


@pytest.fixture
def bakers() -> Iterator[Bakers]:
    with ExitStack() as stack:
        yield Bakers(stack)


def let_go_on(worker: subprocess.Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("\n")
    worker.stdin.flush()


def ask(loaf: str = "rye", **more: object) -> None:
    enqueue("tests.bake", {"loaf": loaf, **more}, key=f"bake:{loaf}", scope=INSTALLATION, at=AT)


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_has_the_one_effect(bakers: Bakers) -> None:
    ask()
    ana = bakers.hire("ana")
    assert bakers.hear() == "ana working"
    ana.send_signal(signal.SIGKILL)
    ana.wait()

    ben = bakers.hire("ben")
    assert bakers.hear() == "ben working"
    let_go_on(ben)

    assert bakers.hear() == "ben effected"
    assert loaves_baked() == ["loaf/rye"]
    assert Job.objects.get().attempts == 2


def test_a_worker_killed_right_after_its_effect_leaves_a_job_that_is_done(bakers: Bakers) -> None:
    ask(lingers=True)
    ana = bakers.hire("ana")
    bakers.hear()
    let_go_on(ana)
    assert bakers.hear() == "ana effected"
    ana.send_signal(signal.SIGKILL)
    ana.wait()

    assert job_of("bake:rye", scope=INSTALLATION).state == JobState.DONE
    assert holders() == ()
    assert loaves_baked() == ["loaf/rye"]


def loaves_when_a_paused_worker_comes_back(bakers: Bakers, *, manner: str) -> list[str]:
    """Ana is stopped past her lease, Ben does her job, then Ana goes on as if nothing had happened."""
    ask()
    ana = bakers.hire("ana", manner=manner, clock_off=HOUR)
    assert bakers.hear() == "ana working"
    ana.send_signal(signal.SIGSTOP)
    ben = bakers.hire("ben", clock_off=-HOUR)
    assert bakers.hear() == "ben working"
    let_go_on(ben)
    assert bakers.hear() == "ben effected"

    ana.send_signal(signal.SIGCONT)
    let_go_on(ana)
    assert bakers.hear() in {"ana lost", "ana effected"}
    return loaves_baked()


def test_a_worker_paused_past_its_lease_cannot_commit_whatever_the_clocks_say(bakers: Bakers) -> None:
    assert loaves_when_a_paused_worker_comes_back(bakers, manner="careful") == ["loaf/rye"]


def test_without_the_token_the_paused_worker_would_have_doubled_the_effect(bakers: Bakers) -> None:
    assert loaves_when_a_paused_worker_comes_back(bakers, manner="careless") == ["loaf/rye"] * 2


def test_two_workers_never_do_one_job_twice(bakers: Bakers) -> None:
    workers = [bakers.hire("ana"), bakers.hire("ben")]
    loaves = [f"loaf-{number:02}" for number in range(20)]
    for loaf in loaves:
        ask(loaf)
        for worker in workers:
            let_go_on(worker)

    said = [bakers.hear() for _ in range(2 * len(loaves))]

    assert sum(each.endswith("effected") for each in said) == len(loaves)
    assert sorted(loaves_baked()) == [f"loaf/{loaf}" for loaf in loaves]
    assert {job.attempts for job in Job.objects.all()} == {1}
