"""One mail each morning, of what the reader may see and wants at that moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail

from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.platform.jobs.models import Job
from fourfold.platform.notifications.actions.choose_notices import choose_notices
from fourfold.platform.notifications.actions.mark_read import mark_all_read
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models import Notice
from fourfold.platform.notifications.queries import KindWish, Wishes
from tests.platform.notifications.conftest import AT, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def morning(at: datetime = AT) -> None:
    """What the schedule starts."""
    due = {"due": at.isoformat()}
    enqueue("notifications.digests", due, key=f"notifications.digests@{at:%Y%m%d}", scope=INSTALLATION, at=at)
    run_due_jobs(at=at)


def choose(key: str, *, off: NoticeKind | None = None, wants_digest: bool = True) -> None:
    kinds = tuple(KindWish(kind, in_app=True, by_mail=kind != off) for kind in NoticeKind)
    choose_notices(Wishes(kinds, wants_digest), scope=scope_of_key(key), at=AT)


def mailed_to() -> list[str]:
    return [address for each in mail.outbox for address in each.to]


def test_everybody_gets_their_own_in_one_mail() -> None:
    tell("nora", "olle")
    tell("nora", key="two")
    morning()

    assert mailed_to() == ["nora@example.org", "olle@example.org"]
    told = mail.outbox[0]
    assert told.subject == "2 things to know in Fourfold"
    for body in (told.body, told.alternatives[0][0]):
        assert "Something happened: one" in body
        assert "http://localhost:8000/there/two/" in body
        assert "http://localhost:8000/notifications/settings/" in body
    assert told.extra_headers["List-Unsubscribe"] == "<http://localhost:8000/notifications/settings/>"
    assert told.extra_headers["Message-ID"] == "<digest-2026-10-08-nora@localhost>"


def test_nothing_is_mailed_twice_neither_the_same_morning_nor_the_next() -> None:
    tell("nora")
    morning()
    morning()
    morning(AT + timedelta(days=1))

    assert mailed_to() == ["nora@example.org"]


def test_what_was_read_in_the_pages_is_not_mailed() -> None:
    tell("nora")
    mark_all_read(scope=scope_of_key("nora"), at=AT)
    morning()

    assert mail.outbox == []


def test_a_role_lost_between_the_queueing_and_the_mail_is_a_mail_less() -> None:
    tell("nora", "olle")
    enqueue(
        "notifications.digest", {"person": "nora", "day": "2026-10-08"}, key="d", scope=INSTALLATION, at=AT
    )
    Membership.objects.filter(person__key="nora").delete()
    run_due_jobs(at=AT)
    morning()

    assert mailed_to() == ["olle@example.org"]


@pytest.mark.parametrize("lost", ["account", "address", "role"])
def test_nobody_without_account_address_or_role_gets_mail(lost: str) -> None:
    tell("nora")
    people = Person.objects.filter(key="nora")
    if lost == "account":
        people.update(is_active=False)
    if lost == "address":
        people.update(email="")
    if lost == "role":
        Membership.objects.all().delete()
    morning()

    assert mail.outbox == []


def queued() -> int:
    return Job.objects.filter(name="notifications.digest").count()


def test_what_is_not_wanted_by_mail_neither_queues_a_mail_each_morning_nor_floods_later() -> None:
    choose("nora", off=NoticeKind.DUE)
    choose("olle", wants_digest=False)
    for number in range(3):
        tell("nora", "olle", kind=NoticeKind.DUE, key=str(number))
    morning()
    assert queued() == 0

    choose("nora")
    choose("olle")
    morning(AT + timedelta(days=1))
    assert (queued(), mail.outbox) == (0, [])
    tell("nora", kind=NoticeKind.DUE, key="new")
    morning(AT + timedelta(days=2))
    assert "new" in mail.outbox[0].body
    assert mail.outbox[0].subject == "One thing to know in Fourfold"


def test_what_waited_when_its_kind_was_switched_off_does_not_come_when_it_is_on_again() -> None:
    tell("nora", kind=NoticeKind.DUE)
    tell("nora", kind=NoticeKind.MENTION, key="two")
    choose("nora", off=NoticeKind.DUE)
    choose("nora")
    morning()

    assert mail.outbox[0].subject == "One thing to know in Fourfold"
    assert "two" in mail.outbox[0].body


def test_what_was_told_while_there_was_no_address_is_not_mailed_to_the_first_one() -> None:
    Person.objects.filter(key="nora").update(email="")
    tell("nora")
    Person.objects.filter(key="nora").update(email="nora@example.org")
    morning()

    assert mail.outbox == []


def test_what_may_not_be_seen_any_more_asks_for_a_mail_once_and_then_waits_no_longer() -> None:
    tell("nora", unit="acme")
    for day in range(3):
        morning(AT + timedelta(days=day))

    assert (queued(), mail.outbox) == (1, [])


def test_the_switches_hold_for_the_mail() -> None:
    tell("nora", "olle", kind=NoticeKind.DUE)
    tell("nora", kind=NoticeKind.MENTION, key="two")
    choose("nora", off=NoticeKind.DUE)
    choose("olle", wants_digest=False)
    morning()

    assert mailed_to() == ["nora@example.org"]
    assert "two" in mail.outbox[0].body
    assert "one" not in mail.outbox[0].body.replace("One", "")


def test_a_mail_server_that_does_not_answer_is_asked_again(settings: pytest.FixtureRequest) -> None:
    tell("nora")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    morning()
    assert Notice.objects.get().mailed_at is None

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    run_due_jobs(at=AT + timedelta(seconds=10))

    assert mailed_to() == ["nora@example.org"]
    assert Job.objects.get(name="notifications.digest").attempts == 2
