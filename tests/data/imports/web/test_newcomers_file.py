"""The file of a newcomer: percent signs, an empty cell, a row twice, and one word among the numbers."""

import pytest

from fourfold.data.imports.actions import import_file
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.scorecard.evaluation.queries import read_definitions
from fourfold.scorecard.measures.models import Observation
from tests.data.imports.web.conftest import AT

HEADER = "Branch,KPI,Month,Actual,Goal\n"
ROWS = """Old Town shop,Gross margin,Aug 2026,28.9%,31.0%
Old Town shop,Gross margin,Sep 2026,29.4%,31.0%
Riverside shop,Gross margin,Sep 2026,30.1 %,31.0%
Old Town shop,Average handling time,Sep 2026,14.43,12
Old Town shop,Net result,Sep 2026,"(1,200 €)","2,000.50 €"
Old Town shop,New customers,Aug 2026,,40
Old Town shop,New customers,Sep 2026,31,40
Old Town shop,New customers,Sep 2026,31,40
"""
OTHERS = "".join(
    f"Old Town shop,Average handling time,{month} {year},twelve,12\n"
    for year in range(2018, 2026)
    for month in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
)


@pytest.fixture
def to_preview(client, hand_in, filled):
    """Hand the file in and take every guess as far as the preview."""

    def walking(person, text, roles=None, changes=None):
        columns = hand_in(person, text=text, name="branches.csv")
        step = client.post(columns, filled(columns) | (roles or {})).url
        if step.endswith("/new-things/"):
            step = client.post(step, filled(step) | (changes or {})).url
        return step

    return walking


def values(key):
    return list(
        Observation.objects.filter(measure__key=key).order_by("period", "unit__key").values_list("value", flat=True)
    )  # fmt: skip


def committed(client, preview):
    waiting = client.post(preview.replace("/preview/", "/commit/")).url
    run_due_jobs(at=AT)
    return client.get(waiting).url


def test_the_columns_step_says_what_is_taken_off_beside_numbers(client, ana, hand_in, page):
    shown = page(client.get(hand_in(ana, text=HEADER + ROWS)))

    chosen = [each.select_one("option[selected]")["value"] for each in shown.select("select[data-role]")]
    assert chosen == ["unit", "measure", "period", "value", "target"]
    assert shown.select_one("#marks")["value"] == "%, €"
    assert "28.9%" in shown.select_one("#marks-help").get_text()
    assert shown.select_one("#format-negative option[selected]")["value"] == "brackets"


def test_percent_money_and_brackets_arrive_as_numbers(client, ana, to_preview):
    committed(client, to_preview(ana, HEADER + ROWS))

    assert values("gross-margin") == [28.9, 29.4, 30.1]
    assert values("net-result") == [-1200.0]
    targets = {each.measure: each.points[0].value for each in read_definitions().targets}
    assert (targets["gross-margin"], targets["net-result"]) == (31.0, 2000.5)


def test_new_measures_are_proposed_with_what_their_values_say(client, ana, hand_in, filled):
    columns = hand_in(ana, text=HEADER + ROWS)
    form = filled(client.post(columns, filled(columns)).url)

    proposed = [
        tuple(form[f"measure-{place}-{name}"] for name in ("name", "unit_of_measure", "kind", "goal", "decimals"))
        for place in range(4)
    ]  # fmt: skip
    assert proposed == [
        ("Gross margin", "%", "precomputed", "maximise", "1"),
        ("Average handling time", "1", "precomputed", "minimise", "2"),
        ("Net result", "EUR", "flow", "maximise", "0"),
        ("New customers", "1", "flow", "maximise", "0"),
    ]


def test_decimals_are_chosen_as_a_value_of_the_file_will_look(client, ana, hand_in, filled, page, to_preview):
    columns = hand_in(ana, text=HEADER + ROWS)
    step = client.post(columns, filled(columns)).url
    offered = page(client.get(step)).select("#measure-1-decimals option")
    assert [each.get_text() for each in offered][:3] == ["14", "14.4", "14.43"]

    committed(client, to_preview(ana, HEADER + ROWS, changes={"measure-1-decimals": "1"}))

    by_key = {each.key: each.versions[-1].decimals for each in read_definitions().measures}
    assert (by_key["average-handling-time"], by_key["gross-margin"]) == (1, 1)


def test_a_guess_that_somebody_changes_is_what_is_created(client, ana, to_preview):
    changes = {
        "measure-3-kind": "stock",
        "measure-3-goal": "minimise",
        "measure-3-unit_of_measure": "customers",
    }

    committed(client, to_preview(ana, HEADER + ROWS, changes=changes))

    (version,) = [each.versions[-1] for each in read_definitions().measures if each.key == "new-customers"]
    assert (version.kind.value, version.goal.value, version.unit_of_measure) == (
        "stock",
        "minimise",
        "customers",
    )


def test_the_counts_of_a_preview_add_up_to_the_rows_read(client, ana, to_preview, page):
    head = page(client.get(to_preview(ana, HEADER + ROWS))).select_one("#counts-title + p")

    assert " ".join(head.get_text(" ").split()) == (
        "8 rows read: 6 new values, 1 without a value, 1 twice in the file, counted once"
    )


