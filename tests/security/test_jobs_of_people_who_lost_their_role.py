"""A job runs with the roles its asker holds by then (TRUST §2 row 3): whoever lost them writes nothing any more."""

from __future__ import annotations

import pytest

from fourfold.data.imports.actions import enqueue_import
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.platform.accounts.actions.leaving import deactivate_person
from fourfold.platform.accounts.actions.revoke_role import revoke_role
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs import schedules
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.platform.jobs.models import Job, JobState
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.models import Observation
from tests.house.guarded_bakery import AT, OTHER, OWN, GuardedBakery
from tests.house.route_bodies import FILE, STEWARD, prepare
from tests.security.ledgers import counts

pytestmark = pytest.mark.django_db

COMMIT = FILE + "commit/"
OF_JOBS = {"jobs_job", "audit_auditevent"}
"""What running a job touches whatever becomes of it."""


@pytest.fixture
def _no_schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_SCHEDULES", {})


@pytest.fixture
def queued(guarded: GuardedBakery, _no_schedules: None) -> str:
    """An import of the data steward's file, asked for and not begun; answers the job's key."""
    Job.objects.all().delete()
    prepare(guarded, FILE + "columns/", place=OWN, who=STEWARD)
    mapping = """key: tills
file: tills.csv
layout: long
format: {decimal: ".", thousands: ",", date: "%Y-%m", encoding: utf-8, delimiter: ";"}
columns: {unit: shop, measure: measure, period: month, value: value}
"""
    request = ImportRequest(file=guarded.named[OWN]["file"], mapping="tills", mapping_text=mapping)
    path = guarded_file(guarded)
    path.write_text(f"shop;measure;month;value\n{OWN};sales;2026-08;41000.5\n", encoding="utf-8")
    return enqueue_import(request, scope=scope_of_key(STEWARD), at=AT)


def guarded_file(house: GuardedBakery):
    from fourfold.data.imports.models import Upload

    return Upload.objects.get(reference=house.named[OWN]["file"]).path


def test_an_import_of_somebody_who_still_may_is_done(queued: str) -> None:
    """Otherwise the refusals below would prove nothing."""
    run_due_jobs(at=AT)
    job = Job.objects.get(key=queued)
    assert (job.state, job.problem) == (JobState.DONE, "")
    assert Observation.objects.filter(value=41_000.5).exists()


LOSSES = {
    "the role is revoked": (
        lambda: revoke_role(STEWARD, Role.DATA_STEWARD, unit=OWN, scope=INSTALLATION, at=AT),
        "JOB_ACTOR_HAS_NO_ROLE",
    ),
    "the person has left": (
        lambda: deactivate_person(STEWARD, scope=INSTALLATION, at=AT),
        "JOB_ACTOR_HAS_NO_ROLE",
    ),
    "the role is a reader's now": (lambda: become("viewer", OWN), "NOT_PERMITTED"),
    # The file's unit is out of their sight now, and so no unit to them (decision 21): its rows are not known.
    "the role counts elsewhere now": (lambda: become("data_steward", OTHER), "IMPORT_REFUSED"),
}


def become(role: str, unit: str) -> None:
    Membership.objects.filter(person__key=STEWARD).delete()
    Membership.objects.create(
        person=Person.objects.get(key=STEWARD), role=role, unit=Unit.objects.get(key=unit)
    )


@pytest.mark.parametrize("loss", LOSSES)
def test_an_import_of_somebody_who_may_no_longer_is_refused_and_writes_nothing(
    loss: str, queued: str
) -> None:
    lose, code = LOSSES[loss]
    lose()
    before = counts()
    run_due_jobs(at=AT)

    job = Job.objects.get(key=queued)
    assert (job.state, job.problem) == (JobState.REFUSED, code)
    assert {table for table, count in counts().items() if before[table] != count} - OF_JOBS == set()
    assert not Observation.objects.filter(value=41_000.5).exists()
