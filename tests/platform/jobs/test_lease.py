"""A holder lives as long as its count moves, on the clock of whoever waits."""

from __future__ import annotations

from threading import Event

import pytest

from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.jobs.actions.run_job import MOST_ATTEMPTS, run_job
from fourfold.platform.jobs.actions.take_job import Holder, holders, take_abandoned_job, take_next_job
from fourfold.platform.jobs.lease import Lease, LeaseLost
from fourfold.platform.jobs.models import Job, JobState
from fourfold.platform.jobs.queries import job_of, known_worker_seen_at
from fourfold.platform.jobs.worker import Pace, Watch, Worker, beating
from tests.platform.jobs.conftest import AT, loaves_baked

LEASE = 30.0
PATIENCE = 60  # seconds until something counts as hung


class Stopwatch:
    """A monotonic clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_count_that_stands_still_for_a_lease_is_abandoned_and_one_that_moves_is_not() -> None:
    stopwatch = Stopwatch()
    watch = Watch(LEASE, monotonic=stopwatch)
    still, first, later = (
        Holder(1, token=1, beats=7),
        Holder(2, token=1, beats=1),
        Holder(2, token=1, beats=2),
    )

    assert watch.abandoned([still, first]) == []
    stopwatch.now += LEASE - 1
    assert watch.abandoned([still, later]) == []
    stopwatch.now += 1
    assert watch.abandoned([still, later]) == [still]


def test_a_new_holder_has_a_whole_lease_of_its_own() -> None:
    stopwatch = Stopwatch()
    watch = Watch(LEASE, monotonic=stopwatch)
    watch.abandoned([Holder(1, token=1, beats=0)])
    stopwatch.now += LEASE

    assert watch.abandoned([Holder(1, token=2, beats=0)]) == []


@pytest.fixture
def held(registered: object) -> Lease:
    """The lease of a job that was taken."""
    enqueue("tests.bake", {"loaf": "rye"}, key="bake:rye", scope=INSTALLATION, at=AT)
    job = take_next_job(at=AT)
    assert job is not None
    return Lease(job, scope=INSTALLATION, at=AT)


@pytest.mark.django_db
def test_a_job_is_taken_from_who_shows_no_life_and_only_by_one(held: Lease) -> None:
    (holder,) = holders()
    taken = take_abandoned_job(holder)

    assert taken is not None
    assert take_abandoned_job(holder) is None
    assert not held.beat()
    with pytest.raises(LeaseLost), held.effect():
        pytest.fail("a lost lease lets nobody in")
    with pytest.raises(LeaseLost), held.step():
        pytest.fail("a lost lease lets nobody in")


@pytest.mark.django_db
def test_a_beat_in_the_last_moment_keeps_the_job(held: Lease) -> None:
    (holder,) = holders()
    held.beat()

    assert take_abandoned_job(holder) is None


@pytest.mark.django_db
def test_what_a_lost_worker_still_says_of_its_progress_is_not_believed(held: Lease) -> None:
    (holder,) = holders()
    take_abandoned_job(holder)
    held.report(9, 10)

    assert job_of("bake:rye", scope=INSTALLATION).progress.percent is None


@pytest.mark.django_db
def test_a_job_that_ends_its_worker_every_time_fails_in_the_end(held: Lease) -> None:
    for _ in range(MOST_ATTEMPTS):
        job = take_abandoned_job(holders()[0])
    assert job is not None
    run_job(job, clock=lambda: AT, alongside=lambda lease: beating(lease, seconds=60))

    failed = job_of("bake:rye", scope=INSTALLATION)
    assert (failed.state, failed.problem) == (JobState.FAILED, "JOB_KEPT_ENDING")
    assert loaves_baked() == []


@pytest.mark.django_db(transaction=True)
def test_a_holder_at_work_beats_by_itself(held: Lease) -> None:
    has_beaten = Event()
    with beating(held, seconds=0.01, also=has_beaten.set):
        assert has_beaten.wait(PATIENCE)

    assert Job.objects.get().beats > 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_shows_itself_does_what_there_is_and_stops_when_told(registered: object) -> None:
    enqueue("tests.bake", {"loaf": "rye"}, key="bake:rye", scope=INSTALLATION, at=AT)
    worker, stop = Worker("ana", clock=lambda: AT, pace=Pace(poll=0.01)), Event()

    assert worker.work_once()
    assert not worker.work_once()
    assert known_worker_seen_at() == AT
    assert loaves_baked() == ["loaf/rye"]

    stop.set()
    worker.work(stop)
    assert known_worker_seen_at() is None
