"""Every table that is kept as written has its triggers: a migration that rebuilds one must put them back."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from fourfold.platform.audit.known import KnownRow

KNOWN = [model for model in apps.get_models() if issubclass(model, KnownRow)]
KEPT = [
    apps.get_model(name)
    for name in (
        "audit.AuditEvent",
        "initiatives.InitiativeMilestone",
        "measures.LedgerEntry",
        "measures.MeasureSegment",
        "measures.MeasureVersion",
        "measures.Observation",
        "measures.TargetPoint",
        "strategy.Contribution",
        "strategy.ObjectiveMeasureWeight",
        "strategy.ObjectiveTheme",
        "strategy.ObjectiveWeight",
    )
]


def triggers_of(model: type[Model]) -> dict[str, str]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        return {name.removeprefix(f"{table}_"): sql for name, sql in cursor.fetchall()}


def test_there_are_rows_known_from_a_seq_on() -> None:
    assert len(KNOWN) >= 10


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model._meta.label)
def test_a_row_is_kept_as_written(model: type[Model], db: None) -> None:
    triggers = triggers_of(model)

    assert set(triggers) == {"keep_update", "keep_delete"}
    assert all(field.column in triggers["keep_update"] for field in model._meta.concrete_fields)


@pytest.mark.parametrize("model", KNOWN, ids=lambda model: model._meta.label)
def test_a_known_row_is_kept_until_it_is_closed_once(model: type[Model], db: None) -> None:
    triggers = triggers_of(model)

    assert set(triggers) == {"keep_update", "keep_delete", "keep_close"}
    others = [field.column for field in model._meta.concrete_fields if field.column != "until_seq"]
    assert all(column in triggers["keep_update"] for column in others)
