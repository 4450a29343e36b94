"""What takes long is no request: a large file is previewed, and a large import taken back, by the worker."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from fourfold.data.imports.actions import commit_import, keep_upload, withdraw_import
from fourfold.data.imports.actions.undo_import import UNDO_JOB
from fourfold.data.imports.models import ImportRun, Upload
from fourfold.data.imports.queries import preview_import
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.folder.mapping.look import ProposedUnit
from fourfold.platform.accounts.models import Membership
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.platform.jobs.models import Job
from fourfold.scorecard.measures.models import Observation
from tests.data.imports.test_import_faults import room_for
from tests.data.imports.web.conftest import AT, LONG

LATER = AT + timedelta(hours=1)

NOTE = "x" * 60_000
HEAVY = "shop;measure;month;value;note\n" + "".join(
    f"Old Town shop;Shop sales;{2025 + place // 12}-{place % 12 + 1:02};{place};{NOTE}\n"
    for place in range(40)
)
"""Two and a half megabytes in forty rows."""

UNITS, MONTHS = 100, 51  # together more values than are taken back at once
SALES = """\
key: many-shops
file: sales.csv
layout: long
format: {delimiter: ";", date: "%Y-%m"}
columns: {unit: shop, period: month, value: sales}
constants: {measure: sales}
"""


@pytest.fixture
def columns_taken(client, ana, hand_in, filled):
    """Ana hands the heavy file in and takes every guess; answers where that leads."""
    columns = hand_in(ana, text=HEAVY)
    return client.post(columns, filled(columns))


@pytest.fixture
def large_run(ana):
    """An import of some five thousand values, by the installation."""
    shops = [f"kiosk-{place}" for place in range(UNITS)]
    months = [f"{2021 + place // 12}-{place % 12 + 1:02}" for place in range(MONTHS)]
    rows = "".join(f"{shop};{month};1\n" for shop in shops for month in months)
    kept = keep_upload([f"shop;month;sales\n{rows}".encode()], name="sales.csv", scope=INSTALLATION, at=AT)
    request = ImportRequest(
        file=kept.reference,
        mapping="many-shops",
        mapping_text=SALES,
        units=tuple(ProposedUnit(shop, shop.title(), "bakery") for shop in shops),
    )
    return commit_import(request, scope=INSTALLATION, at=AT)


def counts(page, answer):
    return {
        each.select_one("dt").get_text(): each.select_one("dd").get_text()
        for each in page(answer).select(".counts div")
    }


def test_a_large_file_is_previewed_by_the_worker_and_its_progress_shown(client, columns_taken, page):
    waiting = columns_taken.url
    shown = client.get(waiting)

    assert "/import/jobs/" in waiting
    assert page(shown).select_one("progress#bar")
    assert page(shown).select_one("noscript meta[http-equiv=refresh]")
    run_due_jobs(at=AT)
    done = client.get(waiting)
    assert done.url.endswith("/preview/")
    assert client.get(waiting, headers={"HX-Request": "true"}).headers["HX-Redirect"] == done.url
    told = counts(page, client.get(done.url))
    assert (told["New values"], told["Changed"], told["Unchanged"]) != ("0", "0", "0")
    assert sum(int(told[name]) for name in ("New values", "Changed", "Unchanged")) == 40


def test_a_large_preview_says_exactly_what_a_small_one_would(
    client, ana, columns_taken, hand_in, filled, page
):
    waiting = columns_taken.url
    run_due_jobs(at=AT)
    large = page(client.get(client.get(waiting).url)).select_one("main")
    columns = hand_in(ana, text=HEAVY.replace(NOTE, "x"))
    small = page(client.get(client.post(columns, filled(columns)).url)).select_one("main")

    def tables(shown):
        return [row.get_text(" ", strip=True) for row in shown.select("dl div, tbody tr")]

    assert tables(large) == tables(small)
    assert len(tables(large)) > 20


def test_no_request_reads_the_large_file_whole(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=HEAVY)
    waiting = client.post(columns, filled(columns)).url
    preview = columns.replace("/columns/", "/preview/")

    assert "has not been read whole" in page(client.get(preview)).get_text()
    assert not page(client.get(preview)).select(".counts")
    assert client.post(preview).url == waiting


def test_a_preview_that_was_overtaken_says_so_and_is_made_anew(client, columns_taken, page):
    run_due_jobs(at=AT)
    preview = client.get(columns_taken.url).url
    assert "Something was written since" not in page(client.get(preview)).get_text()
    kept = keep_upload([LONG.splitlines()[0].encode() + b"\n"], name="a.csv", scope=INSTALLATION, at=AT)
    assert kept
    text = SALES.replace("many-shops", "one-shop")
    file = keep_upload([b"shop;month;sales\nold-town;2026-10;7\n"], name="b.csv", scope=INSTALLATION, at=AT)
    commit_import(ImportRequest(file.reference, "one-shop", text), scope=INSTALLATION, at=AT)

    assert "Something was written since" in page(client.get(preview)).get_text()
    again = client.post(preview).url
    run_due_jobs(at=LATER)
    assert client.get(again).url == preview
    assert "Something was written since" not in page(client.get(preview)).get_text()


def test_whoever_sees_other_units_by_now_is_shown_no_earlier_preview(client, ana, columns_taken, page):
    run_due_jobs(at=AT)
    preview = client.get(columns_taken.url).url
    assert page(client.get(preview)).select(".counts")

    home = Membership.objects.get(person=ana, role="strategy_office")
    Membership.objects.create(
        person=ana, role="data_steward", unit=type(home.unit).objects.get(key="riverside")
    )
    home.delete()

    assert not page(client.get(preview)).select(".counts")


def test_a_mapping_that_cannot_read_the_large_file_ends_the_job_with_the_reason(client, columns_taken, page):
    reference = columns_taken.wsgi_request.path.split("/")[3]
    Upload.objects.get(reference=reference).path.write_bytes(b"PK\x03\x04" + b"\0" * (3 << 20))
    run_due_jobs(at=AT)
    told = page(client.get(columns_taken.url)).select_one("[role=alert]").get_text(" ", strip=True)

    assert "FILE_NOT_READABLE" in told


def test_the_file_of_a_preview_goes_with_its_upload(client, columns_taken):
    run_due_jobs(at=AT)
    preview = client.get(columns_taken.url).url
    upload = Upload.objects.get()
    assert list(Path(upload.folder).glob("preview-*.json"))

    client.post(preview.replace("/preview/", "/discard/"))

    assert not Path(upload.folder).exists()


def test_a_large_import_is_taken_back_by_the_worker(client, ana, large_run, page):
    client.force_login(ana)
    result = f"/import/runs/{large_run.reference}/"
    before = Observation.objects.count()
    waiting = client.post(f"{result}withdraw/", {"reason": "The wrong year"}).url

    assert "/import/jobs/" in waiting
    assert Observation.objects.count() == before
    assert page(client.get(waiting)).select_one("progress#bar")
    assert client.post(f"{result}withdraw/", {"reason": "The wrong year"}).url == waiting

    run_due_jobs(at=LATER)
    back = client.get(waiting, follow=True)
    assert f"{UNITS * MONTHS} values taken back" in page(back).get_text()
    assert "The wrong year" in page(back).get_text()
    assert ImportRun.objects.get(pk=large_run.pk).withdrawn_at == LATER
    assert Observation.objects.count() == before + UNITS * MONTHS


def test_taking_a_large_import_back_without_a_reason_is_refused_at_once(client, ana, large_run, page):
    client.force_login(ana)
    answer = client.post(f"/import/runs/{large_run.reference}/withdraw/", {"reason": " "})

    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_a_right_taken_away_meanwhile_stops_the_undo(client, ana, large_run, page):
    client.force_login(ana)
    result = f"/import/runs/{large_run.reference}/"
    waiting = client.post(f"{result}withdraw/", {"reason": "The wrong year"}).url
    Membership.objects.filter(person=ana).update(role="viewer")
    run_due_jobs(at=LATER)

    assert "NOT_PERMITTED" in page(client.get(waiting)).get_text()
    assert ImportRun.objects.get(pk=large_run.pk).withdrawn_at is None

    Membership.objects.filter(person=ana).update(role="strategy_office")
    again = client.post(f"{result}withdraw/", {"reason": "The wrong year"}).url
    assert again != waiting
    run_due_jobs(at=LATER)
    assert ImportRun.objects.get(pk=large_run.pk).withdrawn_at == LATER


def test_an_undo_says_how_far_it_is_while_it_writes(large_run):
    said = []

    def tell(words, *, done=0, total=0):
        said.append((done, total))

    withdraw_import(large_run.reference, reason="The wrong year", scope=INSTALLATION, at=LATER, tell=tell)

    assert said[-1] == (UNITS * MONTHS, UNITS * MONTHS)


def test_a_preview_says_how_many_bytes_it_has_read(bakery):
    kept = keep_upload([HEAVY.encode()], name="sales.csv", scope=INSTALLATION, at=AT)
    text = SALES.replace("shop, period", "shop, measure: measure, period").replace(
        "sales}\nconstants: {measure: sales}", "value}"
    )
    said = []

    preview_import(
        ImportRequest(kept.reference, "many-shops", text),
        scope=INSTALLATION,
        at=AT,
        progress=lambda done, total: said.append((done, total)),
    )

    assert said == [(len(HEAVY), len(HEAVY))]


@pytest.mark.django_db(transaction=True)
def test_a_queued_undo_for_which_there_is_no_room_is_refused_whole_and_room_lets_it_pass(
    client, ana, large_run, page
):
    client.force_login(ana)
    result = f"/import/runs/{large_run.reference}/"
    waiting = client.post(f"{result}withdraw/", {"reason": "The wrong year"}).url
    before = Observation.objects.count()
    with room_for(4):
        run_due_jobs(at=LATER)

    job = Job.objects.get(name=UNDO_JOB)
    assert (job.state, job.problem, job.attempts) == ("refused", "DISK_FULL", 1)
    assert "There is no room left on the server" in page(client.get(waiting)).get_text()
    assert Observation.objects.count() == before
    assert ImportRun.objects.get(pk=large_run.pk).withdrawn_at is None

    client.post(f"{result}withdraw/", {"reason": "The wrong year"})
    run_due_jobs(at=LATER)
    assert Observation.objects.count() == before + UNITS * MONTHS


def test_a_workbook_that_finds_no_room_to_be_unpacked_is_not_called_damaged(client, ana, hand_in, page):
    columns = hand_in(ana, _workbook(), name="shops.xlsx")
    folder = Upload.objects.get().folder
    for unpacked in (*folder.glob("*-typed.csv"), *folder.glob("*.json")):
        unpacked.unlink()
    (folder / "-typed.csv").symlink_to("/dev/full")

    answer = client.get(columns)

    assert answer.status_code == 507
    assert "There is no room left on the server" in page(answer).get_text()
    assert client.get(columns).status_code == 200, "and nothing half-written is taken for the file"


def _workbook() -> bytes:
    file = io.BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        for place, line in enumerate(LONG.splitlines()):
            sheet.write_row(place, 0, line.split(";"))
    return file.getvalue()
