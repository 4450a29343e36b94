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


class DecisionForm(forms.Form):
    """What every decision has: since when, and why. `periods` are those of the chart."""

    period = forms.ChoiceField(label=_("Period"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        periods: Periods = (),
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["period"].choices = list(periods)  # type: ignore[attr-defined]  # declared below: a choice
        if "last" in self.fields:
            alone = ("", str(_("that period alone")))
            self.fields["last"].choices = [alone, *periods]  # type: ignore[attr-defined]  # likewise


class RebaseForm(DecisionForm):
    """From when limits begin anew."""

    field_order = ("period", "reason")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        periods: Periods = (),
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, periods=periods, initial=initial)
        self.fields["period"].label = _("Limits begin anew with")
        self.fields["reason"].help_text = _("What was changed on purpose, and how you know that it lasts.")


class SpecialCauseForm(DecisionForm):
    """Which stretch is left out, and what happened."""

    last = forms.ChoiceField(label=_("To"), required=False)
    field_order = ("period", "last", "reason")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        periods: Periods = (),
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, periods=periods, initial=initial)
        self.fields["period"].label = _("From")
        self.fields["reason"].label = _("What happened")
        self.fields["reason"].help_text = _("The cause as you know it. It stands beside the chart.")


class ChartForm(DecisionForm):
    """Which chart; it holds for the whole series."""

    chart = forms.ChoiceField(label=_("Chart"), choices=CHARTS)
    field_order = ("chart", "reason")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        periods: Periods = (),
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, periods=periods, initial=initial)
        del self.fields["period"]
        self.fields["reason"].help_text = _(
            "What one of its values counts or measures, or why a small shift matters here."
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
    field_order = ("lower", "upper", "target", "period", "reason")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        periods: Periods = (),
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, periods=periods, initial=initial)
        self.fields["period"].label = _("Asked for from")
        self.fields["reason"].label = _("Who asks for it")
        self.fields["reason"].help_text = _(
            "A customer, a standard, a law. Never the control limits themselves."
        )
