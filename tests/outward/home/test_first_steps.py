"""A freshly founded organisation: its home says what comes next, until it is done."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fourfold.data.imports.actions import commit_import, keep_upload
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions
from fourfold.scorecard.evaluation.queries import read_definitions
from tests.data.imports.conftest import MORNING

VALUES = b"shop,measure,month,value,target\nNorth,Sales of bread,2026-09,100,120\n"
MAPPING = """\
key: shops
file: shops.csv
layout: long
columns: {unit: shop, period: month, measure: measure, value: value, target: target}
"""


@pytest.fixture
def founded(at_the_desk, said, settings, tmp_path):
    """From a spreadsheet; the file is handed in and then left."""
    settings.FOURFOLD_HOME = tmp_path
    file = SimpleUploadedFile("shops.csv", VALUES)
    answer = at_the_desk.post(
        "/start/spreadsheet/", said | {"starter": "private-company", "file": file, "kind": "gregorian"}
    )
    assert answer.status_code == 302, answer.content
    return answer.url


def steps(page, answer):
    part = page(answer).select_one("#steps-title")
    return [link.get_text() for link in part.find_parent("section").select("li a")] if part else []


def test_the_first_home_goes_on_with_the_file_and_names_every_step(at_the_desk, founded, page):
    home = at_the_desk.get("/home/")

    assert steps(page, home) == [
        "Go on with shops.csv",
        "Invite colleagues",
        "Look at the map",
    ]
    assert page(home).find("a", string="Go on with shops.csv")["href"] == founded


def test_a_step_that_is_done_is_not_named(at_the_desk, founded, page):
    Person.objects.create_user("nora", name="Nora North")

    assert "Invite colleagues" not in steps(page, at_the_desk.get("/home/"))


def test_without_a_file_and_a_measure_the_first_step_is_a_file(at_the_desk, founded, page):
    at_the_desk.post(founded.replace("/columns/", "/discard/"))

    assert steps(page, at_the_desk.get("/home/"))[0] == "Import a file with values"


def test_values_and_targets_are_counted_measure_by_measure(at_the_desk, said, settings, tmp_path, page):
    settings.FOURFOLD_HOME = tmp_path
    assert at_the_desk.post("/start/template/private-company/", said).status_code == 302
    before = at_the_desk.get("/home/")
    root = read_definitions().units[0].key
    rows = f"shop,measure,month,value,target\n{root},revenue,2026-09,100,120\n".encode()
    kept = keep_upload([rows], name="one.csv", scope=INSTALLATION, at=MORNING)
    commit_import(ImportRequest(kept.reference, "shops", MAPPING), scope=INSTALLATION, at=MORNING)
    after = at_the_desk.get("/home/")

    assert steps(page, before) == ["Bring in values", "Give targets", "Invite colleagues", "Look at the map"]
    every = [each for each in read_definitions().measures if each.objectives]
    count = len(every)
    assert f"{count} of {count} measures on the map have no target" in page(before).get_text()
    assert f"{count - 1} of {count} measures on the map have no target" in page(after).get_text()
    assert f"{count - 1} of {count} measures on the map have no value" in page(after).get_text()


def test_where_everything_is_done_there_is_no_list(client, db, page):
    from fourfold.data.imports.actions import load_strategy_folder
    from tests.data.imports.conftest import EXAMPLES

    load_strategy_folder(EXAMPLES / "four-objectives", data=None, scope=INSTALLATION, at=MORNING)
    client.force_login(Person.objects.get(key="ana"))

    assert steps(page, client.get("/home/")) == []

    def without_targets_of_one(known):
        wanted = tuple(each for each in known.targets if each.measure != known.targets[0].measure)
        return replace(known, targets=wanted)

    change_definitions(
        without_targets_of_one, act=Act.EDIT_TARGETS, unit="bakery", scope=INSTALLATION, at=MORNING
    )
    left = client.get("/home/")

    assert steps(page, left)[0] == "Give targets"
    assert page(left).select("main section h2")[-1]["id"] == "steps-title", "what works stands before it"
