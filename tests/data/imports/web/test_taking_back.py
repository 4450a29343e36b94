"""What the page of an import says about taking it back, before and after."""

import pytest

from fourfold.data.imports.models import ImportRun
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.scorecard.evaluation.queries import read_definitions
from tests.data.imports.web.conftest import AT, LONG


@pytest.fixture
def imported(client, ana, hand_in, filled):
    """The address of an import with values, targets, a new unit and a new measure."""
    columns = hand_in(ana, text=LONG, name="kiosk.csv")
    step = client.post(columns, filled(columns)).url
    preview = client.post(step, filled(step)).url
    waiting = client.post(preview.replace("/preview/", "/commit/")).url
    run_due_jobs(at=AT)
    return client.get(waiting).url


def main_of(page, answer):
    return page(answer).select_one("main")


def test_values_and_targets_go_back_and_what_came_along_is_linked_and_stays(client, imported, page):
    shown = main_of(page, client.get(imported))
    assert "Each value and each target that still comes from this file" in shown.get_text()
    links = {
        each.get_text(): each["href"] for each in shown.select("section[aria-labelledby=brought-title] a")
    }
    assert links.keys() == {"Harbour kiosk", "Loaves given away"}
    assert all(client.get(address).status_code == 200 for address in links.values())

    after = main_of(page, client.post(f"{imported}withdraw/", {"reason": "The wrong kiosk"}, follow=True))

    assert "2 targets are as before" in after.parent.get_text()
    assert "They stay after the undo" in after.get_text()
    assert not [each for each in read_definitions().targets if each.unit == "harbour-kiosk"]


def test_of_an_import_that_kept_no_targets_the_page_says_that_they_stay(client, imported, page):
    ImportRun.objects.update(definitions_seq=None)

    assert "Its targets stay" in main_of(page, client.get(imported)).get_text()
    after = client.post(f"{imported}withdraw/", {"reason": "The wrong kiosk"}, follow=True)

    assert "2 targets stay" in after.content.decode()


def test_targets_alone_of_which_nothing_was_kept_have_no_undo(client, imported, page):
    ImportRun.objects.update(definitions_seq=None, values_written=0)

    shown = main_of(page, client.get(imported))

    assert not shown.select("#undo-title")
    assert "Its targets stay" in shown.get_text()
