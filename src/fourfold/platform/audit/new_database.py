"""A new database, made as all migrations together leave it: a quarter of a second instead of six."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from fourfold.platform.audit.append_only import Keeping

__all__ = ["make_tables"]


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Every table, index, constraint and trigger, and the note that each migration was applied; no row.

    Does nothing where there is any table. A migration that writes rows into an empty database, or shapes a table by
    other means than Django's operations and `append_only`, would be missed: a test compares both ways.
    """
    if connection.introspection.table_names():
        return
    with connection.schema_editor(atomic=True) as editor:
        if connection.introspection.table_names():  # a second process was quicker
            return
        executor = MigrationExecutor(connection)
        targets = executor.loader.graph.leaf_nodes()
        plan = [migration for migration, _backwards in executor.migration_plan(targets)]
        apps = executor.loader.project_state(targets).apps
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for keeping in _kept_in_the_end(plan):
            keeping.install(apps, editor)
        editor.create_model(MigrationRecorder.Migration)
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)


def _kept_in_the_end(plan: list[Migration]) -> list[Keeping]:
    """The last word on each table that is kept as written."""
    said = (each for migration in plan for each in migration.operations if isinstance(each, Keeping))
    last = {(each.app_label, each.model_name): each for each in said}
    return [each for each in last.values() if each.is_installed]
