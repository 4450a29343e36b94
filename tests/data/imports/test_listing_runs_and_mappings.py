"""Imports and mappings are listed at the same cost however many there are, to whoever may see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.data.imports.actions import LoadedFolder
from fourfold.data.imports.models import ImportRun, StoredMapping
from fourfold.data.imports.queries import mapping_for, mappings_listed, run_shown, runs_listed
from fourfold.data.imports.queries.mappings import mapping_named
from fourfold.platform.accounts.scope import INSTALLATION, Scope
from fourfold.platform.units.models import Unit
from tests.data.imports.conftest import MORNING
from tests.data.imports.test_import_file import steward_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(loaded: LoadedFolder) -> None:
    """Every test starts from the bakery, whose folder brings mappings."""


def run(number: int, *units: str, actor: str = "", warnings: tuple[str, ...] = ()) -> str:
    made = ImportRun.objects.create(
        reference=f"run-{number}",
        mapping_key="shops",
        file_name="shops.csv",
        file_sha256="0",
        at=MORNING,
        actor=actor,
        rows_read=1,
        values_written=1,
        values_unchanged=0,
        warnings=list(warnings),
        remarks=len(warnings),
    )
    made.units.set(Unit.objects.filter(key__in=units))
    return made.reference


def mapping(number: int) -> None:
    text = "\n".join(
        (
            f"key: m{number}",
            "file: f.csv",
            "layout: long",
            f"columns: {{unit: a, period: b, value: c{number}}}",
            "constants: {measure: sales}",
        )
    )
    made = StoredMapping.objects.create(
        key=f"m{number}", text=text, columns=["a", "b", f"c{number}"], keeper="ana"
    )
    made.units.set(Unit.objects.filter(key="old-town"))


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        ask()
    return len(caught)


def read_by(scope: Scope) -> list[str]:
    return [each.reference for each in runs_listed(scope=scope).runs]


def test_listing_runs_costs_the_same_for_three_and_for_three_hundred() -> None:
    steward = steward_of("old-town")
    for number in range(3):
        run(number, "old-town", warnings=("a",))
    few = queries(lambda: runs_listed(scope=steward))
    for number in range(3, 300):
        run(number, "old-town", warnings=("a",) * 20)

    assert queries(lambda: runs_listed(scope=steward)) == few == 2
    assert (runs_listed(scope=steward).total, len(runs_listed(scope=steward).runs)) == (300, 50)


def test_a_list_of_runs_reads_no_more_of_them_than_it_shows() -> None:
    for number in range(120):
        run(number, "old-town")
    with CaptureQueriesContext(connection) as caught:
        runs_listed(scope=INSTALLATION, start=50, at_most=10)

    assert "LIMIT 10 OFFSET 50" in caught[-1]["sql"]
    assert "warnings" not in caught[-1]["sql"]


def test_a_run_is_seen_by_whoever_sees_every_unit_it_wrote_and_by_its_importer() -> None:
    steward = steward_of("old-town")
    run(1, "old-town")
    run(2, "old-town", "riverside")
    run(3, "riverside")
    run(4)
    run(5, "riverside", actor=steward.person_key)
    run(6, actor=steward.person_key)

    assert read_by(steward) == ["run-6", "run-5", "run-1"]
    assert read_by(INSTALLATION) == [f"run-{number}" for number in (6, 5, 4, 3, 2, 1)]
    assert run_shown("run-1", scope=steward).units == ("old-town",)
    with pytest.raises(Exception, match="IMPORT_UNKNOWN"):
        run_shown("run-2", scope=steward)


def test_runs_with_remarks_are_found_behind_many_without() -> None:
    run(1, "old-town", warnings=("The last line has no line end.",))
    taken_back = run(2, "old-town", warnings=("Likewise.",))
    ImportRun.objects.filter(reference=taken_back).update(withdrawn_at=MORNING)
    for number in range(3, 100):
        run(number, "old-town")

    found = runs_listed(scope=INSTALLATION, at_most=3, is_standing_with_remarks=True)

    assert [(each.reference, each.warnings) for each in found.runs] == [("run-1", 1)]


def test_offering_mappings_costs_the_same_for_three_and_for_a_hundred() -> None:
    steward = steward_of("old-town")
    for number in range(3):
        mapping(number)
    few = queries(lambda: mappings_listed(scope=steward)), queries(lambda: mapping_for(["a"], scope=steward))
    for number in range(3, 100):
        mapping(number)

    assert queries(lambda: mappings_listed(scope=steward)) == few[0] <= 4
    assert queries(lambda: mapping_for(["a"], scope=steward)) == few[1] <= 4


def test_a_mapping_is_offered_by_the_columns_it_is_kept_with_and_no_document_is_read() -> None:
    mapping(7)
    StoredMapping.objects.filter(key="m7").update(text="not a mapping: [")

    assert mapping_for(["a", "b", "c7"], scope=INSTALLATION) == "m7"
    assert mapping_for(["a", "b"], scope=INSTALLATION) is None


def test_the_columns_kept_with_a_mapping_of_a_folder_are_those_it_reads() -> None:
    listed = {each.key: each.columns for each in mappings_listed(scope=INSTALLATION)}

    assert listed
    assert listed == {key: mapping_named(key).mapping.wanted for key in listed}
    assert all(listed.values())
