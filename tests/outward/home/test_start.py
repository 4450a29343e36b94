"""From an empty installation to an organisation: three ways, each all or nothing, each of them once."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.periods.queries import known_organisation
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries import read_definitions
from fourfold.scorecard.measures.models import LedgerEntry, Observation

BAKERY = Path(__file__).parents[3] / "examples" / "four-objectives"
MENU = ".shell-side .side-nav a"
TEMPLATE = "/start/template/private-company/"


def test_the_front_door_of_an_empty_installation_leads_its_founder_to_the_start_page(at_the_desk):
    assert at_the_desk.get("/").url == "/start/"


def test_somebody_who_may_not_found_is_told_that_nothing_is_here_yet(client, db):
    client.force_login(Person.objects.create_user("eve", name="Eve"))

    assert client.get("/").status_code == 409
    assert client.get("/start/").status_code == 403
    assert client.get(TEMPLATE).status_code == 403
    assert client.post("/start/folder/").status_code == 403


def test_a_stranger_is_asked_to_sign_in(client, founder):
    assert client.get("/start/").url.startswith("/accounts/login/")


def test_the_start_page_names_five_templates(at_the_desk, page):
    shown = page(at_the_desk.get("/start/"))

    assert [each.get_text(strip=True) for each in shown.select(".starter-card h3")] == [
        "Private company",
        "Public agency",
        "Non-profit",
        "Hospital",
        "IT department",
    ]


def test_a_template_founds_everything_but_values(at_the_desk, said):
    answer = at_the_desk.post(TEMPLATE, said)

    assert answer.url == "/start/next/"
    organisation = known_organisation()
    assert (organisation.key, organisation.name) == ("hill-sons", "Hill & Sons")
    assert (organisation.time_zone, organisation.currency) == ("Europe/Vienna", "CHF")
    assert len(read_definitions().measures) == 15
    assert not Observation.objects.exists()


def test_whoever_founds_is_administrator_of_what_they_found(at_the_desk, said, founder):
    at_the_desk.post(TEMPLATE, said)

    assert [(row.role, row.unit.key) for row in Membership.objects.all()] == [("administrator", "hill-sons")]
    founder.refresh_from_db()
    assert not founder.is_founder
    assert at_the_desk.get("/").status_code == 302


def test_founding_stands_in_the_journal(at_the_desk, said):
    at_the_desk.post(TEMPLATE, said)

    event = AuditEvent.objects.get(action="organisation_founded")
    assert (event.object, event.actor) == ("organisation/hill-sons", "ada")
    assert json.loads(event.document)["details"] == {"way": "starter private-company"}


def test_a_form_sent_twice_founds_once(at_the_desk, said):
    at_the_desk.post(TEMPLATE, said)
    before = LedgerEntry.objects.count(), AuditEvent.objects.count()

    again = at_the_desk.post(TEMPLATE, said)

    assert again.url == "/start/next/"
    assert (LedgerEntry.objects.count(), AuditEvent.objects.count()) == before


def test_a_second_organisation_is_refused_by_the_name_of_the_first(at_the_desk, said, page):
    at_the_desk.post(TEMPLATE, said)

    answer = at_the_desk.post(TEMPLATE, said | {"name": "Another"})

    assert answer.status_code == 422
    assert known_organisation().name == "Hill & Sons"


def test_before_there_is_a_strategy_the_menu_shows_what_makes_sense_and_the_start_first(at_the_desk, page):
    shown = page(at_the_desk.get("/start/"))

    assert [link.get_text(strip=True) for link in shown.select(MENU)] == ["Start", "People", "Journal"]


def test_once_there_is_a_strategy_the_menu_is_whole_and_the_start_is_gone(at_the_desk, said, page):
    at_the_desk.post(TEMPLATE, said)
    shown = page(at_the_desk.get("/", follow=True))
    menu = [link.get_text(strip=True) for link in shown.select(MENU)]

    assert menu[0] == "Home"
    assert "Start" not in menu
    assert {"Scorecard", "Measures", "People", "Journal"} <= set(menu)


def test_what_was_typed_stays_when_something_is_missing(at_the_desk, said, page):
    answer = at_the_desk.post(TEMPLATE, said | {"name": ""})

    assert answer.status_code == 422
    shown = page(answer)
    assert shown.select_one("#id_time_zone")["value"] == "Europe/Vienna"
    assert shown.select_one("#id_name")["aria-invalid"] == "true"
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("name", "key", "made"),
    [("Grüne Wiese", "", "grune-wiese"), ("4 Seasons", "", "o-4-seasons"), ("日本", "nihon", "nihon")],
)
def test_the_short_name_is_made_from_the_name(at_the_desk, said, name, key, made):
    at_the_desk.post(TEMPLATE, said | {"name": name, "key": key})

    assert known_organisation().key == made


def test_a_name_without_a_latin_letter_asks_for_a_short_name(at_the_desk, said, page):
    answer = at_the_desk.post(TEMPLATE, said | {"name": "日本"})

    assert "Use letters a to z" in page(answer).select_one("#id_key_error").get_text()


@pytest.mark.parametrize(
    ("changed", "month"),
    [
        ({}, "2026-01"),
        ({"start_month": "7", "named_by": "end"}, "2026-07"),
        ({"kind": "4-5-4", "named_by": "start"}, "2026-P01"),
    ],
)
def test_the_fiscal_calendar_is_the_one_that_was_chosen(at_the_desk, said, changed, month):
    at_the_desk.post(TEMPLATE, said | changed)

    calendar = known_organisation().calendar
    assert calendar.key(calendar.parse(month)) == month
    assert calendar.start_month == int(changed.get("start_month", 1))
    assert calendar.kind == changed.get("kind", "gregorian")


def test_after_founding_every_measure_says_what_to_fill_in(at_the_desk, said, page):
    at_the_desk.post(TEMPLATE, said)

    rows = page(at_the_desk.get("/start/next/")).select("tbody tr")

    assert len(rows) == 15
    told = {row.select_one(".row-name").get_text(): row.get_text(" ", strip=True) for row in rows}
    assert "Sales, Operations, Support functions" in told["Revenue"]
    assert "numerator, denominator, target" in told["Gross margin"]
    assert "Hill & Sons" in told["Gross margin"]


def test_the_table_to_fill_in_has_a_row_for_each_measure_and_unit(at_the_desk, said):
    from python_calamine import CalamineWorkbook

    at_the_desk.post(TEMPLATE, said)
    answer = at_the_desk.get(reverse("home:start-values"))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["measure", "unit", "period", "value"]
    assert [row[1] for row in rows if row[0] == "revenue"] == ["sales", "operations", "support"]
    assert [row[1] for row in rows if row[0] == "gross-margin"] == ["hill-sons"]


# --- a strategy folder ------------------------------------------------------------------------------------------------


def packed(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> SimpleUploadedFile:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("folder.zip", whole.getvalue(), content_type="application/zip")


def bakery_files(inside: str = "") -> dict[str, bytes]:
    return {
        f"{inside}{file.relative_to(BAKERY)}": file.read_bytes()
        for file in BAKERY.rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize("inside", ["", "four-objectives/"])
def test_a_packed_folder_founds_with_its_data(at_the_desk, inside):
    answer = at_the_desk.post("/start/folder/", {"file": packed(bakery_files(inside))})

    assert answer.url == "/"
    assert known_organisation().name == "Harbour Bakery"
    assert Observation.objects.exists()
    assert Membership.objects.filter(person__key="ada", role="administrator", unit__key="bakery").exists()
    assert AuditEvent.objects.filter(action="organisation_founded").count() == 1


def test_the_same_folder_twice_founds_once(at_the_desk):
    at_the_desk.post("/start/folder/", {"file": packed(bakery_files())})
    entries = LedgerEntry.objects.count()

    again = at_the_desk.post("/start/folder/", {"file": packed(bakery_files())})

    assert "belongs to Harbour Bakery" in again.content.decode()
    assert LedgerEntry.objects.count() == entries
    assert AuditEvent.objects.filter(action="organisation_founded").count() == 1


def test_a_folder_with_an_error_founds_nothing_and_names_file_and_line(at_the_desk, page):
    files = bakery_files()
    files["strategy.yaml"] = files["strategy.yaml"].replace(b"perspective: customer", b"perspective: nowhere")

    answer = at_the_desk.post("/start/folder/", {"file": packed(files)})

    assert answer.status_code == 422
    assert "strategy.yaml:" in page(answer).select_one("tbody th").get_text()
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../strategy.yaml", "leads out of it"),
        ("/etc/strategy.yaml", "leads out of it"),
        ("run.exe", "no part of a strategy folder"),
        ("readme.md", "no strategy.yaml"),
    ],
)
def test_an_archive_that_is_no_folder_is_not_opened(at_the_desk, page, name, reason):
    answer = at_the_desk.post("/start/folder/", {"file": packed({name: b"x"})})

    assert answer.status_code == 422
    assert reason in page(answer).select_one("#id_file_error").get_text()


def test_a_small_archive_that_unpacks_to_a_giant_is_stopped_on_the_way(at_the_desk, page):
    bomb = packed({"strategy.yaml": b"# " + b"0" * 300 * 1024**2})

    answer = at_the_desk.post("/start/folder/", {"file": bomb})

    assert "far larger than packed" in page(answer).select_one("#id_file_error").get_text()


def test_a_link_inside_an_archive_is_refused(at_the_desk, page):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        link = zipfile.ZipInfo("strategy.yaml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    answer = at_the_desk.post("/start/folder/", {"file": SimpleUploadedFile("a.zip", whole.getvalue())})

    assert "is a link" in page(answer).select_one("#id_file_error").get_text()


def test_something_that_is_no_archive_is_called_so(at_the_desk, page):
    answer = at_the_desk.post("/start/folder/", {"file": SimpleUploadedFile("a.zip", b"not a zip")})

    assert "no readable ZIP" in page(answer).select_one("#id_file_error").get_text()
