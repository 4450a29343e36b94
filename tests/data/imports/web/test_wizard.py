"""A file from hand-in to undo, as a browser without script walks it."""

import io
import re
from dataclasses import replace

import pytest
import xlsxwriter

from fourfold.data.imports.pages.choices import read_choices
from fourfold.engine.definitions import UnitSelector
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries import read_definitions
from fourfold.scorecard.measures.models import Observation
from tests.data.imports.web.conftest import AT


@pytest.fixture
def walk(client, filled, hand_in):
    """Hand in, take every guess, and stop at the preview; `roles` and `changes` override what the forms say."""

    def walking(person, changes=None, roles=None, **file):
        columns = hand_in(person, **file)
        step = client.post(columns, filled(columns) | (roles or {})).url
        if step.endswith("/new-things/"):
            step = client.post(step, filled(step) | (changes or {})).url
        return step

    return walking


def committed(client, preview):
    """Press “Import”, let the worker run, and follow to the result."""
    waiting = client.post(preview.replace("/preview/", "/commit/")).url
    run_due_jobs(at=AT)
    return client.get(waiting)


def counts(page, answer):
    return {
        each.select_one("dt").get_text(): each.select_one("dd").get_text()
        for each in page(answer).select(".counts div")
    }


def test_the_columns_are_guessed_and_the_guess_is_explained(client, ana, hand_in, page):
    shown = page(client.get(hand_in(ana)))

    chosen = [each.select_one("option[selected]")["value"] for each in shown.select("select[data-role]")]
    assert chosen == ["unit", "measure", "period", "value", "target"]
    assert "month" in shown.select("th[data-column]")[2].get_text()
    assert shown.select("th[data-column] .field-help")
    assert [cell.get_text() for cell in shown.select(".mapper tbody tr")[0].select("td")][:2] == [
        "Old Town shop",
        "Shop sales",
    ]


def test_what_the_file_brings_along_is_proposed(client, ana, hand_in, filled, page):
    columns = hand_in(ana)
    step = client.post(columns, filled(columns)).url

    legends = [each.get_text() for each in page(client.get(step)).select("legend")]
    assert legends == ["Loaves given away", "Harbour kiosk"]


def test_the_preview_counts_what_would_change_and_writes_nothing(client, ana, walk, page):
    before = Observation.objects.count()

    told = counts(page, client.get(walk(ana)))

    assert (told["New values"], told["Changed"], told["Unchanged"]) == ("4", "0", "0")
    assert (told["New units"], told["New measures"], told["Targets"]) == ("1", "1", "2")
    assert Observation.objects.count() == before


def test_a_new_measure_finds_its_objective_its_target_and_its_unit(client, ana, walk):
    preview = walk(
        ana,
        {
            "measure-0-objective": "new",
            "measure-0-objective_name": "Share bread with neighbours",
            "measure-0-perspective": "customer",
        },
    )
    committed(client, preview)

    definitions = read_definitions()
    (measure,) = [each for each in definitions.measures if each.name == "Loaves given away"]
    assert [share.objective for share in measure.objectives] == ["share-bread-with-neighbours"]
    (objective,) = [each for each in definitions.objectives if each.key == "share-bread-with-neighbours"]
    assert objective.perspective == "customer"
    assert [unit.parent for unit in definitions.units if unit.key == "harbour-kiosk"] == ["bakery"]


def test_a_target_named_with_a_new_measure_holds_from_the_first_period_of_the_file(client, ana, walk):
    text = "shop;measure;month;value\nOld Town shop;Loaves given away;2026-09;31\n"

    committed(client, walk(ana, {"measure-0-target": "40"}, text=text))

    (target,) = [each for each in read_definitions().targets if each.measure == "loaves-given-away"]
    assert (target.unit, [point.value for point in target.points]) == ("old-town", [40.0])


def test_the_result_says_what_happened_and_undo_takes_it_back(client, ana, walk, page):
    result = committed(client, walk(ana)).url
    assert counts(page, client.get(result))["Values written"] == "4"
    assert page(client.get("/import/")).select_one("tbody th a")["href"] == result

    back = client.post(f"{result}withdraw/", {"reason": "The wrong month"}, follow=True)

    assert "Taken back" in page(back).get_text()
    assert "The wrong month" in page(back).get_text()
    assert not page(client.get(result)).select("#reason")


def test_taking_back_without_a_reason_is_refused_beside_the_form(client, ana, walk, page):
    result = committed(client, walk(ana)).url

    answer = client.post(f"{result}withdraw/", {"reason": " "})

    assert answer.status_code == 422
    assert page(answer).select_one("#reason")


def test_the_same_file_twice_changes_nothing(client, ana, walk, page):
    committed(client, walk(ana))
    before = Observation.objects.count()

    preview = walk(ana)

    assert "changes nothing" in page(client.get(preview)).get_text()
    committed(client, preview)
    assert Observation.objects.count() == before


def test_a_kept_mapping_is_offered_for_the_next_file_with_these_columns(client, ana, hand_in, filled, page):
    columns = hand_in(ana)
    step = client.post(columns, filled(columns) | {"keeps_mapping": "on", "mapping": "monthly shops"}).url
    preview = client.post(step, filled(step)).url
    committed(client, preview)

    again = hand_in(ana)
    assert "monthly-shops" in page(client.get(again)).select_one(".notice-offer").get_text()
    assert client.post(again, {"use-stored": "1"}).url.endswith("/preview/")


