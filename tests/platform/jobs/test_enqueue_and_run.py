"""A job is asked for with the change that needs it, done once, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from fourfold.engine.definitions import Membership, Person
from fourfold.platform.accounts.models import Membership as MembershipRow
from fourfold.platform.accounts.models import Person as PersonRow
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.actions import record
from fourfold.platform.jobs import schedules
from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.platform.jobs.actions.run_job import FIRST_WAIT, MOST_ATTEMPTS
from fourfold.platform.jobs.actions.take_job import LONGEST_WAIT
from fourfold.platform.jobs.lease import Lease, LeaseLost
from fourfold.platform.jobs.models import Job, JobState, JobUnknown
from fourfold.platform.jobs.queries import JobPage, job_of, recent_jobs
from fourfold.platform.jobs.registry import JobFunction, NoSuchJob
from fourfold.platform.units.models import Unit
from tests.disks import largest_file, room_for
from tests.platform.accounts.test_scope import bring
from tests.platform.jobs.conftest import AT, LoafBaked, bake, loaves_baked
from tests.platform.units.test_unit_tree import ACME, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered", "no_schedules")]

Register = Callable[[str, JobFunction], None]


def ask(loaf: str = "rye", *, name: str = "tests.bake", scope: Any = INSTALLATION) -> Job:
    return enqueue(name, {"loaf": loaf}, key=f"bake:{loaf}", scope=scope, at=AT)


def found(key: str = "bake:rye") -> JobPage:
    return job_of(key, scope=INSTALLATION)


@pytest.fixture
def no_schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test asks for is due: what the house does by the clock has tests of its own."""
    monkeypatch.setattr(schedules, "_SCHEDULES", {})


@pytest.fixture
def nora() -> Any:
    """Somebody who may write analyses in the north."""
    write(ACME, seq=1)
    bring((Person("nora", "Nora", "", (Membership("measure_owner", "north"),)), Person("mel", "Mel", "")))
    return scope_of_key("nora")


def test_a_job_is_done_and_keeps_what_it_answered() -> None:
    ask()

    assert run_due_jobs(at=AT) == ("bake:rye",)
    assert (found().state, found().result, found().ended_at) == (JobState.DONE, {"baked": "rye"}, AT)
    assert loaves_baked() == ["loaf/rye"]
    assert run_due_jobs(at=AT) == ()


def test_the_same_key_again_answers_the_job_there_is() -> None:
    first = ask()
    assert ask() == first
    run_due_jobs(at=AT)

    assert ask().state == JobState.DONE
    assert run_due_jobs(at=AT) == ()
    assert loaves_baked() == ["loaf/rye"]


def test_a_job_exists_only_if_the_change_that_asked_for_it_does() -> None:
    def change_and_fail() -> None:
        with transaction.atomic():
            ask()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()

    assert run_due_jobs(at=AT) == ()
    assert loaves_baked() == []


def test_a_job_nobody_registered_is_not_queued() -> None:
    with pytest.raises(NoSuchJob, match=r"tests\.bake"):
        ask(name="tests.brew")


