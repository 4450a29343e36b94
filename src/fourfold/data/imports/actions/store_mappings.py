"""Keep the mappings of a folder for later imports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from fourfold.data.imports.actions.keeping_mappings import give_way
from fourfold.data.imports.models import StoredMapping
from fourfold.data.imports.queries.mappings import columns_needed
from fourfold.platform.accounts.scope import Scope

__all__ = ["SUFFIX", "store_mappings"]

SUFFIX = ".mapping.yaml"


@transaction.atomic
def store_mappings(folder: Path, *, scope: Scope, at: datetime) -> None:
    """Every `data/*.mapping.yaml` with the small CSV files beside it that are no data of their own.

    They belong to the whole organisation. Another one that somebody kept under such a key stays theirs under a key
    that is free, and the journal says so.
    """
    for path in sorted((folder / "data").glob(f"*{SUFFIX}")):
        text = path.read_text(encoding="utf-8")
        key = path.name.removesuffix(SUFFIX)
        give_way(key, text=text, scope=scope, at=at)
        said = {"text": text, "columns": list(columns_needed(path)), "keeper": "", "kept_at": at}
        mapping, _ = StoredMapping.objects.update_or_create(key=key, defaults={**said, "retired_at": None})
        mapping.units.clear()
        mapping.lookups.all().delete()
        for table in sorted(path.parent.glob("*.csv")):
            if f"file: {table.name}" in text and "lookup" in text:
                mapping.lookups.create(name=table.name, text=table.read_text(encoding="utf-8"))