def test_a_mapping_is_renamed_and_retired(client, ana, page):
    client.force_login(ana)
    client.post("/import/mappings/shops/rename/", {"to": "tills"})
    named = [each.get_text() for each in page(client.get("/import/mappings/")).select("tbody th")]
    assert "tills" in named
    assert "shops" not in named

    client.post("/import/mappings/tills/retire/")
    assert (
        "tills"
        not in page(client.get("/import/mappings/")).select_one("#main").select_one("section").get_text()
    )


def test_a_mapping_renamed_to_another_ones_name_keeps_what_was_typed(client, ana, page):
    client.force_login(ana)
    answer = client.post("/import/mappings/shops/rename/", {"to": "school"})

    assert answer.status_code == 409
    assert page(answer).select_one("#to-shops")["value"] == "school"


def test_a_wide_file_has_a_column_for_each_measure(client, ana, walk, page):
    text = "shop,month,Shop sales,Loaves given away\nOld Town shop,2026-10,41000,31\n"

    told = counts(page, client.get(walk(ana, text=text)))

    assert (told["New values"], told["New measures"]) == ("2", "1")


def test_one_sheet_of_a_workbook_is_chosen(client, ana, hand_in, page):
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["nothing", "here"])
        sheet = book.add_worksheet("Values")
        for row, cells in enumerate([["shop", "month", "Shop sales"], ["Old Town shop", "2026-10", 41000]]):
            sheet.write_row(row, 0, cells)

    columns = hand_in(ana, whole.getvalue(), name="book.xlsx")
    shown = page(client.get(columns, {"sheet": "Values"}))

    assert [each.get_text() for each in shown.select("select[name=sheet] option")] == ["Notes", "Values"]
    assert [each.get_text() for each in shown.select(".mapper-name")] == ["shop", "month", "Shop sales"]


# --- what is refused --------------------------------------------------------------------------------------------------


def test_two_columns_for_one_role_are_refused_and_the_choice_stays(client, ana, hand_in, filled, page):
    columns = hand_in(ana)

    answer = client.post(columns, filled(columns) | {"role-1": "unit"})

    assert answer.status_code == 422
    shown = page(answer)
    assert "both taken for unit" in shown.select_one("[role=alert]").get_text()
    assert shown.select_one("select[name=role-1] option[selected]")["value"] == "unit"


def test_a_unit_of_measure_that_is_none_is_refused_and_the_rest_stays(client, ana, hand_in, filled, page):
    columns = hand_in(ana)
    step = client.post(columns, filled(columns)).url

    answer = client.post(step, filled(step) | {"measure-0-unit_of_measure": "!!", "measure-0-name": "Gifts"})

    assert answer.status_code == 422
    assert page(answer).select_one("#measure-0-name")["value"] == "Gifts"


def test_rows_that_cannot_be_read_are_listed_with_their_line(client, ana, walk, page):
    text = "shop;measure;month;value\nOld Town shop;Shop sales;2026-10;41000\nOld Town shop;Shop sales;2026-11;4l2oo\n"

    shown = page(client.get(walk(ana, roles={"role-3": "value"}, text=text)))

    rows = [row.get_text(" ", strip=True) for row in shown.select("#findings li")]
    assert any(re.match(r"Row 3 .*4l2oo", row) for row in rows)
    assert not shown.select("form[action$='/commit/']")


def test_who_may_not_define_is_told_whom_to_ask(client, clara, hand_in, filled, page):
    columns = hand_in(clara)
    step = client.post(columns, filled(columns)).url

    shown = page(client.get(step))

    assert "strategy office" in shown.select_one("#main").get_text()
    assert not shown.select("fieldset")


def test_rows_of_units_outside_ones_reach_are_refused_at_the_commit(client, stan, walk, page):
    text = "shop;measure;month;value\nRiverside shop;Shop sales;2026-10;29000\n"

    answer = committed(client, walk(stan, text=text))

    assert "UNIT_UNKNOWN" in page(answer).get_text()
    assert not Observation.objects.filter(value=29000).exists()


def test_a_file_is_nobody_elses(client, ana, clara, hand_in):
    columns = hand_in(ana)
    client.force_login(clara)

    assert client.get(columns).status_code == 404


def test_who_may_not_import_finds_no_page(client, bakery):
    from fourfold.platform.accounts.models import Person

    client.force_login(Person.objects.get(key="bruno"))

    assert {client.get(page).status_code for page in ("/import/", "/import/new/", "/import/mappings/")} == {
        403
    }


def test_nothing_that_another_unit_declares_is_offered(stan):
    known = read_definitions()
    theirs = UnitSelector("riverside")
    oven = replace(known.objectives[0], key="oven", name="Heat the oven", units=theirs)
    crust = replace(known.measures[0], key="crust", name="Crust", units=theirs)
    with_them = replace(
        known,
        objectives=(*known.objectives, oven),
        measures=tuple(sorted((*known.measures, crust), key=lambda each: each.key)),
    )
    write_definitions(with_them, scope=INSTALLATION, at=AT, replaces=True)

    offered = read_choices(scope_of_key("stan"))

    assert "crust" not in dict(offered.measures)
    assert "oven" not in [key for _perspective, group in offered.objectives for key, _name in group]
    assert "sales" in dict(offered.measures)
