"""What an import would do is told before; what it did is taken back by saying again what was known before."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter

from fourfold.data.imports.actions import (
    ImportRefused,
    LoadedFolder,
    commit_import,
    enqueue_import,
    import_file,
    keep_upload,
    withdraw_import,
)
from fourfold.data.imports.actions.restore_targets import TargetsOfFinalPeriod
from fourfold.data.imports.actions.withdraw_import import ReasonMissing
from fourfold.data.imports.models import ImportRun, RunUnknown, StoredMapping, UploadUnknown
from fourfold.data.imports.pages.progress_page import told_withdrawal
from fourfold.data.imports.queries import preview_import, run_shown, runs_listed
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.platform.jobs.queries import job_of
from fourfold.platform.periods.actions.move_period import Move, move_period
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import LedgerHead, Observation
from tests.data.imports.conftest import MORNING, read_rows, write_rows
from tests.data.imports.test_import_file import steward_of

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)

HEAD = "shop;month;sales\n"
SALES = """\
key: sales-only
file: sales.csv
layout: long
format: {delimiter: ";", date: "%Y-%m"}
columns: {unit: shop, period: month, value: sales}
constants: {measure: sales}
"""


@pytest.fixture(autouse=True)
def _loaded(loaded: LoadedFolder) -> None:
    """Every test starts from the bakery."""


def kept(text: str, name: str = "sales.csv") -> str:
    return keep_upload([text.encode()], name=name, scope=INSTALLATION, at=LATER).reference


def asked(text: str, **said: object) -> ImportRequest:
    return ImportRequest(file=kept(HEAD + text), mapping="sales-only", mapping_text=SALES, **said)  # type: ignore[arg-type]


def known(unit: str, month: int) -> list[float | None]:
    """Every sales value of a shop and month, oldest first; None: taken back."""
    rows = Observation.objects.filter(measure__key="sales", unit__key=unit, period=2026 * 12 + month - 1)
    return [row.value for row in rows.order_by("seq")]


def test_a_preview_counts_what_is_new_changed_and_known_and_writes_nothing() -> None:
    before = Observation.objects.count(), LedgerHead.objects.get().seq
    december = known("old-town", 9)[-1]

    seen = preview_import(
        asked(f"old-town;2026-09;{december}\nriverside;2026-09;1\nold-town;2026-12;5\n"),
        scope=INSTALLATION,
        at=LATER,
    )

    assert (seen.rows_read, seen.new, seen.changed, seen.unchanged) == (3, 1, 1, 1)
    assert not seen.is_refused
    assert [(each.unit, each.period, each.after, each.row) for each in seen.changes] == [
        ("riverside", "2026-09", 1.0, 3)
    ]
    assert seen.changes[0].before == known("riverside", 9)[-1]
    assert (Observation.objects.count(), LedgerHead.objects.get().seq) == before
    assert not ImportRun.objects.exists()


def test_a_preview_goes_on_beyond_the_first_mistake_and_says_what_is_sound() -> None:
    request = asked("old-town;2026-12;5\nold-town;2026-13;5\natlantis;2026-12;x\n")

    seen = preview_import(request, scope=INSTALLATION, at=LATER)

    assert seen.is_refused
    assert (seen.new, seen.refused) == (1, 2)
    assert [(each.code, each.line) for each in seen.findings] == [("PERIOD_UNKNOWN", 3), ("UNIT_UNKNOWN", 4)]
    with pytest.raises(ImportRefused):
        commit_import(request, scope=INSTALLATION, at=LATER)


def test_a_request_keeps_its_mapping_and_the_second_time_changes_nothing() -> None:
    request = asked("old-town;2026-12;5\n", keeps_mapping=True)

    first = commit_import(request, scope=INSTALLATION, at=LATER)
    second = commit_import(request, scope=INSTALLATION, at=LATER)

    assert (first.values_written, second.values_written, second.values_unchanged) == (1, 0, 1)
    assert StoredMapping.objects.get(key="sales-only").text == SALES


def test_units_and_measures_that_a_file_brings_are_created_with_its_values() -> None:
    text = SALES.replace("constants: {measure: sales}\n", "").replace(
        "unit: shop", "unit: shop, measure: what"
    )
    file = kept("shop;month;what;sales\nharbour;2026-09;refunds;7\nold-town;2026-09;refunds;8\n")
    request = ImportRequest(
        file=file,
        mapping="sales-only",
        mapping_text=text,
        units=(ProposedUnit("harbour", "Harbour", ""),),
        measures=(ProposedMeasure("refunds", "Refunds", goal="minimise", unit_of_measure="EUR"),),
    )

    seen = preview_import(request, scope=INSTALLATION, at=LATER)
    run = commit_import(request, scope=INSTALLATION, at=LATER)
    again = commit_import(request, scope=INSTALLATION, at=LATER)

    assert (seen.new, len(seen.units), len(seen.measures)) == (2, 1, 1)
    assert (run.values_written, run.definitions_written) == (2, 2)
    assert (again.values_written, again.definitions_written) == (0, 0)
    assert "refunds" in {measure.key for measure in read_definitions().measures}


def test_a_steward_may_import_values_but_bring_no_units() -> None:
    steward = steward_of("old-town")
    file = keep_upload([b"shop;month;sales\nold-town;2026-12;5\n"], name="a.csv", scope=steward, at=LATER)
    plain = ImportRequest(file=file.reference, mapping="sales-only", mapping_text=SALES)
    greedy = ImportRequest(
        file=file.reference,
        mapping="sales-only",
        mapping_text=SALES,
        units=(ProposedUnit("x", "X", "old-town"),),
    )

    with pytest.raises(NotPermitted):
        commit_import(greedy, scope=steward, at=LATER)
    assert commit_import(plain, scope=steward, at=LATER).values_written == 1


def test_a_file_belongs_to_whoever_handed_it_in() -> None:
    with pytest.raises(UploadUnknown):
        preview_import(asked("old-town;2026-12;5\n"), scope=steward_of("old-town"), at=LATER)


def test_taking_back_says_again_what_was_known_before() -> None:
    september = known("old-town", 9)
    run = commit_import(asked("old-town;2026-09;1\nold-town;2026-12;2\n"), scope=INSTALLATION, at=LATER)

    back = withdraw_import(run.reference, reason="Wrong file.", scope=INSTALLATION, at=LATER)

    assert (back.restored, back.withdrawn, back.kept_count) == (1, 1, 0)
    assert known("old-town", 9) == [*september, 1.0, september[-1]]
    assert known("old-town", 12) == [2.0, None]
    shown = run_shown(run.reference, scope=INSTALLATION)
    assert (shown.withdrawal_reason, shown.may_withdraw) == ("Wrong file.", False)
    assert AuditEvent.objects.filter(action="import_withdrawn").count() == 1


def test_what_was_overwritten_since_stays_and_is_listed() -> None:
    run = commit_import(asked("old-town;2026-09;1\nold-town;2026-12;2\n"), scope=INSTALLATION, at=LATER)
    commit_import(asked("old-town;2026-12;3\n"), scope=INSTALLATION, at=LATER)

    back = withdraw_import(run.reference, reason="Wrong file.", scope=INSTALLATION, at=LATER)

    assert (back.restored, back.withdrawn, back.kept_count) == (1, 0, 1)
    assert [(each.unit, each.period) for each in back.kept] == [("old-town", "2026-12")]
    assert known("old-town", 12) == [2.0, 3.0]


def test_taking_back_twice_changes_nothing_and_needs_a_reason() -> None:
    run = commit_import(asked("old-town;2026-12;2\n"), scope=INSTALLATION, at=LATER)
    with pytest.raises(ReasonMissing):
        withdraw_import(run.reference, reason=" ", scope=INSTALLATION, at=LATER)
    withdraw_import(run.reference, reason="Wrong.", scope=INSTALLATION, at=LATER)
    before = Observation.objects.count()

    again = withdraw_import(run.reference, reason="Wrong.", scope=INSTALLATION, at=LATER)

    assert (again.restored, again.withdrawn, again.kept_count) == (0, 0, 0)
    assert Observation.objects.count() == before


def test_a_file_taken_back_may_come_again() -> None:
    request = asked("old-town;2026-12;2\n")
    run = commit_import(request, scope=INSTALLATION, at=LATER)
    withdraw_import(run.reference, reason="Too early.", scope=INSTALLATION, at=LATER)

    commit_import(request, scope=INSTALLATION, at=LATER)

    assert known("old-town", 12) == [2.0, None, 2.0]


def test_a_steward_takes_back_only_what_lies_in_their_units() -> None:
    run = commit_import(asked("old-town;2026-12;2\nriverside;2026-12;2\n"), scope=INSTALLATION, at=LATER)

    with pytest.raises(RunUnknown):
        withdraw_import(run.reference, reason="No.", scope=steward_of("old-town"), at=LATER)
    assert runs_listed(scope=steward_of("old-town")).total == 0
    assert runs_listed(scope=INSTALLATION).total == 1


def test_a_queued_import_is_done_with_its_job(django_capture_on_commit_callbacks: object) -> None:
    request = asked("old-town;2026-12;2\n")

    key = enqueue_import(request, scope=INSTALLATION, at=LATER)
    again = enqueue_import(request, scope=INSTALLATION, at=LATER)
    run_due_jobs(at=LATER)

    done = job_of(key, scope=INSTALLATION)
    assert again == key
    assert (done.is_done, done.result["written"]) == (True, 1)
    assert known("old-town", 12) == [2.0]


def test_what_was_refused_is_tried_anew_once_nothing_stands_in_the_way(
    django_capture_on_commit_callbacks: object,
) -> None:
    request = asked("old-town;2026-12;2\n")
    step_of_december(PeriodState.FINAL)
    refused = enqueue_import(request, scope=INSTALLATION, at=LATER)
    run_due_jobs(at=LATER)
    assert job_of(refused, scope=INSTALLATION).problem == "PERIOD_FINAL"

    step_of_december(PeriodState.PROVISIONAL)
    again = enqueue_import(request, scope=INSTALLATION, at=LATER)
    run_due_jobs(at=LATER)

    assert job_of(again, scope=INSTALLATION).is_done
    assert known("old-town", 12) == [2.0]


def test_what_was_taken_back_is_imported_again_from_the_same_file(
    django_capture_on_commit_callbacks: object,
) -> None:
    request = asked("old-town;2026-12;2\n")
    first = enqueue_import(request, scope=INSTALLATION, at=LATER)
    run_due_jobs(at=LATER)
    run = str(job_of(first, scope=INSTALLATION).result["run"])
    withdraw_import(run, reason="Too early.", scope=INSTALLATION, at=LATER)

    again = enqueue_import(request, scope=INSTALLATION, at=LATER)
    run_due_jobs(at=LATER)

    assert enqueue_import(request, scope=INSTALLATION, at=LATER) == again
    assert known("old-town", 12) == [2.0, None, 2.0]


def step_of_december(state: PeriodState) -> None:
    move = Move("bakery", 2026 * 12 + 11, "2026-12", state, reason="It is how it is.")
    move_period(move, seq=LedgerHead.objects.get().seq, scope=INSTALLATION, at=LATER)


def test_a_workbook_is_read_like_a_csv_file(bakery: Path, tmp_path: Path) -> None:
    rows = read_rows(bakery / "data" / "shops.csv")
    changed = [*rows[:-1], {**rows[-1], "sales": "4711"}]
    write_rows(tmp_path / "shops.csv", changed)
    workbook_of(changed, tmp_path / "shops.xlsx")

    run = import_file(tmp_path / "shops.xlsx", mapping="shops", scope=INSTALLATION, at=LATER)
    again = import_file(tmp_path / "shops.csv", mapping="shops", scope=INSTALLATION, at=LATER)

    assert run.values_written == 1
    assert again.values_written == 0


def workbook_of(rows: list[dict[str, str]], file: Path) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet("Shops")
        sheet.write_row(0, 0, list(rows[0]))
        for place, row in enumerate(rows, start=1):
            for column, text in enumerate(row.values()):
                plain = text.replace(",", "")
                is_number = plain.replace(".", "").isdigit()
                sheet.write(place, column, float(plain) if is_number else text)
    file.write_bytes(stream.getvalue())


# --- targets, and what came along -------------------------------------------------------------------------------------

AIMED = """\
key: aimed
file: aimed.csv
layout: long
format: {delimiter: ";", date: "%Y-%m"}
columns: {unit: shop, measure: what, period: month, value: value, target: goal}
"""


def aimed(rows: str, **brought: object) -> ImportRun:
    file = kept(f"shop;what;month;value;goal\n{rows}", "aimed.csv")
    request = ImportRequest(file=file, mapping="aimed", mapping_text=AIMED, **brought)  # type: ignore[arg-type]
    return commit_import(request, scope=INSTALLATION, at=LATER)


def test_taking_back_a_file_of_targets_alone_brings_the_earlier_targets_back() -> None:
    before = read_definitions().targets
    run = aimed("old-town;sales;2026-11;;5\nold-town;waste;2026-11;;6\n")
    assert read_definitions().targets != before
    assert run.values_written == 0

    back = withdraw_import(run.reference, reason="Wrong plan.", scope=INSTALLATION, at=LATER)

    assert (back.targets.restored, back.targets.kept) == (2, 0)
    assert read_definitions().targets == before
    assert told_withdrawal(withdrawn=0, restored=0, kept=0, targets=2).endswith("2 targets are as before.")


def test_a_target_that_was_changed_since_stays_and_is_counted() -> None:
    run = aimed("old-town;sales;2026-11;1;5\nriverside;sales;2026-11;1;6\n")
    aimed("old-town;sales;2026-11;;7\n")
    later = {each.unit: each for each in read_definitions().targets if each.measure == "sales"}

    back = withdraw_import(run.reference, reason="Wrong plan.", scope=INSTALLATION, at=LATER)

    now = {each.unit: each for each in read_definitions().targets if each.measure == "sales"}
    assert (back.withdrawn, back.targets.restored, back.targets.kept) == (2, 1, 1)
    assert now["old-town"] == later["old-town"]
    assert now.get("riverside") != later["riverside"]


def test_a_target_of_a_month_that_is_final_by_now_keeps_the_import_where_it_is() -> None:
    run = aimed("old-town;sales;2026-12;;5\n")
    held = read_definitions().targets
    step_of_december(PeriodState.FINAL)

    with pytest.raises(TargetsOfFinalPeriod):
        withdraw_import(run.reference, reason="Wrong plan.", scope=INSTALLATION, at=LATER)

    assert read_definitions().targets == held
    assert run_shown(run.reference, scope=INSTALLATION).may_withdraw


def test_of_an_older_run_of_targets_alone_nothing_is_offered_to_take_back() -> None:
    run = aimed("old-town;sales;2026-11;;5\n")
    ImportRun.objects.filter(pk=run.pk).update(definitions_seq=None)

    shown = run_shown(run.reference, scope=INSTALLATION)

    assert (shown.may_withdraw, shown.keeps_targets) == (False, True)


def test_units_and_measures_that_came_along_are_named_before_and_after() -> None:
    run = aimed(
        "harbour;smell;2026-09;3;\n",
        units=(ProposedUnit("harbour", "Harbour", ""),),
        measures=(ProposedMeasure("smell", "Bread smell"),),
    )
    named = [("unit", "harbour", "Harbour"), ("measure", "smell", "Bread smell")]

    shown = run_shown(run.reference, scope=INSTALLATION)
    withdraw_import(run.reference, reason="Wrong.", scope=INSTALLATION, at=LATER)
    after = run_shown(run.reference, scope=INSTALLATION)

    assert [(each.kind, each.key, each.name) for each in shown.brought] == named
    assert after.brought == shown.brought
