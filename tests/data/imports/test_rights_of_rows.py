"""A file may name units that are not its importer's: such rows are told by number, and compared with nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from fourfold.data.imports.actions import (
    ImportRefused,
    LoadedFolder,
    RowNotPermitted,
    RowOutOfScope,
    import_file,
    withdraw_import,
)
from fourfold.data.imports.models import ImportRun, RunUnknown
from fourfold.data.imports.queries import preview_file, run_shown
from fourfold.data.imports.queries.preview import ImportPreview
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION, Scope
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import Observation
from tests.data.imports.conftest import MORNING

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)  # of 8 October 2026

MAPPING = """\
key: both
file: both.csv
layout: long
columns: {measure: measure, unit: shop, period: month, value: value, target: wanted}
"""


@pytest.fixture(autouse=True)
def _loaded(loaded: LoadedFolder) -> None:
    """Every test starts from the bakery."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "both.mapping.yaml").write_text(MAPPING)
    return tmp_path / "both.csv"


def one_at(unit: str, *roles: Role) -> Scope:
    ids = frozenset(Unit.objects.filter(key=unit).values_list("pk", flat=True))
    held = {role: frozenset({unit}) for role in roles}
    return Scope(None, "nora", frozenset(roles), ids, frozenset({unit}), held=held)


def brought(file: Path, *rows: str) -> dict[str, str]:
    file.write_text("\n".join(("measure,shop,month,value,wanted", *rows, "")))
    return {"mapping": str(file.parent / "both.mapping.yaml")}


def previewed(file: Path, scope: Scope, *rows: str) -> ImportPreview:
    return preview_file(file, **brought(file, *rows), scope=scope, at=LATER)


def errors(seen: ImportPreview) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in seen.findings if each.level == "error"]


OFFICE = (Role.DATA_STEWARD, Role.STRATEGY_OFFICE)


def test_values_and_targets_of_other_units_are_findings_with_their_rows(file: Path) -> None:
    rows = ("sales,old-town,2026-12,5,7", "sales,riverside,2026-09,5,", "sales,riverside,2026-12,,7")
    nora = one_at("old-town", *OFFICE)

    seen = previewed(file, nora, *rows)

    assert errors(seen) == [("UNIT_UNKNOWN", 3), ("UNIT_UNKNOWN", 4)]
    assert (seen.new, seen.changed, seen.targets) == (1, 0, 1)
    assert seen.is_refused
    with pytest.raises(ImportRefused) as refused:
        import_file(file, **brought(file, *rows), scope=nora, at=LATER)
    assert [each.line for each in refused.value.findings] == [3, 4]


def test_a_unit_out_of_sight_is_answered_exactly_as_one_that_is_not_there(file: Path) -> None:
    nora = one_at("old-town", *OFFICE)
    rows = ("sales,{},2026-12,5,7", "sales,{},2026-09,5,", "sales,old-town,2026-12,5,7")

    def told(unit: str) -> list[str]:
        named = tuple(row.format(unit) for row in rows)
        with pytest.raises(ImportRefused) as refused:
            import_file(file, **brought(file, *named), scope=nora, at=LATER)
        findings = (*previewed(file, nora, *named).findings, *refused.value.findings)
        return [str(each).replace(unit, "UNIT") for each in findings] + [
            refused.value.told_sentence.replace(unit, "UNIT")
        ]

    assert told("riverside") == told("upstream")
    assert told("riversid") == told("upstrea")  # nor is it suggested for a mistyped one


def test_what_a_kept_mapping_makes_of_a_text_does_not_tell_that_it_names_a_unit(file: Path) -> None:
    mapping = file.parent / "both.mapping.yaml"
    mapping.write_text(MAPPING + 'translate: {unit: {"Riverside shop": riverside}}\n')
    file.write_text(
        "measure,shop,month,value,wanted\nsales,Riverside shop,2026-12,5,\nsales,Elsewhere shop,2026-12,5,\n"
    )

    seen = preview_file(file, mapping=str(mapping), scope=one_at("old-town", *OFFICE), at=LATER)

    assert [each.message for each in seen.findings] == [
        'There is no unit "Riverside shop".',
        'There is no unit "Elsewhere shop".',
    ]
    whole = preview_file(file, mapping=str(mapping), scope=INSTALLATION, at=LATER)
    assert errors(whole) == [("UNIT_UNKNOWN", 3)]


