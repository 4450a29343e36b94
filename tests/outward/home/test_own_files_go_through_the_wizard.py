"""A table that Fourfold itself hands out is read back by pressing Continue alone."""

import io

import pytest
import python_calamine
import xlsxwriter
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from fourfold.outward.home.queries.starters import STARTERS
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.scorecard.evaluation.queries import read_definitions
from fourfold.scorecard.measures.models import Observation
from tests.data.imports.web.conftest import AT

NEEDS = {
    "ratio": {"numerator": 3, "denominator": 4},
    "rate": {"numerator": 3, "denominator": 4},
    "mean": {"value": 4.25, "n": 40},
}
"""What somebody types for each kind; every other kind is one value."""


@pytest.fixture
def pressed_through(client, settings, tmp_path):
    """Hand a file in and send every form as it stands; answers the page of the finished import."""
    settings.FOURFOLD_HOME = tmp_path

    def pressing(content, *, name):
        sent = SimpleUploadedFile(name, content)
        answer = client.post("/import/new/", {"file": sent})
        while "/preview/" not in answer.url:
            form = BeautifulSoup(client.get(answer.url).content, "lxml").select("form.import-form")[-1]
            answer = client.post(answer.url, as_it_stands(form))
            assert answer.status_code == 302, BeautifulSoup(answer.content, "lxml").main.get_text(
                " ", strip=True
            )
        shown = BeautifulSoup(client.get(answer.url).content, "lxml")
        assert not shown.select(".finding-group"), shown.select_one(".finding-group").get_text(
            " ", strip=True
        )
        waiting = client.post(answer.url.replace("/preview/", "/commit/")).url
        run_due_jobs(at=AT)
        return BeautifulSoup(client.get(client.get(waiting).url).content, "lxml")

    return pressing


def as_it_stands(form):
    """What a browser sends of a form that nobody touched."""
    said = {
        each["name"]: each.get("value", "on")
        for each in form.select("input[name]")
        if each.get("type") != "checkbox" or each.has_attr("checked")
    }
    for choice in form.select("select[name]"):
        chosen = choice.select_one("option[selected]") or choice.select_one("option")
        said[choice["name"]] = chosen.get("value", chosen.get_text())
    return said | {each["name"]: each.get_text() for each in form.select("textarea[name]")}


def filled_in(workbook):
    """The table as somebody saves it again with a number in every place that its row needs."""
    (sheet,) = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook)).sheet_names
    header, *rows = python_calamine.load_workbook(io.BytesIO(workbook)).get_sheet_by_name(sheet).to_python()
    kinds = {each.key: each.versions[-1].kind.value for each in read_definitions().measures}
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, header)
        for line, row in enumerate(rows, start=1):
            said = (
                dict(zip(header, row, strict=True)) | NEEDS.get(kinds[row[0]], {"value": 40}) | {"target": 50}
            )
            page.write_row(line, 0, [said[name] for name in header])
    return saved.getvalue(), len(rows)


@pytest.mark.parametrize("starter", STARTERS)
def test_the_table_to_fill_in_of_each_template_is_imported_by_pressing_continue(
    at_the_desk, said, starter, pressed_through
):
    at_the_desk.post(f"/start/template/{starter}/", said)
    content, count = filled_in(at_the_desk.get("/start/next/values.xlsx").content)

    pressed_through(content, name="values-to-fill.xlsx")

    assert Observation.objects.count() == count
    frequencies = {each.versions[-1].frequency.value for each in read_definitions().measures}
    assert {"month", "quarter"} <= frequencies, "months and quarters are mixed in the file"
