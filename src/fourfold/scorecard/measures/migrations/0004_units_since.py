"""A unit may take a measure from a day on."""

from django.db import migrations, models

from fourfold.platform.audit.append_only import forget_keeping, keep_as_written_until_closed


class Migration(migrations.Migration):

    dependencies = [
        ("measures", "0003_restated_rows"),
    ]

    operations = [
        # The trigger names its columns: one that comes later must be kept as written too.
        *forget_keeping("measures", "MeasureListing"),
        migrations.AddField(
            model_name="measurelisting",
            name="units_since",
            field=models.JSONField(default=dict),
        ),
        *keep_as_written_until_closed("measures", "MeasureListing"),
    ]
