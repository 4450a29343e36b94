"""The measure form: four steps on one page, readable without script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from fourfold.governance.changes.pages import measure_words as words
from fourfold.governance.changes.pages.measure_form import MeasureChoices

__all__ = ["MeasureForm", "RetireForm"]

EMPTY = ("", "—")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Number(forms.FloatField):
    """A number or nothing; `any` step, so that browsers do not round."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)


class MeasureForm(forms.Form):
    """Every field of a measure's first or next version; the actions judge what they say together."""

    # what it is for
    name = forms.CharField(max_length=200, label=_("Name"))
    key = forms.SlugField(
        max_length=64,
        required=False,
        label=_("Key"),
        help_text=_("For formulas, files and addresses; never changes. Empty: made from the name."),
    )
    objectives = forms.MultipleChoiceField(
        required=False, label=_("Objectives"), widget=forms.CheckboxSelectMultiple
    )
    weight = Number(_("Weight"), _("In objectives that are new here; 1 is an equal share, 0 informs only."))
    role = forms.ChoiceField(choices=words.ROLES, label=_("Lead or lag"))
    # where the numbers come from
    source = forms.ChoiceField(choices=words.SOURCES, label=_("Source"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        choices=[(kind.key, kind.name) for kind in words.KINDS], label=_("Kind"), widget=forms.RadioSelect
    )
    formula = forms.CharField(
        required=False,
        label=_("Formula"),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Keys of measures, numbers, + − * / ( ), sum avg min max last lag ytd rolling ratio if."),
    )
    missing_operand = forms.ChoiceField(choices=words.MISSING, label=_("Where an operand is missing"))
    org_values = forms.ChoiceField(choices=words.ORG_VALUES, label=_("Values of parent units"))
    unit = forms.ChoiceField(
        label=_("Declared at"), help_text=_("This unit and all below it, unless narrowed.")
    )
    levels = forms.MultipleChoiceField(
        required=False, label=_("Only these levels"), widget=forms.CheckboxSelectMultiple
    )
    keys = forms.MultipleChoiceField(
        required=False, label=_("Only these units"), widget=forms.CheckboxSelectMultiple
    )
    # how it is judged
    unit_of_measure = forms.CharField(
        max_length=64,
        required=False,
        label=_("Unit of measure"),
        help_text=_("%, EUR, h, a noun, EUR/shipment"),
    )
    decimals = forms.IntegerField(min_value=0, max_value=6, label=_("Decimals shown"))
    frequency = forms.ChoiceField(choices=words.FREQUENCIES, label=_("Taken"))
    goal = forms.ChoiceField(choices=words.GOALS, label=_("Goal type"))
    basis = forms.ChoiceField(choices=words.BASES, label=_("Thresholds are written as"))
    red = Number(_("Red"), _("Off target begins here. Empty: 90 % of the target, by policy."))
    best = Number(_("Best"), _("Scores 100. Empty: as far above the target as red lies below."))
    worst = Number(_("Worst"), _("Scores 0. Empty: as far below red again."))
    tolerance = Number(_("Tolerance"), _("Band and exact: distance that is still on target."))
    band_low = Number(_("Band from"))
    band_high = Number(_("Band to"))
    rubric = forms.CharField(
        required=False,
        label=_("Rubric"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ordinal: a value and its score on each line, such as 3 66.7"),
    )
    natural_min = Number(_("Smallest possible"))
    natural_max = Number(_("Largest possible"))
    baseline = Number(_("Baseline"), _("Where it stood when the strategy began."))
    try_target = Number(_("Try with target"), _("For the preview only; targets are set on their own page."))
    try_value = Number(_("Try with value"))
    # who answers
    owner = forms.ChoiceField(required=False, label=_("Owner"), help_text=_("Answers for the performance."))
    steward = forms.ChoiceField(required=False, label=_("Steward"), help_text=_("Answers for the data."))
    tier = forms.ChoiceField(choices=words.TIERS, label=_("Tier"))
    operational_definition = forms.CharField(
        required=False,
        max_length=4000,
        label=_("Operational definition"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is counted, from which source, until when; so that two people count the same."),
    )
    counts_cases = forms.BooleanField(
        required=False,
        label=_("Counts cases"),
        help_text=_(
            "Ratio: some of the cases in the denominator, such as shipments; not kilograms, hours or money."
        ),
    )
    due_days = forms.IntegerField(
        min_value=0, max_value=366, label=_("Due, days after the period"), help_text=_("Then it is missing.")
    )
    grace_periods = forms.IntegerField(
        min_value=0,
        max_value=60,
        label=_("Grace, in periods"),
        help_text=_("Then the last value goes stale."),
    )
    # the version
    valid_from = forms.DateField(
        required=False,
        label=_("Valid from"),
        widget=DAY,
        help_text=_(
            "Periods before it are not owed. Empty: from the beginning, for a formula or where past values follow."
        ),
    )
    reason = forms.CharField(
        required=False, max_length=1000, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2})
    )
    breaks = forms.BooleanField(
        required=False,
        label=_("Values before and after cannot be compared"),
        help_text=_("For a changed counting rule or source. Makes the change major whatever the fields say."),
    )
    edition = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, choices: MeasureChoices, data: Any = None) -> None:
        super().__init__(data, initial=choices.initial)
        people = [EMPTY, *choices.people]
        self._offer("objectives", choices.objectives)
        self._offer("unit", choices.units)
        self._offer("levels", choices.levels)
        self._offer("keys", choices.keys)
        self._offer("owner", people)
        self._offer("steward", people)
        self.choices = choices
        if choices.measure:
            del self.fields["key"]

    def clean(self) -> dict[str, Any]:
        """A new measure without a key takes one from its name."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.choices.measure and not said.get("key") and said.get("name"):
            said["key"] = slugify(said["name"])[:64].strip("-") or "measure"
        return said

    def _offer(self, name: str, listed: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = listed

    def steps(self) -> dict[str, Any]:
        """For the template: which fields stand together."""
        return {
            "thresholds": [self[name] for name in ("basis", "red", "best", "worst", "tolerance")],
            "special": [self[name] for name in ("band_low", "band_high", "rubric")],
            "bounds": [self[name] for name in ("natural_min", "natural_max", "baseline")],
        }

    def kinds(self) -> list[tuple[Any, Any]]:
        """Each radio button of `kind` with its words."""
        return list(zip(self["kind"], words.KINDS, strict=True))


class RetireForm(forms.Form):
    """From which day on, and why."""

    on = forms.DateField(label=_("Retired from"), widget=DAY)
    reason = forms.CharField(max_length=1000, label=_("Reason"))
