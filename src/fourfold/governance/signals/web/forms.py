"""The forms of decisions on limits; every word is checked again by the action that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fourfold.folder.mapping.numbers import NumberProblem
from fourfold.governance.signals.pages.decision_page import CHARTS
from fourfold.platform.ui.typed_numbers import read_typed_number

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = ["ChartForm", "DecisionForm", "RebaseForm", "SpecialCauseForm", "SpecificationForm"]

LONGEST = 4000

Periods = tuple[tuple[str, str], ...]


class NumberField(forms.CharField):
    """A number as its reader writes it; None where nothing was typed."""

    def __init__(self, *, label: str | StrPromise, help_text: str | StrPromise = "") -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs=attrs),
        )

    def clean(self, value: object) -> float | None:
        """The number, or what is wrong with it."""
        text = super().clean(value).strip()
        if not text:
            return None
        number, problem = read_typed_number(text)
        if problem is not NumberProblem.NONE:
            said = _("“%(text)s” is not a number.")
            raise forms.ValidationError(said, params={"text": text}, code="number")
        return number


class ReasonField(forms.CharField):
    """Why; it stands beside the chart for good."""

    def __init__(self, *, label: str | StrPromise, help_text: str | StrPromise) -> None:
        attrs = {"rows": 3, "maxlength": LONGEST}
        super().__init__(
            label=label, help_text=help_text, max_length=LONGEST, widget=forms.Textarea(attrs=attrs)
        )


class DecisionForm(forms.Form):
    """What every decision is asked with; `periods` are those of the chart."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        periods: Periods = (),
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for name, first in (("period", ()), ("last", (("", str(_("that period alone"))),))):
            if name in self.fields:
                self.fields[name].choices = [*first, *periods]  # type: ignore[attr-defined]  # declared below: a choice


class RebaseForm(DecisionForm):
    """From when limits begin anew."""

    period = forms.ChoiceField(label=_("Limits begin anew with"))
    reason = ReasonField(
        label=_("Reason"), help_text=_("What was changed on purpose, and how you know that it lasts.")
    )


class SpecialCauseForm(DecisionForm):
    """Which stretch is left out, and what happened."""

    period = forms.ChoiceField(label=_("From"))
    last = forms.ChoiceField(label=_("To"), required=False)
    reason = ReasonField(
        label=_("What happened"), help_text=_("The cause as you know it. It stands beside the chart.")
    )


class ChartForm(DecisionForm):
    """Which chart; it holds for the whole series."""

    chart = forms.ChoiceField(label=_("Chart"), choices=CHARTS)
    reason = ReasonField(
        label=_("Reason"),
        help_text=_("What one of its values counts or measures, or why a small shift matters here."),
    )


class SpecificationForm(DecisionForm):
    """What is asked of the process."""

    lower = NumberField(
        label=_("Lower limit"), help_text=_("Leave it open where only the other side matters.")
    )
    upper = NumberField(label=_("Upper limit"))
    target = NumberField(
        label=_("Best value"), help_text=_("Where between the limits it should lie; may stay open.")
    )
    period = forms.ChoiceField(label=_("Asked for from"))
    reason = ReasonField(
        label=_("Who asks for it"),
        help_text=_("A customer, a standard, a law. Never the control limits themselves."),
    )
