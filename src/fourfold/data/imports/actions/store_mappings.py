"""Keep the mappings of a folder for later imports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from fourfold.data.imports.models import StoredMapping
from fourfold.data.imports.queries.mappings import columns_needed

__all__ = ["SUFFIX", "store_mappings"]

SUFFIX = ".mapping.yaml"


@transaction.atomic
def store_mappings(folder: Path, *, at: datetime) -> None:
    """Every `data/*.mapping.yaml` with the small CSV files beside it that are no data of their own.

    They belong to the whole organisation, whoever kept one of that key before.
    """
    for path in sorted((folder / "data").glob(f"*{SUFFIX}")):
        text = path.read_text(encoding="utf-8")
        key = path.name.removesuffix(SUFFIX)
        said = {"text": text, "columns": list(columns_needed(path)), "keeper": "", "kept_at": at}
        mapping, _ = StoredMapping.objects.update_or_create(key=key, defaults={**said, "retired_at": None})
        mapping.units.clear()
        mapping.lookups.all().delete()
        for table in sorted(path.parent.glob("*.csv")):
            if f"file: {table.name}" in text and "lookup" in text:
                mapping.lookups.create(name=table.name, text=table.read_text(encoding="utf-8"))
