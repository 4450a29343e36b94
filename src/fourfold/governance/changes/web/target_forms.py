"""The forms of targets: one unit's own, and many pasted at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fourfold.governance.changes.pages import measure_words as words
from fourfold.governance.changes.web.measure_forms import Number

__all__ = ["PasteForm", "TargetForm", "TypingForm"]

ORIGINS = [("", "—"), *words.ORIGINS]


class TargetForm(forms.Form):
    """One unit's wanted values over time."""

    trajectory = forms.ChoiceField(choices=words.TRAJECTORIES, label=_("Trajectory"))
    points = forms.CharField(
        label=_("Periods and values"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("A period and its value on each line; between them the trajectory decides."),
    )
    red = Number(_("Own red"), _("As a value. Empty: the version's threshold."))
    best = Number(_("Own best"), _("As a value. Empty: the version's threshold."))
    origin = forms.ChoiceField(choices=ORIGINS, required=False, label=_("Origin"))
    reason = forms.CharField(
        required=False,
        max_length=150,
        label=_("Reason"),
        help_text=_("Needed where the target gets easier; it is shown with the target."),
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        field, known = self.fields["origin"], dict(ORIGINS)
        assert isinstance(field, forms.ChoiceField)
        other = initial.get("origin", "")
        # A folder may name any origin; it stays selectable, so that saving does not lose it.
        field.choices = ORIGINS if other in known else [*ORIGINS, (other, other)]


class PasteForm(forms.Form):
    """Cells of a spreadsheet."""

    cells = forms.CharField(
        label=_("Cells"),
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Unit, period and value on each line, or a row for each unit under a row of periods."),
    )
    origin = forms.ChoiceField(choices=ORIGINS, required=False, label=_("Origin"))
    reason = forms.CharField(required=False, max_length=150, label=_("Reason"))


class TypingForm(forms.Form):
    """What is said of targets typed into the grid; the cells themselves have names of their own."""

    origin = forms.ChoiceField(choices=ORIGINS, required=False, label=_("Origin of the changes"))
    reason = forms.CharField(
        required=False,
        max_length=150,
        label=_("Reason for the changes"),
        help_text=_("Needed where a target gets easier."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="typed_%s")
