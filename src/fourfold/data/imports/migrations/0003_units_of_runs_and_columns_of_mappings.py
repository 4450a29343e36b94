"""Lists read no document and no file's remarks: a run names its units and counts its remarks, a mapping its columns."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.db import migrations, models

from fourfold.folder.document import read_document
from fourfold.folder.mapping import read_mapping
from fourfold.folder.schema import MAPPING, structure_findings


def name_units(apps: Any, _schema: Any) -> None:
    """The units a run listed by key, as rows; and how many remarks it has."""
    runs = apps.get_model("imports", "ImportRun")
    ids = dict(apps.get_model("units", "Unit").objects.values_list("key", "pk"))
    for run in runs.objects.order_by("pk").iterator():
        run.units.set([ids[key] for key in run.unit_keys if key in ids])
        runs.objects.filter(pk=run.pk).update(remarks=len(run.warnings))


def list_keys(apps: Any, _schema: Any) -> None:
    """Back again."""
    for run in apps.get_model("imports", "ImportRun").objects.order_by("pk"):
        run.unit_keys = list(run.units.order_by("key").values_list("key", flat=True))
        run.save(update_fields=["unit_keys"])


def name_columns(apps: Any, _schema: Any) -> None:
    """Read each kept document once, beside its lookup tables, as it is read for an import."""
    for mapping in apps.get_model("imports", "StoredMapping").objects.order_by("pk"):
        with tempfile.TemporaryDirectory(prefix="fourfold-mapping-") as folder:
            for table in mapping.lookups.all():
                (Path(folder) / table.name).write_text(table.text, encoding="utf-8")
            path = Path(folder) / f"{mapping.key}.mapping.yaml"
            path.write_text(mapping.text, encoding="utf-8")
            mapping.columns = _columns(path)
        mapping.save(update_fields=["columns"])


def _columns(path: Path) -> list[str]:
    document, _found = read_document(path, path.name)
    if document is None or any(each.level == "error" for each in structure_findings(document, MAPPING)):
        return []
    mapping, _found = read_mapping(document, path.parent)
    return list(mapping.wanted) if mapping is not None else []


def keep_columns(apps: Any, _schema: Any) -> None:
    """They go with their field."""


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_uploads_and_withdrawals"), ("units", "__first__")]

    operations = [
        migrations.RenameField("importrun", "units", "unit_keys"),
        migrations.AddField("importrun", "units", models.ManyToManyField("units.unit", related_name="+")),
        migrations.AddField("importrun", "remarks", models.IntegerField(default=0)),
        migrations.RunPython(name_units, list_keys),
        migrations.RemoveField("importrun", "unit_keys"),
        migrations.AddIndex("importrun", models.Index(fields=["at", "id"], name="run_by_moment")),
        migrations.AddField("storedmapping", "columns", models.JSONField(default=list)),
        migrations.AddField("storedmapping", "keeper", models.CharField(blank=True, max_length=64)),
        migrations.AddField("storedmapping", "kept_at", models.DateTimeField(null=True)),
        migrations.AddField("storedmapping", "units", models.ManyToManyField("units.unit", related_name="+")),
        migrations.RunPython(name_columns, keep_columns),
    ]
