"""The way from the command to the database: Django is set up on the first call, never by importing this."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache

__all__ = ["brought_up_to_date", "connected", "now", "settings_named", "sqlite_in_use"]


def settings_named() -> None:
    """Say which settings are Fourfold's, unless the operator names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.config.settings")


@cache
def connected() -> None:
    """Set Django up with the operator's settings."""
    settings_named()
    import django

    django.setup()


def brought_up_to_date() -> None:
    """Create the database or migrate it to this version; quick when there is nothing to do."""
    connected()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def now() -> datetime:
    """The moment a command acts at."""
    connected()
    from django.utils import timezone

    return timezone.now()


def sqlite_in_use() -> str:
    """Which SQLite answers, and how it keeps its journal; reads the settings and opens no database."""
    settings_named()
    from django.conf import settings

    version, journal = settings.FOURFOLD_SQLITE_VERSION, settings.FOURFOLD_JOURNAL_MODE
    note = (
        ""
        if journal == "WAL"
        else " (this SQLite may lose data in WAL mode, so the rollback journal is used)"
    )
    return f"sqlite {version}, journal {journal}{note}"
