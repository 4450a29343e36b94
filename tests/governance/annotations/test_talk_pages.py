"""What is said, on the pages: forms that work plainly and in place, and nothing of it where it does not belong."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate
from fourfold.governance.annotations.models import Annotation, Remark
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.notifications.models import Notice
from tests.governance.annotations.conftest import AT, CAUSE, ON_TIME, SALES, SALES_RIVERSIDE, XSS

pytestmark = pytest.mark.django_db

PAGE = "/measures/sales/bakery/2026-09/"
TALK = "/annotations/measure/sales/bakery/2026-09/"


def test_posted_plainly_one_comes_back_to_the_thing_s_page_at_what_was_said(client, ana):
    client.force_login(ana)
    answer = client.post(TALK, {"type": "caveat", "text": "Counted by hand.", "is_point": "on"})

    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}#talk-measure-sales"
    shown = client.get(PAGE).content.decode()
    assert "Counted by hand." in shown
    assert Annotation.objects.get().is_point
    assert "chart-points" in shown


def test_the_table_of_periods_and_the_chart_lead_to_an_annotated_point(client, ana):
    """The mark of the chart answers the pointer; the same link in the table answers the keyboard."""
    client.force_login(ana)
    client.post(TALK, {"type": "caveat", "text": "Counted by hand.", "is_point": "on"})
    client.post(
        "/annotations/measure/sales/bakery/2026-08/", {"type": "cause", "text": "Rain.", "is_point": "on"}
    )

    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    links = page.select("#periods a.point-mark")
    assert [link["href"] for link in links] == [
        f"{PAGE}#talk-measure-sales",
        "/measures/sales/bakery/2026-08/#talk-measure-sales",
    ]
    assert "Caveat: Counted by hand." in links[0].get_text()
    chart = client.get(f"{PAGE}chart.json").content.decode()
    assert all(link["href"] in chart for link in links)
    assert page.select_one(".chart-points .point-mark").get_text(strip=True) == "2"


def test_the_chart_of_another_unit_carries_no_mark(client, ana):
    client.force_login(ana)
    client.post(TALK, {"type": "caveat", "text": "Counted by hand.", "is_point": "on"})

    elsewhere = client.get("/measures/sales/old-town/2026-09/chart.json").content.decode()
    assert "Counted by hand." not in elsewhere


def test_more_annotated_points_cost_no_more_queries(client, ana):
    client.force_login(ana)
    client.get(f"{PAGE}chart.json")
    counts = []
    for months in (("2026-09",), ("2026-08", "2026-07", "2026-06")):
        for month in months:
            said = {"type": "cause", "text": "Rain.", "is_point": "on"}
            client.post(f"/annotations/measure/sales/bakery/{month}/", said)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{PAGE}chart.json")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_in_place_the_panel_alone_comes_back(client, ana):
    client.force_login(ana)
    answer = client.post(TALK, {"type": "cause", "text": "The oven."}, headers={"HX-Request": "true"})

    told = answer.content.decode()
    assert answer.status_code == 200
    assert told.lstrip().startswith('<section class="card may-break talk"')
    assert "The oven." in told


def test_a_whole_thread_goes_by_plain_forms(client, ana, person):
    client.force_login(ana)
    client.post(TALK, {"type": "cause", "text": "Teh oven."})
    pk = Annotation.objects.get().pk
    client.post(f"/annotations/{pk}/remarks/0/", {"text": "The oven.", "edition": "1"})
    client.force_login(person("bruno"))
    client.post(f"/annotations/{pk}/reply/", {"text": "A new one comes."})
    client.post(f"/annotations/{pk}/resolve/")
    assert "Resolved" in client.get(TALK).content.decode()
    client.post(f"/annotations/{pk}/reopen/")

    assert Annotation.objects.get().is_open
    assert list(Remark.objects.order_by("pk").values_list("number", "edition", "text")) == [
        (0, 1, "Teh oven."),
        (0, 2, "The oven."),
        (1, 1, "A new one comes."),
    ]


def test_a_refused_text_stays_in_its_form(client, ana):
    client.force_login(ana)
    answer = client.post(TALK, {"type": "action", "text": "x" * 4001})

    assert answer.status_code == 422
    assert "x" * 4001 in answer.content.decode()
    assert "4000" in answer.content.decode()


def test_somebody_chosen_beside_the_text_is_mentioned(client, ana, person):
    person("vera", "viewer", "bakery")
    client.force_login(ana)
    client.post(TALK, {"type": "cause", "text": "Look.", "tell": "@vera"})

    assert Remark.objects.get().text == "Look. @vera"
    assert Notice.objects.get(person__key="vera").kind == "mention"


def test_a_name_that_nobody_here_has_is_told_of_and_kept(client, ana, person):
    person("rita", "viewer", "riverside")
    client.force_login(ana)
    answer = client.post(
        TALK.replace("bakery", "old-town"), {"type": "cause", "text": "@rita @ghost"}, follow=True
    )

    assert "@rita, @ghost were told nothing" in answer.content.decode()


def test_nobody_is_suggested_who_does_not_see_the_unit(person, read):
    person("rita", "viewer", "riverside")
    page = read(person("olga", "viewer", "old-town"), "/measures/sales/old-town/2026-09/")
    suggested = {option["value"] for option in page.select("datalist option")}

    assert {"olga", "ana"} <= suggested
    assert "rita" not in suggested


def test_what_is_said_in_one_unit_is_on_no_page_of_another(client, ana, person):
    annotate(SALES_RIVERSIDE, NewAnnotation(CAUSE, "canary", is_point=True), scope=scope_of(ana), at=AT)
    pk = Annotation.objects.get().pk
    client.force_login(person("olga", "measure_owner", "old-town"))

    for address in ("/measures/sales/old-town/2026-09/", "/scorecards/old-town/2026-09/"):
        assert "canary" not in client.get(address).content.decode()
    assert client.get("/annotations/measure/sales/riverside/2026-09/").status_code == 403
    assert client.get("/analyses/riverside/2026-09/").status_code == 403
    for act in ("reply", "resolve", "reopen", "remarks/0"):
        assert client.post(f"/annotations/{pk}/{act}/", {"text": "Me."}).status_code == 404


def test_an_auditor_reads_and_finds_no_form(person, read, ana):
    annotate(SALES, NewAnnotation(CAUSE, "The oven."), scope=scope_of(ana), at=AT)
    panel = read(person("aud", "auditor", "bakery"), PAGE).select_one(".talk")

    assert "The oven." in panel.text
    assert not panel.select("form, datalist")


def test_no_text_is_ever_markup_or_a_link(ana, read):
    for attack in XSS:
        annotate(SALES, NewAnnotation(CAUSE, attack, is_point=True), scope=scope_of(ana), at=AT)
        annotate(ON_TIME, NewAnnotation(CAUSE, attack), scope=scope_of(ana), at=AT)
    for address in (PAGE, TALK, "/objectives/serve-on-time/bakery/2026-09/"):
        page = read(ana, address)
        assert all(attack in page.text for attack in XSS)
        assert not page.select("[onerror], [onload], main script:not([src])")
        assert not page.select('main a[href^="javascript"], main a[href*="example.org"]')


@pytest.mark.parametrize(
    "address",
    [
        "/annotations/theme/fresh-daily/bakery/2026-09/",
        "/annotations/measure/no-such/bakery/2026-09/",
        "/annotations/measure/sales/nowhere/2026-09/",
        "/annotations/measure/sales/bakery/never/",
        "/annotations/objective/sales/bakery/2026-09/",
        "/analyses/initiative/no-such/bakery/2026-09/",
        "/annotations/99/resolve/",
    ],
)
def test_an_address_that_names_nothing_is_plainly_refused(client, ana, address):
    client.force_login(ana)

    assert (
        client.post(address, {"text": "Hello", "type": "cause", "happened": "x", "edition": 0}).status_code
        == 404
    )


@pytest.mark.parametrize("address", [PAGE, "/objectives/serve-on-time/bakery/2026-09/", TALK])
def test_a_page_asks_as_much_for_many_threads_as_for_few(client, ana, address):
    client.force_login(ana)
    for anchor in (SALES, ON_TIME):
        annotate(anchor, NewAnnotation(CAUSE, "One @bruno."), scope=scope_of(ana), at=AT)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(12):
        for anchor in (SALES, ON_TIME):
            said = NewAnnotation(CAUSE, f"{number} @clara", is_point=True)
            annotate(anchor, said, scope=scope_of(ana), at=AT)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)
