"""A measure may be retired from a day on."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("measures", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="measurelisting",
            name="retired_on",
            field=models.DateField(null=True),
        ),
    ]
