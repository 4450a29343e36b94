"""What was imported before lists knew units and columns is listed after as before."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fourfold.data.imports.actions import load_strategy_folder
from fourfold.platform.accounts.scope import INSTALLATION
from tests.data.imports.conftest import EXAMPLES, MORNING

BEFORE = [("imports", "0002_uploads_and_withdrawals")]
AFTER = [("imports", "0003_units_of_runs_and_columns_of_mappings")]


@pytest.mark.django_db(transaction=True)
def test_runs_keep_their_units_and_mappings_get_their_columns() -> None:
    load_strategy_folder(EXAMPLES / "four-objectives", data=None, scope=INSTALLATION, at=MORNING)
    expected = {each.key: each.columns for each in model("StoredMapping").objects.all()}
    assert expected
    assert all(expected.values())
    back = migrated(BEFORE)
    back.get_model("imports", "ImportRun").objects.create(
        reference="old", mapping_key="shops", file_name="a.csv", file_sha256="0", at=MORNING, rows_read=1,
        values_written=1, values_unchanged=0, units=["old-town", "riverside"], warnings=["a", "b"],
    )  # fmt: skip

    after = migrated(AFTER)

    run = after.get_model("imports", "ImportRun").objects.get()
    assert sorted(run.units.values_list("key", flat=True)) == ["old-town", "riverside"]
    assert run.remarks == 2
    mappings = after.get_model("imports", "StoredMapping").objects
    assert {each.key: each.columns for each in mappings.all()} == expected
    assert migrated(BEFORE).get_model("imports", "ImportRun").objects.get().units == ["old-town", "riverside"]
    migrated(AFTER)


def migrated(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


def model(name):
    return MigrationExecutor(connection).loader.project_state(AFTER).apps.get_model("imports", name)
