"""Which chart is right may be decided, like its limits."""

from django.db import migrations, models

from fourfold.platform.audit.append_only import forget_keeping, keep_as_written

KINDS = ["rebase", "special_cause", "specification", "chart"]
CHARTS = ["g", "t", "c", "xmr"]


class Migration(migrations.Migration):

    dependencies = [
        ("signals", "0001_first"),
    ]

    operations = [
        # The trigger names its columns: one that comes later must be kept as written too.
        *forget_keeping("signals", "LimitDecision"),
        migrations.RemoveConstraint(
            model_name="limitdecision",
            name="limit_decision_is_of_a_known_kind",
        ),
        migrations.AddField(
            model_name="limitdecision",
            name="chart",
            field=models.CharField(
                blank=True,
                choices=[
                    ("g", "g chart: cases from one rare event to the next"),
                    ("t", "t chart: time from one rare event to the next"),
                    ("c", "c chart: events in periods that are all alike"),
                    ("xmr", "XmR chart: single values"),
                ],
                default="",
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="limitdecision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rebase", "Limits begin anew"),
                    ("special_cause", "Special cause"),
                    ("specification", "Specification limits"),
                    ("chart", "Which chart"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="limitdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)), name="limit_decision_is_of_a_known_kind"
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
