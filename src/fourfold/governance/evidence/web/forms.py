"""The form of a pre-registration; everything is checked again by the action that keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["RegisterForm"]

LONGEST = 4000


class RegisterForm(forms.Form):
    """Which measures, which sign, which lags, which months, and why one should expect it."""

    x = forms.ChoiceField(label=_("Measure of the cause"))
    y = forms.ChoiceField(label=_("Measure of the effect"))
    sign = forms.ChoiceField(
        label=_("More of the first goes with"),
        choices=[("1", _("more of the second")), ("-1", _("less of the second"))],
        help_text=_("As they are measured: fewer complaints after more training is “less”."),
    )
    lag_from = forms.IntegerField(label=_("First month of the effect"), min_value=0, max_value=36)
    lag_to = forms.IntegerField(
        label=_("Last month of the effect"),
        min_value=0,
        max_value=36,
        help_text=_("Counted from the cause: 2 and 4 mean two to four months later."),
    )
    since = forms.CharField(label=_("Data from"), required=False, max_length=16)
    until = forms.CharField(
        label=_("Data to"),
        required=False,
        max_length=16,
        help_text=_("Months as 2026-09; empty: all there are. Months to come are the honest test."),
    )
    mechanism = forms.CharField(
        label=_("Why this should be so"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )
    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *said: Any, measures: tuple[tuple[str, str], ...] = (), **more: Any) -> None:
        super().__init__(*said, **more)
        for name in ("x", "y"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = measures
