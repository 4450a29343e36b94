"""A measure may be retired from a day on."""

from django.db import migrations, models

from fourfold.platform.audit.append_only import forget_keeping, keep_as_written_until_closed


class Migration(migrations.Migration):

    dependencies = [
        ("measures", "0001_first"),
    ]

    operations = [
        # The trigger names its columns: one that comes later must be kept as written too.
        *forget_keeping("measures", "MeasureListing"),
        migrations.AddField(
            model_name="measurelisting",
            name="retired_on",
            field=models.DateField(null=True),
        ),
        *keep_as_written_until_closed("measures", "MeasureListing"),
    ]
