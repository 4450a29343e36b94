"""A run knows at which seq its targets, units and measures were written, so that its targets can go back."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0003_units_of_runs_and_columns_of_mappings")]

    operations = [migrations.AddField("importrun", "definitions_seq", models.BigIntegerField(null=True))]
