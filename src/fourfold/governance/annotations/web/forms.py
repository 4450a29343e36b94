"""The forms of talking about the numbers; every text is checked again by the action that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from fourfold.engine.quantities import Status

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = ["AnalysisForm", "OverrideForm"]

LONGEST = 4000


def _words(label: str | StrPromise, help_text: str | StrPromise, *, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST, widget=area)


class AnalysisForm(forms.Form):
    """Three questions; one answer is enough."""

    happened = _words(_("What happened?"), _("The change in a sentence: by how much, since when."))
    why = _words(_("Why?"), _("The cause as far as you know it; say where you guess."))
    next = _words(_("What next?"), _("Who does what until when."))
    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class OverrideForm(forms.Form):
    """Another status, and the reason for it."""

    status = forms.ChoiceField(
        label=_("Status as you judge it"),
        choices=[(status.value, status.label) for status in (Status.GREEN, Status.AMBER, Status.RED)],
    )
    reason = _words(_("Reason"), _("What the number does not show. It stands beside the status everywhere."))
    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
