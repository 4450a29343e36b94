"""One policy's page: its form depends on which one it is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fourfold.governance.changes.drafts.choices import Choices
from fourfold.governance.changes.drafts.policy_draft import PolicyDraft
from fourfold.governance.changes.web.draft_form import LONGEST_TEXT, DraftForm

__all__ = ["PolicyForm"]


class PolicyForm(DraftForm):
    draft_type = PolicyDraft

    value = forms.CharField(label=_("Value"), max_length=200)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why it is decided so. It stays in the journal and beside the value."),
    )
    understood = forms.BooleanField(required=False)

    def offer(self, choices: Choices) -> None:
        values = self.started_from.choices
        if values:
            self.fields["value"] = forms.ChoiceField(
                label=_("Value"), choices=[(value, value) for value in values], widget=forms.RadioSelect
            )
        else:
            self.fields["value"].widget.attrs["inputmode"] = "decimal"
        self.fields["value"].help_text = self.started_from.meaning
        if self.started_from.counts_for_the_past:
            self.fields["understood"].label = _(
                "Count it from now on for every period that is shown, past ones too. What was known before today stays "
                "readable under “As known on”."
            )
        else:
            del self.fields["understood"]
