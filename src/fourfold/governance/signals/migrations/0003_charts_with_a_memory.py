"""An EWMA or a CUSUM may be chosen too."""

from django.db import migrations, models

from fourfold.platform.audit.append_only import forget_keeping, keep_as_written

CHARTS = ["g", "t", "c", "xmr", "ewma", "cusum"]


class Migration(migrations.Migration):

    dependencies = [
        ("signals", "0002_chosen_chart"),
    ]

    operations = [
        # The database makes the table anew for a constraint: its triggers have to come back after that.
        *forget_keeping("signals", "LimitDecision"),
        migrations.RemoveConstraint(
            model_name="limitdecision",
            name="only_a_choice_of_chart_names_one",
        ),
        migrations.AlterField(
            model_name="limitdecision",
            name="chart",
            field=models.CharField(
                blank=True,
                choices=[
                    ("g", "g chart: cases from one rare event to the next"),
                    ("t", "t chart: time from one rare event to the next"),
                    ("c", "c chart: events in periods that are all alike"),
                    ("xmr", "XmR chart: single values"),
                    ("ewma", "EWMA chart: a moving average, for small shifts that last"),
                    ("cusum", "CUSUM chart: sums of what lies off the mean, for small shifts that last"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="limitdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "chart"), ("chart__in", CHARTS)),
                    models.Q(models.Q(("kind", "chart"), _negated=True), ("chart", "")),
                    _connector="OR",
                ),
                name="only_a_choice_of_chart_names_one",
            ),
        ),
        *keep_as_written("signals", "LimitDecision"),
    ]
