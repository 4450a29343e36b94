"""Triggers that keep written rows as they were written; a migration installs them beside the table."""

from collections.abc import Callable

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.utils import NotSupportedError

__all__ = ["Keeping", "forget_keeping", "keep_as_written", "keep_as_written_until_closed"]

Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]


class Keeping(migrations.RunPython):
    """Installs the triggers of one table, or takes them away; a new database is given what was said last."""

    def __init__(
        self, app_label: str, model_name: str, *, closing: str | None = None, is_installed: bool = True
    ) -> None:
        self.app_label, self.model_name = app_label, model_name
        self.install, self.is_installed = _install(app_label, model_name, closing=closing), is_installed
        remove = _remove(app_label, model_name)
        if is_installed:
            super().__init__(self.install, remove)
        else:
            super().__init__(remove, migrations.RunPython.noop)


def keep_as_written(app_label: str, *model_names: str) -> list[Keeping]:
    """Forbid UPDATE and DELETE of these models' rows.

    Django rebuilds a SQLite table to alter it, and its triggers are lost: such a migration repeats this operation.
    """
    return [Keeping(app_label, name) for name in model_names]


def keep_as_written_until_closed(app_label: str, *model_names: str) -> list[Keeping]:
    """As above, but `until_seq` may be set once: the row is then known to have been superseded."""
    return [Keeping(app_label, name, closing="until_seq") for name in model_names]


def forget_keeping(app_label: str, *model_names: str) -> list[Keeping]:
    """Take the triggers away, before a migration that adds a column and installs them anew."""
    return [Keeping(app_label, name, is_installed=False) for name in model_names]


def _install(app_label: str, model_name: str, *, closing: str | None) -> Step:
    def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        _sqlite_only(schema_editor)
        model = apps.get_model(app_label, model_name)
        table = model._meta.db_table
        columns = [field.column for field in model._meta.concrete_fields if field.column != closing]
        _forbid(schema_editor, table, name="keep_update", event=f"UPDATE OF {', '.join(columns)}")
        _forbid(schema_editor, table, name="keep_delete", event="DELETE")
        if closing:
            _forbid(
                schema_editor,
                table,
                name="keep_close",
                event=f"UPDATE OF {closing}",
                when=f"OLD.{closing} IS NOT NULL",
            )

    return install


def _forbid(editor: BaseDatabaseSchemaEditor, table: str, *, name: str, event: str, when: str = "1") -> None:
    # Every part is a name from our own migrations, never from a request.
    editor.execute(
        f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, 'KEPT_AS_WRITTEN: rows of {table} are never changed'); END"
    )


def _remove(app_label: str, model_name: str) -> Step:
    def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        _sqlite_only(schema_editor)
        table = apps.get_model(app_label, model_name)._meta.db_table
        for name in ("keep_update", "keep_delete", "keep_close"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")

    return remove


def _sqlite_only(schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "sqlite":
        raise NotSupportedError(
            "Fourfold's ledger knows SQLite only so far; its triggers must exist before its rows."
        )