def test_a_unit_above_is_known_to_be_there_and_may_not_be_written(file: Path) -> None:
    rows = ("sales,bakery,2026-09,5,",)
    nora = one_at("old-town", *OFFICE)

    assert errors(previewed(file, nora, *rows)) == [("OUT_OF_SCOPE", 2)]
    with pytest.raises(RowOutOfScope) as refused:
        import_file(file, **brought(file, *rows), scope=nora, at=LATER)
    assert "both.csv, row 2" in refused.value.told_sentence


@pytest.mark.parametrize(("unit", "code"), [("riverside", "UNIT_UNKNOWN"), ("bakery", "OUT_OF_SCOPE")])
def test_nothing_is_told_of_what_is_wanted_or_final_elsewhere(file: Path, unit: str, code: str) -> None:
    rows = (f"sales,{unit},2026-09,5,7", f"sales,{unit},2026-12,5,7", "sales,old-town,2026-12,5,7")
    known = {point.value for each in read_definitions().targets for point in each.points}
    assert known

    seen = previewed(file, one_at("old-town", *OFFICE), *rows)

    assert {code for code, _line in errors(seen)} == {code}
    assert {each.unit for each in (*seen.changes, *seen.target_changes)} <= {"old-town"}
    told = " ".join(each.message for each in seen.findings)
    assert not [value for value in known if f"{value:.0f}" in told]


def test_a_target_that_one_may_not_set_is_a_finding_of_its_row(file: Path) -> None:
    steward = one_at("old-town", Role.DATA_STEWARD)
    rows = ("sales,old-town,2026-12,5,", "sales,old-town,2026-12,,7")

    assert errors(previewed(file, steward, *rows)) == [("NOT_PERMITTED", 3)]
    with pytest.raises(RowNotPermitted):
        import_file(file, **brought(file, *rows), scope=steward, at=LATER)


def test_a_run_of_targets_is_known_and_taken_back_by_those_of_its_units_alone(file: Path) -> None:
    before = read_definitions().targets
    mapping = brought(file, "sales,riverside,2026-12,,7")
    run = import_file(file, **mapping, scope=INSTALLATION, at=LATER)

    assert list(run.units.values_list("key", flat=True)) == ["riverside"]
    for act in (run_shown, lambda reference, *, scope: taken_back(reference, scope)):
        with pytest.raises(RunUnknown):
            act(run.reference, scope=one_at("old-town", *OFFICE))
    assert ImportRun.objects.get().withdrawn_at is None
    taken_back(run.reference, one_at("riverside", *OFFICE))
    assert read_definitions().targets == before


def test_a_run_whose_targets_one_may_not_set_is_not_taken_back_by_half(file: Path) -> None:
    mapping = brought(file, "sales,riverside,2026-12,5,", "sales,riverside,2026-12,,7")
    run = import_file(file, **mapping, scope=INSTALLATION, at=LATER)
    steward = one_at("riverside", Role.DATA_STEWARD)

    assert not run_shown(run.reference, scope=steward).may_withdraw
    with pytest.raises(NotPermitted):
        taken_back(run.reference, steward)
    assert ImportRun.objects.get().withdrawn_at is None
    assert known_sales("riverside", 2026 * 12 + 11) == [5.0]


def known_sales(unit: str, period: int) -> list[float | None]:
    rows = Observation.objects.filter(measure__key="sales", unit__key=unit, period=period)
    return [row.value for row in rows.order_by("seq")]


def taken_back(reference: str, scope: Scope) -> None:
    withdraw_import(reference, reason="Wrong file.", scope=scope, at=LATER)
