"""What was begun is found again, and what was said once is not asked again."""

import pytest

from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.scorecard.evaluation.queries import read_definitions
from tests.data.imports.web.conftest import AT
from tests.data.imports.web.test_newcomers_file import HEADER, ROWS

SPOILT = HEADER + ROWS + "Old Town shop,Average handling time,Aug 2026,twelve,12\n"
MENDED = SPOILT.replace("twelve", "13.9")


@pytest.fixture
def attempted(client, ana, hand_in, filled):
    """Ana says what an unusual column means and completes the new things; a finding keeps the file out."""
    columns = hand_in(ana, text=SPOILT.replace("Branch", "Where sold"), name="spoilt.csv")
    step = client.post(columns, filled(columns) | {"mapping": "our-branches", "role-4": ""}).url
    typed = {
        "measure-0-name": "Margin of goods",
        "measure-0-unit_of_measure": "pp",
        "measure-1-goal": "maximise",
        "measure-1-decimals": "1",
        "measure-3-objective": "new",
        "measure-3-objective_name": "Win new customers",
        "measure-3-perspective": "customer",
    }
    return client.post(step, filled(step) | typed).url


def test_the_mended_file_is_filled_in_as_the_one_before(client, ana, attempted, hand_in, filled, page):
    columns = hand_in(ana, text=MENDED.replace("Branch", "Where sold"), name="mended.csv")

    shown = page(client.get(columns))

    assert "spoilt.csv" in shown.select_one(".notice-offer").get_text()
    form = filled(columns)
    assert (form["role-0"], form["role-4"], form["mapping"]) == ("unit", "", "our-branches")


def test_the_new_things_of_the_mended_file_are_answered_as_before(client, ana, attempted, hand_in, filled):
    columns = hand_in(ana, text=MENDED.replace("Branch", "Where sold"), name="mended.csv")
    step = client.post(columns, filled(columns)).url

    form = filled(step)
    preview = client.post(step, form).url
    client.post(preview.replace("/preview/", "/commit/"))
    run_due_jobs(at=AT)

    assert (form["measure-0-name"], form["measure-0-unit_of_measure"]) == ("Margin of goods", "pp")
    assert (form["measure-1-goal"], form["measure-1-decimals"]) == ("maximise", "1")
    (measure,) = [each for each in read_definitions().measures if each.key == "new-customers"]
    assert [share.objective for share in measure.objectives] == ["win-new-customers"]


def test_the_guesses_may_be_asked_for_instead(client, ana, attempted, hand_in, page):
    columns = hand_in(ana, text=MENDED.replace("Branch", "Where sold"), name="mended.csv")

    shown = page(client.get(columns, {"afresh": "1"}))

    assert not shown.select(".notice-offer")
    assert shown.select_one("select[name=role-4] option[selected]")["value"] == "target"


def test_a_file_with_other_columns_is_looked_at_anew(client, ana, attempted, hand_in, page):
    shown = page(client.get(hand_in(ana, text=MENDED)))

    assert not shown.select(".notice-offer")


def test_a_mended_file_from_another_program_keeps_its_own_way_of_writing(
    client, ana, attempted, hand_in, filled
):
    german = MENDED.replace("Branch", "Where sold").replace(",", ";").replace(".", ",")
    german = german.replace('"(1;200 €)"', "-1200").replace('"2;000,50 €"', "2000,50")

    form = filled(hand_in(ana, text=german, name="german.csv"))

    assert (form["role-0"], form["role-4"], form["decimal"]) == ("unit", "", ",")


def test_going_back_to_the_columns_keeps_what_was_typed_about_new_things(client, attempted, filled):
    columns = attempted.replace("/preview/", "/columns/")

    step = client.post(columns, filled(columns)).url

    assert filled(step)["measure-0-name"] == "Margin of goods"


def test_somebody_else_is_offered_nothing_of_it(client, clara, attempted, hand_in, page):
    columns = hand_in(clara, text=MENDED.replace("Branch", "Where sold"))

    assert not page(client.get(columns)).select(".notice-offer")


def test_a_file_that_was_left_is_offered_on_the_list_and_at_home(client, ana, hand_in, page):
    columns = hand_in(ana, text=MENDED, name="left.csv")

    for address in ("/import/", "/home/"):
        shown = page(client.get(address))
        assert [each["href"] for each in shown.find_all("a", string="Go on with left.csv")] == [columns]


def test_an_imported_file_is_offered_no_more_until_it_is_taken_back(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=MENDED, name="left.csv")
    step = client.post(columns, filled(columns)).url
    preview = client.post(step, filled(step)).url
    waiting = client.post(preview.replace("/preview/", "/commit/")).url
    run_due_jobs(at=AT)
    run = client.get(waiting).url

    listed = page(client.get("/import/"))
    assert not listed.find_all("a", string="Go on with left.csv")
    assert "by Ana Ribeiro" in page(client.get(run)).get_text()

    client.post(f"{run}withdraw/", {"reason": "The wrong month"})
    assert page(client.get("/import/")).find_all("a", string="Go on with left.csv")


def test_somebody_elses_file_is_not_offered(client, ana, clara, hand_in, page):
    hand_in(ana, text=MENDED, name="left.csv")
    client.force_login(clara)

    assert "left.csv" not in page(client.get("/import/")).get_text()


@pytest.mark.parametrize(("name", "measure"), [("costs.csv", ""), ("sales.csv", "sales")])
def test_what_was_said_of_a_whole_file_is_said_of_no_other(client, ana, hand_in, filled, name, measure):
    text = "shop,month,value\nOld Town shop,2026-08,{}\nRiverside shop,2026-08,5\n"
    columns = hand_in(ana, text=text.format(1), name="sales.csv")
    whole = {
        "layout": "long",
        "role-0": "unit",
        "role-1": "period",
        "role-2": "value",
        "constant-measure": "sales",
    }
    assert client.post(columns, filled(columns) | whole).status_code == 302

    other = filled(hand_in(ana, text=text.format(2), name=name))

    assert (other["role-2"], other["constant-measure"]) == ("value", measure)