def test_jobs_run_in_the_order_they_were_asked_for_and_those_they_ask_for_after(registered: Register) -> None:
    def order_rye(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        enqueue("tests.bake", {"loaf": "rye"}, key="bake:rye", scope=lease.scope, at=lease.at)
        return {}

    registered("tests.order", order_rye)
    ask("spelt", name="tests.order")
    ask("oat")

    assert run_due_jobs(at=AT) == ("bake:spelt", "bake:oat", "bake:rye")


def test_a_fault_is_tried_again_later_each_time_and_fails_after_five_attempts(registered: Register) -> None:
    def burn(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        with lease.effect():
            raise OSError("secret/path")

    registered("tests.burn", burn)
    ask(name="tests.burn")
    at, waits = AT, []
    for _attempt in range(MOST_ATTEMPTS - 1):
        run_due_jobs(at=at)
        again = Job.objects.get(state=JobState.QUEUED).not_before
        assert again is not None
        assert run_due_jobs(at=again - timedelta(seconds=1)) == ()
        waits.append((again - at).total_seconds())
        at = again
    run_due_jobs(at=at)

    assert waits == [10, 40, 160, 600]
    assert (found().state, found().problem) == (JobState.FAILED, "JOB_FAILED")
    assert "OSError" in found().sentence
    assert "secret" not in found().sentence


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_fails_once_delays_a_job_and_leaves_nothing_partial(registered: Register) -> None:
    def bake_once_it_works(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        if lease.attempt == 1:
            with largest_file(0):
                return bake(payload, lease)
        return bake(payload, lease)

    registered("tests.bake", bake_once_it_works)
    ask()
    run_due_jobs(at=AT)
    assert (found().state, loaves_baked()) == (JobState.QUEUED, [])

    run_due_jobs(at=AT + FIRST_WAIT)
    assert (found().state, loaves_baked()) == (JobState.DONE, ["loaf/rye"])


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_keeps_failing_is_told_as_one_and_not_as_full(registered: Register) -> None:
    def bake_on_a_dead_disk(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        with largest_file(0):
            return bake(payload, lease)

    registered("tests.bake", bake_on_a_dead_disk)
    ask()
    for attempt in range(MOST_ATTEMPTS):
        run_due_jobs(at=AT + attempt * LONGEST_WAIT)

    assert (found().state, found().problem, loaves_baked()) == (JobState.FAILED, "DISK_FAULT", [])


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_refuses_a_job_at_once(registered: Register) -> None:
    def bake_without_room(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        with room_for(0), lease.effect() as effect:
            record(LoafBaked("loaf/" + "rye" * 100_000), scope=lease.scope, at=lease.at)
            effect.leaves({"baked": "rye"})
        return {}

    registered("tests.bake", bake_without_room)
    ask()
    run_due_jobs(at=AT)

    assert (found().state, found().problem, loaves_baked()) == (JobState.REFUSED, "DISK_FULL", [])


def test_a_second_attempt_that_works_is_an_ordinary_success(registered: Register) -> None:
    def burn_once(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        if lease.attempt == 1:
            raise OSError
        return {"attempt": lease.attempt}

    registered("tests.burn", burn_once)
    ask(name="tests.burn")
    run_due_jobs(at=AT)
    run_due_jobs(at=AT + FIRST_WAIT)

    assert (found().state, found().result) == (JobState.DONE, {"attempt": 2})


def test_a_clock_turned_back_does_not_hold_a_waiting_job_up(registered: Register) -> None:
    registered("tests.burn", lambda _payload, lease: {"after": 1 / (lease.attempt - 1)})
    ask(name="tests.burn")
    run_due_jobs(at=AT)

    assert run_due_jobs(at=AT - LONGEST_WAIT - timedelta(hours=1)) == ("bake:rye",)


def test_a_refusal_ends_the_job_with_its_code_sentence_and_remedy(registered: Register, nora: Any) -> None:
    def close(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        with lease.effect():
            lease.scope.require_to(Act.MANAGE_PEOPLE, unit="north")
        return {}

    registered("tests.close", close)
    ask(name="tests.close", scope=nora)
    run_due_jobs(at=AT)

    refused = found()
    assert (refused.state, refused.problem) == (JobState.REFUSED, "NOT_PERMITTED")
    assert "None of your roles" in refused.sentence
    assert "administrator" in refused.remedy
    assert run_due_jobs(at=AT + timedelta(days=1)) == ()


def test_a_job_acts_with_the_roles_held_when_it_runs(registered: Register, nora: Any) -> None:
    seen = []
    registered("tests.look", lambda _payload, lease: seen.append(lease.scope.unit_keys) or {})
    ask(name="tests.look", scope=nora)
    MembershipRow.objects.update(unit=Unit.objects.get(key="oslo"))

    run_due_jobs(at=AT)

    assert seen == [{"oslo"}]


@pytest.mark.parametrize("how", ["role taken", "account closed"])
def test_a_role_revoked_before_the_job_runs_refuses_it(nora: Any, how: str) -> None:
    ask(scope=nora)
    if how == "role taken":
        MembershipRow.objects.all().delete()
    else:
        PersonRow.objects.update(is_active=False)

    run_due_jobs(at=AT)

    assert (found().state, found().problem) == (JobState.REFUSED, "JOB_ACTOR_HAS_NO_ROLE")
    assert loaves_baked() == []


def test_a_job_is_shown_to_who_asked_for_it_and_to_administrators_only(nora: Any) -> None:
    ask(scope=nora)
    ask("oat")

    assert [job.key for job in recent_jobs(scope=nora)] == ["bake:rye"]
    assert [job.key for job in recent_jobs(scope=INSTALLATION)] == ["bake:oat", "bake:rye"]
    assert recent_jobs(scope=scope_of_key("mel")) == ()
    with pytest.raises(JobUnknown):
        job_of("bake:rye", scope=scope_of_key("mel"))


def test_progress_is_seen_while_the_effect_is_under_way_and_gone_after(registered: Register) -> None:
    seen = []

    def knead(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        with lease.effect():
            lease.report(30, 120)
            seen.append(found().progress.percent)
            lease.report(120, 120)
            seen.append(found().progress.percent)
        return {}

    registered("tests.knead", knead)
    ask(name="tests.knead")
    run_due_jobs(at=AT)

    assert seen == [25, 100]
    assert found().progress.percent is None


def test_a_job_has_one_effect_and_what_it_leaves_outlives_a_fault_after_it(registered: Register) -> None:
    def twice(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        with lease.effect() as effect:
            effect.leaves({"kept": True})
        with pytest.raises(LeaseLost), lease.effect():
            pass
        raise OSError

    registered("tests.twice", twice)
    ask(name="tests.twice")
    run_due_jobs(at=AT)

    assert (found().state, found().result) == (JobState.DONE, {"kept": True})


def test_steps_of_a_job_that_repeats_safely_do_not_end_it(registered: Register) -> None:
    states = []

    def steps(payload: Mapping[str, Any], lease: Lease) -> Mapping[str, Any]:
        for _ in range(2):
            with lease.step():
                states.append(found().state)
        return {}

    registered("tests.steps", steps)
    ask(name="tests.steps")
    run_due_jobs(at=AT)

    assert [*states, found().state] == [JobState.RUNNING, JobState.RUNNING, JobState.DONE]
