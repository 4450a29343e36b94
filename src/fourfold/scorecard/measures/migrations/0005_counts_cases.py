"""A version may declare that its parts count cases."""

from django.db import migrations, models

from fourfold.platform.audit.append_only import forget_keeping, keep_as_written


class Migration(migrations.Migration):

    dependencies = [
        ("measures", "0004_units_since"),
    ]

    operations = [
        # The trigger names its columns: one that comes later must be kept as written too.
        *forget_keeping("measures", "MeasureVersion"),
        migrations.AddField(
            model_name="measureversion",
            name="counts_cases",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        *keep_as_written("measures", "MeasureVersion"),
    ]
