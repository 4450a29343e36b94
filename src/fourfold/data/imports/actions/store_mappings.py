"""Keep the mappings of a folder for later imports."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from fourfold.data.imports.models import StoredMapping

__all__ = ["SUFFIX", "store_mappings"]

SUFFIX = ".mapping.yaml"


@transaction.atomic
def store_mappings(folder: Path) -> None:
    """Every `data/*.mapping.yaml` with the small CSV files beside it that are no data of their own."""
    for path in sorted((folder / "data").glob(f"*{SUFFIX}")):
        text = path.read_text(encoding="utf-8")
        key = path.name.removesuffix(SUFFIX)
        mapping, _ = StoredMapping.objects.update_or_create(key=key, defaults={"text": text})
        mapping.lookups.all().delete()
        for table in sorted(path.parent.glob("*.csv")):
            if f"file: {table.name}" in text and "lookup" in text:
                mapping.lookups.create(name=table.name, text=table.read_text(encoding="utf-8"))
