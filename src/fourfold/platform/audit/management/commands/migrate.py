"""`migrate`, which makes a new database in one step and brings every other one up to date migration by migration."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from fourfold.platform.audit.new_database import make_tables

__all__ = ["Command"]

WHOLE = {"app_label": None, "migration_name": None, "plan": False, "check_unapplied": False, "fake": False}


class Command(migrate.Command):
    """Whoever asks for one app, one migration or a plan gets just that."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Afterwards Django finds nothing to migrate in a new database, and tells every app that it is there."""
        if all(options.get(name) == whole for name, whole in WHOLE.items()):
            make_tables(connections[options["database"]])
        super().handle(*args, **options)
