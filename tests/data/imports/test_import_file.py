"""One file into the ledger: all of it or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from fourfold.data.imports.actions import (
    ImportRefused,
    LoadedFolder,
    import_file,
    load_strategy_folder,
)
from fourfold.data.imports.models import ImportRun, MappingUnknown, StoredMapping
from fourfold.engine.trajectory import expand
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION, Scope
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import Observation
from tests.data.imports.conftest import MORNING, read_rows, write_rows

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def shops(bakery: Path, loaded: LoadedFolder) -> Path:
    return bakery / "data" / "shops.csv"


def test_a_file_that_is_known_already_writes_nothing(shops: Path) -> None:
    run = import_file(shops, mapping="shops", scope=INSTALLATION, at=LATER)

    assert run.values_written == 0
    assert run.values_unchanged > 0


def test_a_new_month_is_written_once_with_its_file_and_line(shops: Path) -> None:
    write_rows(shops, [{**read_rows(shops)[-1], "sales": "4711"}])

    run = import_file(shops, mapping="shops", scope=INSTALLATION, at=LATER)

    newest = Observation.objects.order_by("-seq").select_related("source").first()
    assert run.values_written == 1
    assert newest is not None
    assert (newest.value, newest.source_row) == (4711.0, 2)
    assert newest.source is not None
    assert newest.source.name == "shops.csv"


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        ({"sales": "many"}, "NOT_A_NUMBER"),
        ({"sales": "NaN"}, "NOT_FINITE"),
        ({"sales": "inf"}, "NOT_FINITE"),
        ({"sales": "12345678901234567890"}, "VALUE_TOO_PRECISE"),
        ({"shop": "atlantis"}, "UNIT_UNKNOWN"),
        ({"month": "2026-13"}, "PERIOD_UNKNOWN"),
    ],
)
def test_one_bad_row_keeps_the_whole_file_out(shops: Path, spoiled: dict[str, str], code: str) -> None:
    rows = read_rows(shops)
    write_rows(shops, [*rows[:-1], {**rows[-1], **spoiled}])
    before = Observation.objects.count()

    with pytest.raises(ImportRefused) as refused:
        import_file(shops, mapping="shops", scope=INSTALLATION, at=LATER)

    finding = refused.value.findings[0]
    assert (finding.code, finding.line) == (code, len(rows) + 1)
    assert finding.remedy
    assert Observation.objects.count() == before
    assert not ImportRun.objects.exists()


def test_a_file_that_dies_half_way_is_refused_whole(shops: Path) -> None:
    before = Observation.objects.count()
    shops.write_bytes(shops.read_bytes()[:-9])

    with pytest.raises(ImportRefused) as refused:
        import_file(shops, mapping="shops", scope=INSTALLATION, at=LATER)

    assert "FILE_TRUNCATED" in {finding.code for finding in refused.value.findings}
    assert Observation.objects.count() == before


def test_an_unknown_mapping_is_refused_by_name(shops: Path) -> None:
    with pytest.raises(MappingUnknown):
        import_file(shops, mapping="nobody", scope=INSTALLATION, at=LATER)


def test_a_steward_of_one_shop_cannot_write_the_others(shops: Path) -> None:
    rows = read_rows(shops)
    write_rows(shops, [*rows[:-1], {**rows[-1], "sales": "1"}])
    steward = steward_of("elsewhere")

    with pytest.raises(ImportRefused):
        import_file(shops, mapping="shops", scope=steward, at=LATER)


def test_an_import_is_recorded_in_the_journal_in_the_same_transaction(shops: Path) -> None:
    run = import_file(shops, mapping="shops", scope=INSTALLATION, at=LATER)

    assert AuditEvent.objects.filter(object=f"import/{run.reference}").exists()


def test_a_row_out_of_sight_is_named_with_its_text_and_line(shops: Path) -> None:
    steward = steward_of("old-town")

    with pytest.raises(ImportRefused) as refused:
        import_file(shops, mapping="shops", scope=steward, at=LATER)

    first = refused.value.findings[0]
    assert (first.code, first.line) == ("UNIT_UNKNOWN", 3)
    assert "riverside" in first.message
    assert not ImportRun.objects.exists()


def test_runs_are_numbered_on_even_where_an_earlier_one_was_removed(shops: Path) -> None:
    first = import_file(shops, mapping="shops", scope=INSTALLATION, at=LATER)
    second = import_file(shops, mapping="shops", scope=INSTALLATION, at=LATER)
    first.delete()

    third = import_file(shops, mapping="shops", scope=INSTALLATION, at=LATER)

    assert len({first.reference, second.reference, third.reference}) == 3


def test_targets_of_a_file_amend_their_own_months_and_leave_the_others(
    bakery: Path, loaded: LoadedFolder
) -> None:
    mapping = bakery / "data" / "wanted.mapping.yaml"
    mapping.write_text(
        "key: wanted\nfile: wanted.csv\nlayout: long\n"
        "columns: {unit: shop, period: month, target: wanted}\nconstants: {measure: sales}\n"
    )
    file = bakery / "data" / "wanted.csv"
    file.write_text("month,shop,wanted\n2026-12,old-town,50000\n")
    until_november = range(2025 * 12, 2026 * 12 + 11)
    before = wanted_of("sales", "old-town", until_november)

    first = import_file(file, mapping=str(mapping), scope=INSTALLATION, at=LATER)
    second = import_file(file, mapping=str(mapping), scope=INSTALLATION, at=LATER + timedelta(hours=1))

    assert (
        wanted_of("sales", "old-town", until_november) == before
    )  # it was a compound curve, the file says steps
    assert wanted_of("sales", "old-town", range(2026 * 12 + 11, 2026 * 12 + 12)) == [50000.0]
    assert (first.targets_written, second.targets_written) == (1, 0)


def steward_of(unit: str) -> Scope:
    held = {Role.DATA_STEWARD: frozenset({unit})}
    ids = frozenset(Unit.objects.filter(key=unit).values_list("pk", flat=True))
    return Scope(None, "clara", frozenset({Role.DATA_STEWARD}), ids, frozenset({unit}), held=held)


def wanted_of(measure: str, unit: str, months: range) -> list[float]:
    """What is wanted of the unit itself in each month, as known now."""
    named = (
        target for target in read_definitions().targets if (target.measure, target.unit) == (measure, unit)
    )
    target = next(named)
    return [float(value) for value in expand(target.points, target.trajectory, ordinals=months)]


MONTHS = """\
key: months
file: months.csv
layout: periods
columns: {measure: Measure, unit: Shop}
periods: {leave_out: [Total]}
ignore: [{when: {Shop: Total}, reason: A sum of the shops.}]
"""
BY_MONTH = "Measure,Shop,Dec 2026,Jan 2027,Total\nsales,old-town,1,,1\nsales,Total,1,,1\n"


def test_a_mapping_with_a_column_for_each_month_reads_by_its_path(
    loaded: LoadedFolder, tmp_path: Path
) -> None:
    (tmp_path / "months.mapping.yaml").write_text(MONTHS, encoding="utf-8")
    (tmp_path / "months.csv").write_text(BY_MONTH, encoding="utf-8")
    asked = {"mapping": str(tmp_path / "months.mapping.yaml"), "scope": INSTALLATION, "at": LATER}

    first = import_file(tmp_path / "months.csv", **asked)  # type: ignore[arg-type]
    second = import_file(tmp_path / "months.csv", **asked)  # type: ignore[arg-type]

    assert (first.rows_read, first.values_written, second.values_written) == (2, 1, 0)
    assert Observation.objects.get(measure__key="sales", period=2026 * 12 + 11).value == 1.0


def test_a_strategy_folder_may_hold_a_column_for_each_month(bakery: Path, db: None) -> None:
    (bakery / "data" / "months.mapping.yaml").write_text(MONTHS, encoding="utf-8")
    (bakery / "data" / "months.csv").write_text(BY_MONTH, encoding="utf-8")

    load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=LATER)

    assert Observation.objects.get(measure__key="sales", period=2026 * 12 + 11).value == 1.0
    assert StoredMapping.objects.get(key="months").columns == ["Measure", "Shop"]