def test_findings_stand_by_kind_with_every_row_counted_and_the_first_shown(client, ana, to_preview, page):
    preview = to_preview(ana, HEADER + ROWS + OTHERS, roles={"role-3": "value"})
    shown = page(client.get(preview))

    (group,) = shown.select(".finding-group")
    assert "96 rows" in group.select_one("h3").get_text()
    assert [each.get_text(" ", strip=True) for each in group.select("li")][-1] == "and 91 more"
    assert "Row 10" in group.select("li")[0].get_text(" ", strip=True)
    assert "96 rows keep the file out" in shown.select_one(".field-error").get_text()
    assert not shown.select("form[action$='/commit/']")


def test_the_percent_sign_of_a_measure_in_money_is_a_finding(client, ana, to_preview, page):
    text = HEADER + ROWS + "Old Town shop,Shop sales,Oct 2026,41%,\n"

    group = page(client.get(to_preview(ana, text))).select_one(".finding-group")

    assert "another unit of measure" in group.select_one("h3").get_text()
    assert "41%" in group.select("li")[0].get_text()


def test_what_is_taken_off_may_be_forbidden(client, ana, to_preview, page):
    preview = to_preview(ana, HEADER + ROWS, roles={"marks": ""})

    assert "no numbers" in page(client.get(preview)).select_one(".finding-group h3").get_text()


def test_the_kept_mapping_reads_the_next_file_by_command_too(client, ana, to_preview, tmp_path):
    committed(client, to_preview(ana, HEADER + ROWS, roles={"keeps_mapping": "on", "mapping": "branches"}))
    later = tmp_path / "later.csv"
    later.write_text(HEADER + "Old Town shop,Gross margin,Oct 2026,27.5%,31.0%\n", encoding="utf-8")

    run = import_file(later, mapping="branches", scope=INSTALLATION, at=AT)

    assert run.values_written == 1
    assert values("gross-margin")[-1] == 27.5


def test_percentages_without_a_whole_say_what_to_do_before_and_after(client, ana, to_preview, page):
    preview = to_preview(ana, HEADER + ROWS)
    told = page(client.get(preview)).select_one(".not-added").get_text()
    assert "Gross margin" in told
    assert "New customers" not in told
    assert "numerator and denominator" in told

    committed(client, preview)

    scorecard = client.get("/scorecards/bakery/2026-09/")
    assert "2 measures cannot be added up" in page(scorecard).select_one(".not-added").get_text()
    assert not page(client.get("/scorecards/old-town/2026-09/")).select(".not-added")


def test_with_a_row_for_the_whole_there_is_nothing_to_say(client, ana, to_preview, page):
    whole = "".join(
        f"Harbour Bakery,{measure},Sep 2026,{value},\n"
        for measure, value in (("Gross margin", "29.8%"), ("Average handling time", "14.4"))
    )
    preview = to_preview(ana, HEADER + ROWS + whole)
    assert not page(client.get(preview)).select(".not-added")

    committed(client, preview)

    assert not page(client.get("/scorecards/bakery/2026-09/")).select(".not-added")


def test_whoever_imports_answers_for_new_measures_until_others_are_named(
    client, ana, hand_in, filled, to_preview
):
    columns = hand_in(ana, text=HEADER + ROWS)
    form = filled(client.post(columns, filled(columns)).url)
    assert (form["measure-0-owner"], form["measure-0-steward"]) == ("ana", "ana")

    committed(
        client, to_preview(ana, HEADER + ROWS, changes={"measure-0-steward": "clara", "measure-1-owner": ""})
    )

    named = {
        each.key: (each.versions[-1].owner, each.versions[-1].steward) for each in read_definitions().measures
    }
    assert named["gross-margin"] == ("ana", "clara")
    assert named["average-handling-time"] == (None, "ana")
    assert named["net-result"] == ("ana", "ana")


def test_after_the_import_one_is_led_on_and_named_in_the_list(client, ana, to_preview, page):
    done = page(client.get(committed(client, to_preview(ana, HEADER + ROWS))))

    assert done.select_one("a[href='/start/next/']")
    assert client.get("/start/next/").status_code == 200
    listed = page(client.get("/import/")).select_one("td[data-label=Who]")
    assert listed.get_text() == ana.name != ana.key


def test_the_preview_and_the_step_before_say_since_when_new_things_owe_values(
    client, ana, hand_in, filled, page, to_preview
):
    columns = hand_in(ana, text=HEADER + ROWS)
    step = client.post(columns, filled(columns)).url
    assert (
        "owes values from its first period in this file on"
        in page(client.get(step)).select_one("main").get_text()
    )

    shown = (
        page(client.get(to_preview(ana, HEADER + ROWS))).select_one("#counts-title").find_parent("section")
    )

    listed = [each.get_text() for each in shown.select("ul li")]
    assert any(each.startswith("Gross margin, from") and "Aug" in each for each in listed), listed
    assert any(each.startswith("Net result, from") and "Sep" in each for each in listed), listed
