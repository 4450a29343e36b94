"""What a measure's page and a scorecard show of signals, what leaves as files, and what it costs."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from fourfold.engine.spc import Assurance, Variation
from fourfold.governance.signals.actions.mark_special_cause import SpecialCause, mark_special_cause
from fourfold.governance.signals.actions.set_specification import Asked, set_specification
from fourfold.governance.signals.models import LimitDecision
from fourfold.governance.signals.pages.filling import marks
from fourfold.governance.signals.pages.reading import read_standings
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.slots import SlotPlace
from tests.governance.signals.conftest import AT, MONTHS, SHOP, page, person_with, shifted, view

pytestmark = pytest.mark.django_db

MEASURE = "/measures/sales/old-town/2026-09/"
SIGNALS = f"{MEASURE}signals/"
SHIFT = {"sales": shifted(SHOP["sales"], 700, last=8)}
CHANGED = (
    "Signal: the latest value belongs to a change for the better. By the limits of before a change nothing can be said "
    "of the target; begin the limits anew once it has lasted."
)
TYPED = {"period": "2026-02", "reason": "The new oven."}


def standings(unit="old-town", *, keys=("sales", "waste", "punctuality", "satisfaction", "lessons")):
    return read_standings(keys, unit=unit, period="2026-09", as_of="", scope=INSTALLATION, at=AT)


def post(client, key, path, said):
    client.force_login(Person.objects.get(key=key))
    return client.post(f"{SIGNALS}{path}", said)


@pytest.mark.method("M3.4")
def test_the_panel_tells_the_chart_in_sentences_and_shows_it_without_script(client, found):
    found(**SHIFT)
    panel = page(client, "ana", MEASURE).select_one("#signals")

    assert panel.select_one("h2").text == "Signal or noise?"
    assert "XmR chart of single values" in panel.select_one(".card-head").text
    assert (
        "February 2026 on, 8 months in a row lie above the mean" in panel.select_one(".signal-findings").text
    )
    assert panel.select_one("picture img")["src"].startswith(f"{SIGNALS}image.svg")
    assert panel.select_one("fourfold-chart")["src"] == f"{SIGNALS}chart.json"
    assert len(panel.select("tbody tr")) == len(MONTHS)


def test_both_icons_stand_beside_the_status(client, found):
    found(**SHIFT)
    icons = page(client, "ana", "/measures/waste/old-town/2026-09/").select(".figure-status .signal-icon")

    assert [icon.text for icon in icons] == ["Noise", "Will miss"]
    assert all(icon.select_one("svg") and icon["title"] for icon in icons)


def test_a_scorecard_s_row_has_the_same_icons_as_the_measure_s_page(client, found):
    found(**SHIFT)
    rows = page(client, "ana", "/scorecards/old-town/2026-09/").select("#measures .cell-name")
    row = next(each for each in rows if "Shop sales" in each.text)

    (icon,) = row.select(".signal-icon")
    (own,) = page(client, "ana", MEASURE).select(".figure-status .signal-icon")
    assert (icon.text, icon["title"]) == (own.text, own["title"]) == ("Improvement", CHANGED)


def test_while_the_process_changes_nothing_is_promised_of_the_target(client, found):
    """Limits of before the change would say that a target is missed which its values meet."""
    found(sales=shifted(SHOP["sales"], 8000, last=8))
    shown = page(client, "ana", MEASURE)

    assert "Will miss" not in shown.select_one(".figure-status").text
    promise = " ".join(shown.select(".signals-said li")[1].get_text(" ").split())
    assert promise.startswith("No promise Something has changed: the limits of before,")
    assert "no longer say whether the target of 45,095 € will be met. Begin them anew" in promise


@pytest.mark.parametrize("unit", ["bakery", "old-town", "riverside"])
def test_icons_and_chart_never_disagree(found, unit):
    found(**SHIFT)
    for key, standing in standings(unit).items():
        shown = view(key, unit)
        assert (standing.variation, standing.assurance) == (shown.variation, shown.assurance), key


def test_where_nothing_can_be_said_no_icon_stands(found):
    found(sales=[*SHOP["sales"][:-1], None], on_time=[None] * 45, orders=[None] * 45)

    assert "sales" not in standings(), "its last month is missing: an icon would speak of another"
    assert "punctuality" not in standings()
    assert standings()["waste"].variation is Variation.COMMON_CAUSE


def test_a_refused_chart_says_why_in_its_place(client, found):
    found(sales=[3000 * (1 + place % 12) + place for place in range(45)])
    panel = page(client, "ana", MEASURE).select_one("#signals")

    assert "No control chart here." in panel.text
    assert "run like a total to date" in panel.text
    assert not panel.select("fourfold-chart, table, a.btn")


def test_the_icons_of_a_list_cost_the_same_for_one_and_for_all(found):
    found(**SHIFT)
    costs = []
    for keys in (["sales"], ["sales", "waste", "punctuality", "satisfaction", "lessons"]):
        standings(keys=tuple(keys))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            marks(keys, SlotPlace("old-town", "2026-09", INSTALLATION, AT))
        costs.append(len(asked))

    assert costs[0] == costs[1] <= 3


def test_decisions_do_not_make_the_page_dearer(client, bakery, scope):
    page(client, "ana", MEASURE)
    with CaptureQueriesContext(connection) as before:
        page(client, "ana", MEASURE)
    for month in ("2023-03", "2023-06", "2023-09"):
        cause = SpecialCause(month, "", "The street was closed.")
        mark_special_cause("sales", "old-town", cause=cause, scope=scope("ana"), at=AT)
    page(client, "ana", MEASURE)
    with CaptureQueriesContext(connection) as after:
        page(client, "ana", MEASURE)

    assert len(after) == len(before)


def test_rebase_works_without_script_and_comes_back_to_the_chart(client, found):
    found(**SHIFT)
    form = page(client, "ana", f"{SIGNALS}rebase/").select_one("form.talk-sheet")
    assert form.select_one("select[name=period] option")["value"] == "2026-09"
    assert form.select_one("option[selected]")["value"] == "2026-02", "where the latest signal begins"

    answer = post(client, "ana", "rebase/", TYPED)
    assert (answer.status_code, answer["Location"]) == (302, f"{MEASURE}#signals")
    panel = page(client, "ana", MEASURE).select_one("#signals")
    assert "Limits begin anew with February 2026" in panel.select_one(".decisions").text
    assert "The new oven." in panel.select_one(".decisions").text


def test_a_refused_decision_keeps_what_was_typed_and_says_what_to_do(client, bakery):
    answer = post(client, "ana", "rebase/", {"period": "2026-06", "reason": "The new oven & its baker."})
    shown = BeautifulSoup(answer.content, "lxml")

    assert answer.status_code == 422
    assert (
        "That would leave a stretch of 4 values; limits need 8. Wait for more values"
        in shown.select_one("[role=alert]").text
    )
    assert shown.select_one("textarea").text.strip() == "The new oven & its baker."
    assert shown.select_one("option[selected]")["value"] == "2026-06"


def test_a_form_without_a_reason_says_so_beside_the_field(client, bakery):
    answer = post(client, "ana", "special-cause/", {"period": "2026-02", "last": "", "reason": ""})

    assert answer.status_code == 422
    assert BeautifulSoup(answer.content, "lxml").select_one("#id_reason")["aria-invalid"] == "true"


def test_numbers_are_read_as_their_reader_writes_them(client, bakery):
    client.cookies["region"] = "de"
    said = {"lower": "38.000,5", "upper": "42.000", "target": "", "period": "2023-01", "reason": "The grant."}
    assert post(client, "ana", "specification/", said).status_code == 302

    row = LimitDecision.objects.get()
    assert (row.lower, row.upper, row.target) == (38000.5, 42000.0, None)


def test_a_number_that_is_none_comes_back_with_what_was_typed(client, bakery):
    said = {"lower": "about 5", "upper": "7", "target": "", "period": "2023-01", "reason": "The grant."}
    answer = post(client, "ana", "specification/", said)
    shown = BeautifulSoup(answer.content, "lxml")

    assert answer.status_code == 422
    assert "“about 5” is not a number." in shown.text
    assert shown.select_one("#id_lower")["value"] == "about 5"


def test_a_decision_is_withdrawn_from_the_page(client, bakery):
    said = {"period": "2023-02", "last": "", "reason": "The street was closed."}
    post(client, "ana", "special-cause/", said)
    button = page(client, "ana", MEASURE).select_one("#signals .decisions form")
    client.post(button["action"])

    assert not view("sales").excluded
    former = page(client, "ana", f"{SIGNALS}rebase/").select_one("#former-title").find_parent("section")
    assert "The street was closed." in former.text
    assert "withdrawn by Ana Ribeiro" in former.text


def test_whoever_may_not_decide_reads_the_decisions_and_is_offered_nothing(client, bakery):
    post(
        client, "ana", "special-cause/", {"period": "2023-02", "last": "", "reason": "The street was closed."}
    )
    person_with("vera", "viewer", "bakery")
    panel = page(client, "vera", MEASURE).select_one("#signals")

    assert "The street was closed." in panel.text
    assert not panel.select("form, .decide-links")
    assert client.get(f"{SIGNALS}rebase/").status_code == 403
    assert post(client, "vera", "rebase/", TYPED).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "chart.json",
        "image.svg",
        "chart.svg",
        "chart.png",
        "points.csv",
        "points.xlsx",
        "rebase/",
        "histogram.json",
    ],
)
def test_nothing_of_a_unit_out_of_sight_is_shown(client, found, scope, path):
    found(**SHIFT)
    asked = Asked("2023-01", 38000, 42000, None, "The grant.")
    set_specification("sales", "old-town", asked=asked, scope=scope("ana"), at=AT)
    person_with("rui", "strategy_office", "riverside")
    client.force_login(Person.objects.get(key="rui"))

    assert client.get(f"{SIGNALS}{path}").status_code == 403


@pytest.mark.parametrize("path", ["chart.json", "image.svg", "chart.png", "points.csv", "histogram.json"])
def test_a_measure_that_is_not_there_has_nothing(client, bakery, path):
    client.force_login(Person.objects.get(key="ana"))

    assert client.get(f"/measures/ghost/old-town/2026-09/signals/{path}").status_code == 404


def test_nothing_asked_for_has_no_histogram(client, bakery):
    client.force_login(Person.objects.get(key="ana"))

    assert client.get(f"{SIGNALS}histogram.json").status_code == 404


def test_both_files_hold_every_point_with_its_limits(client, found):
    found(**SHIFT)
    client.force_login(Person.objects.get(key="ana"))
    rows = list(csv.DictReader(io.StringIO(client.get(f"{SIGNALS}points.csv").content.decode())))
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{SIGNALS}points.xlsx").content))

    assert [row["period"] for row in rows] == MONTHS
    assert float(rows[-1]["upper"]) == view("sales").points[-1].upper
    assert "mdc.shift" in rows[-1]["signals"]
    assert book.get_sheet_by_index(0).height == len(rows) + 1


def test_the_chart_says_in_words_what_its_shapes_say(client, found):
    found(**SHIFT)
    client.force_login(Person.objects.get(key="ana"))
    drawing = client.get(f"{SIGNALS}chart.svg").content.decode()
    island = json.loads(client.get(f"{SIGNALS}chart.json").content)

    for words in ("Shop sales", "Old Town shop", "Improvement", "Noise", "Mean", "Limits", "Target"):
        assert words in drawing
    assert "Improvement" in json.dumps(island)
    assert client.get(f"{SIGNALS}chart.png").content.startswith(b"\x89PNG")


def test_capability_stands_below_with_its_table(client, bakery, scope):
    asked = Asked("2023-01", 39000, 41000, 40000, "The grant.")
    set_specification("sales", "old-town", asked=asked, scope=scope("ana"), at=AT)
    panel = page(client, "ana", MEASURE).select_one("#capability")

    assert "From January 2023 on asked for: 39,000 € to 41,000 €, best 40,000 €" in panel.text
    assert [row.th.text for row in panel.select("tbody tr")] == ["Cp", "Cpk", "Pp", "Ppk", "Cpm"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{SIGNALS}capability.csv").content.decode())))
    assert [row["index"] for row in rows] == ["Cp", "Cpk", "Pp", "Ppk", "Cpm"]
    assert client.get(f"{SIGNALS}histogram.svg").status_code == 200


def test_a_page_as_known_on_a_day_offers_no_decision(client, bakery):
    panel = page(client, "ana", f"{MEASURE}?as_of=2026-10-08").select_one("#signals")

    assert not panel.select(".decide-links, form")
    assert panel.select_one("fourfold-chart")["src"].endswith("?as_of=2026-10-08")


def test_the_journal_tells_every_decision_in_a_sentence(client, found):
    found(**SHIFT)
    post(client, "ana", "rebase/", TYPED)
    post(client, "ana", "special-cause/", {"period": "2023-02", "last": "2023-03", "reason": "Closed."})
    said = {"lower": "38000", "upper": "", "target": "", "period": "2023-01", "reason": "The grant."}
    post(client, "ana", "specification/", said)
    post(client, "ana", f"decisions/{LimitDecision.objects.first().pk}/withdraw/", {})
    journal = " ".join(page(client, "ana", "/journal/").text.split())

    assert (
        "Ana Ribeiro let the limits of the measure “Shop sales” in Old Town shop begin anew with" in journal
    )
    assert "Ana Ribeiro marked a special cause of the measure “Shop sales” in Old Town shop" in journal
    assert "Ana Ribeiro set the specification limits of the measure “Shop sales” in Old Town shop" in journal
    assert "Ana Ribeiro withdrew a decision on the limits of the measure “Shop sales”" in journal


def test_the_icons_are_told_in_words_too(found):
    found(**SHIFT)
    content = marks(["sales"], SlotPlace("old-town", "2026-09", INSTALLATION, AT))["sales"]

    assert content.text == "improvement"
    assert (
        marks(["waste"], SlotPlace("old-town", "2026-09", INSTALLATION, AT))["waste"].text
        == "noise, will miss"
    )
    assert standings()["sales"].assurance is Assurance.CONSISTENTLY_MISS
