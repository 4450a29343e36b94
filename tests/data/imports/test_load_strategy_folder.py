"""A folder goes into the database whole or not at all, and comes out again as it went in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fourfold.data.imports.actions import LoadedFolder, load_strategy_folder
from fourfold.data.imports.models import StoredMapping
from fourfold.data.imports.queries import export_strategy_folder
from fourfold.folder import FolderRefused, read_folder
from fourfold.platform.accounts.scope import INSTALLATION, NOBODY
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.refusals.refusal import OutOfScope
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import LedgerEntry, Observation
from fourfold.scorecard.measures.queries.ledger import seq_as_of
from tests.data.imports.conftest import EXAMPLES, MORNING, read_rows, write_rows

pytestmark = pytest.mark.django_db


def test_the_database_holds_what_the_folder_says(bakery: Path, loaded: LoadedFolder) -> None:
    reading = read_folder(bakery)

    assert read_definitions() == reading.definitions
    assert Observation.objects.count() == len(reading.rows) == loaded.written


def test_the_same_folder_twice_changes_nothing(bakery: Path, loaded: LoadedFolder) -> None:
    again = load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING + timedelta(days=1))

    assert (again.changed, again.written) == (0, 0)
    assert again.unchanged == loaded.written


def test_a_changed_value_is_added_and_the_old_one_stays(bakery: Path, loaded: LoadedFolder) -> None:
    file = bakery / "data" / "shops.csv"
    rows = read_rows(file)
    write_rows(file, [{**rows[0], "sales": "1"}, *rows[1:]])

    again = load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING + timedelta(days=1))

    assert again.written == 1
    assert Observation.objects.count() == loaded.written + 1


def test_a_folder_with_an_error_leaves_the_database_empty(bakery: Path) -> None:
    file = bakery / "data" / "shops.csv"
    file.write_text(file.read_text().replace("2026", "20x6", 1))

    with pytest.raises(FolderRefused):
        load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING)

    assert not Observation.objects.exists()
    with pytest.raises(NotFounded):
        read_definitions()


def test_nobody_may_load_without_a_role(bakery: Path) -> None:
    with pytest.raises(OutOfScope):
        load_strategy_folder(bakery, data=None, scope=NOBODY, at=MORNING)


def test_mappings_are_kept_word_for_word(bakery: Path, loaded: LoadedFolder) -> None:
    kept = {mapping.key: mapping.text for mapping in StoredMapping.objects.all()}

    written = {
        path.name.removesuffix(".mapping.yaml"): path.read_text() for path in bakery.glob("data/*.yaml")
    }
    assert kept == written


def test_exporting_and_loading_again_changes_no_byte(loaded: LoadedFolder, tmp_path: Path) -> None:
    export_strategy_folder(tmp_path / "first", scope=INSTALLATION)
    load_strategy_folder(tmp_path / "first", data=None, scope=INSTALLATION, at=MORNING + timedelta(days=2))
    export_strategy_folder(tmp_path / "second", scope=INSTALLATION)

    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_only_somebody_who_sees_everything_may_export(loaded: LoadedFolder, tmp_path: Path) -> None:
    with pytest.raises(OutOfScope):
        export_strategy_folder(tmp_path / "mine", scope=NOBODY)

    assert not (tmp_path / "mine").exists()


def test_founding_keeps_the_times_at_which_values_became_known() -> None:
    load_strategy_folder(EXAMPLES / "meridian", data=None, scope=INSTALLATION, at=MORNING)

    before = seq_as_of(datetime(2026, 8, 16, tzinfo=UTC))
    after = seq_as_of(datetime(2026, 8, 18, tzinfo=UTC))

    june = Observation.objects.filter(measure__key="revenue", unit__key="hamburg", period=2026 * 12 + 5)
    assert LedgerEntry.objects.filter(is_history=True).exists()
    assert june.filter(seq__lte=before).count() == 1
    assert june.filter(seq__lte=after).count() == 2


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_folder_does_not_overwrite_a_mapping_that_somebody_kept(bakery: Path, db: None) -> None:
    load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING)
    hers = "key: shops\nfile: hers.csv\nlayout: long\n"
    StoredMapping.objects.filter(key="shops").update(text=hers, keeper="ana")

    load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING)

    kept = StoredMapping.objects.get(keeper="ana")
    assert (kept.key, kept.text) == ("shops-2", hers.replace("shops", "shops-2"))
    assert "wide:" in StoredMapping.objects.get(key="shops").text
    assert AuditEvent.objects.filter(action="mapping_renamed").count() == 1
