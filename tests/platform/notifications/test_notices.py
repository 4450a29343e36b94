"""Who is told what: once, only while they may see it, and not what they switched off."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fourfold.platform.accounts.models import Membership
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import NOBODY
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models import Notice
from fourfold.platform.notifications.queries import notices_page, unread_count, wishes_of
from fourfold.platform.notifications.queries.notices import ROWS_ON_A_PAGE
from tests.platform.notifications.conftest import row, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def nora(client: Client) -> Client:
    client.force_login(row("nora"))
    return client


def texts(key: str) -> list[str]:
    return [
        each.text.removeprefix("Something happened: ") for each in notices_page(scope=scope_of_key(key)).rows
    ]


def test_the_same_key_tells_nobody_twice_and_strangers_are_passed_over() -> None:
    assert tell("nora", "olle", "ghost") == 2
    assert tell("nora", "nora") == 0
    tell("nora", key="two")

    assert texts("nora") == ["two", "one"]
    assert texts("olle") == ["one"]


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "there"])
def test_a_notice_never_leads_out_of_the_house(address: str) -> None:
    from fourfold.platform.notifications.actions import notify
    from tests.platform.notifications.conftest import AT

    with pytest.raises(ValueError, match="no path"):
        notify(["nora"], NoticeKind.DUE, subject_text="x", address=address, key="k", at=AT)


def test_what_one_may_not_see_any_more_is_not_told_any_more() -> None:
    tell("nora", unit="north")
    tell("nora", key="outside", unit="acme")
    assert texts("nora") == ["one"]

    Membership.objects.all().delete()
    assert texts("nora") == []
    assert unread_count(scope_of_key("nora")) == 0
    assert unread_count(NOBODY) == 0


def test_opening_one_marks_it_read_and_leads_there(nora: Client) -> None:
    tell("nora")
    answer = nora.post(f"/notifications/{Notice.objects.get().pk}/open/")

    assert (answer.status_code, answer["Location"]) == (302, "/there/one/")
    assert unread_count(scope_of_key("nora")) == 0


def test_all_are_read_at_once_or_one_by_one(nora: Client) -> None:
    for number in range(3):
        tell("nora", key=str(number))
    tell("olle")
    nora.post(f"/notifications/{Notice.objects.filter(key='1').get().pk}/read/")
    assert unread_count(scope_of_key("nora")) == 2

    nora.post("/notifications/read/")
    assert unread_count(scope_of_key("nora")) == 0
    assert unread_count(scope_of_key("olle")) == 1


@pytest.mark.parametrize("way", ["open", "read"])
def test_somebody_elses_notice_is_not_there(nora: Client, way: str) -> None:
    tell("olle")
    notice = Notice.objects.get()

    assert nora.post(f"/notifications/{notice.pk}/{way}/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_a_kind_switched_off_is_neither_listed_nor_counted(nora: Client) -> None:
    tell("nora", kind=NoticeKind.DUE)
    tell("nora", kind=NoticeKind.MENTION, key="two")
    kept = [kind.value for kind in NoticeKind if kind != NoticeKind.DUE]

    nora.post(
        "/notifications/settings/", {"in_app": kept, "by_mail": list(NoticeKind.values), "digest": "daily"}
    )

    assert texts("nora") == ["two"]
    assert unread_count(scope_of_key("nora")) == 1
    wishes = wishes_of(scope_of_key("nora"))
    assert [wish.kind for wish in wishes.kinds if not wish.in_app] == [NoticeKind.DUE]
    assert wishes.wants_digest
    assert AuditEvent.objects.filter(action="notices_chosen", actor="nora").count() == 1
    assert all(wish.in_app for wish in wishes_of(scope_of_key("olle")).kinds)


def test_the_settings_show_what_was_chosen(nora: Client) -> None:
    nora.post("/notifications/settings/", {"in_app": ["due"], "by_mail": ["mention"], "digest": "never"})
    page = nora.get("/notifications/settings/").content.decode()

    ticked = re.findall(r'name="(\w+)" value="(\w+)" checked', page)
    assert set(ticked) == {("in_app", "due"), ("by_mail", "mention"), ("digest", "never")}


def test_an_empty_list_says_what_will_stand_there(nora: Client) -> None:
    assert "Nothing to tell you" in nora.get("/notifications/").content.decode()


def test_long_lists_come_in_pages(nora: Client) -> None:
    for number in range(ROWS_ON_A_PAGE + 5):
        tell("nora", key=f"n{number:02}")
    first = nora.get("/notifications/").content.decode()
    older = re.findall(r'href="(\?before=\d+)"', first)[0]
    second = nora.get(f"/notifications/{older}").content.decode()

    assert ("happened: n34" in first, "happened: n04" in first) == (True, False)
    assert ("happened: n34" in second, "happened: n04" in second) == (False, True)
    assert "Older notifications" not in second


def test_the_bell_counts_on_every_page_in_one_query_however_many_there_are(nora: Client) -> None:
    nora.get("/notifications/settings/")
    with CaptureQueriesContext(connection) as few:
        nora.get("/notifications/settings/")
    for number in range(120):
        tell("nora", key=str(number))
    with CaptureQueriesContext(connection) as many:
        page = nora.get("/notifications/settings/").content.decode()

    assert len(few) == len(many)
    assert sum("notifications_notice" in query["sql"] for query in many) == 1
    assert "99+" in page
    assert "120 unread" in page


def test_the_list_asks_no_more_for_more_rows(nora: Client) -> None:
    counts = []
    for number in range(ROWS_ON_A_PAGE):
        tell("nora", key=str(number))
        if number in {1, ROWS_ON_A_PAGE - 1}:
            with CaptureQueriesContext(connection) as asked:
                nora.get("/notifications/")
            counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_was_typed_into_a_text_is_shown_as_text(nora: Client) -> None:
    tell("nora", key="<script>alert(1)</script>")

    assert "<script>alert" not in nora.get("/notifications/").content.decode()
