"""Which measures tell of the market behind a measure; every word is checked again by the action that keeps it."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fourfold.folder.mapping.numbers import NumberProblem
from fourfold.platform.ui.typed_numbers import read_typed_number
from fourfold.practices.finance.actions.choose_market import MarketWanted
from fourfold.practices.finance.pages.market_page import Choices, MarketPage
from fourfold.practices.finance.queries.market_choices import MarketKind

__all__ = ["MarketForm"]

LONGEST = 4000
NONE = _("none")


class MarketForm(forms.Form):
    """From when on, by which measures, and why."""

    kind = forms.ChoiceField(label=_("What is known of the outside"), choices=MarketKind.choices)
    size = forms.ChoiceField(
        label=_("The whole market"),
        required=False,
        help_text=_("In pieces sold by everybody, with its plan as target."),
    )
    share = forms.ChoiceField(
        label=_("Own share of it"), required=False, help_text=_("In per cent, with its plan as target.")
    )
    margin = forms.CharField(
        label=_("What one piece sold adds"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    other = forms.ChoiceField(
        label=_("Currency, prices and the like"),
        required=False,
        help_text=_("What they did to it, as a measure of its own; may stay open."),
    )
    period = forms.ChoiceField(label=_("Counts from"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        help_text=_("Where the numbers come from, and why they tell it."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )

    def __init__(self, data: QueryDict | None, *, page: MarketPage) -> None:
        super().__init__(data, initial=dict(page.initial))
        offered: tuple[tuple[str, Choices], ...] = (
            ("size", page.sizes),
            ("share", page.shares),
            ("other", page.others),
        )
        for name, choices in offered:
            self.fields[name].choices = [("", str(NONE)), *choices]  # type: ignore[attr-defined]
        self.fields["period"].choices = list(page.periods)  # type: ignore[attr-defined]
        self.fields["margin"].help_text = _("As planned, in %(unit)s.") % {
            "unit": page.unit_of_measure or "1"
        }

    def clean_margin(self) -> float | None:
        """The number, or what is wrong with it."""
        text = str(self.cleaned_data["margin"]).strip()
        if not text:
            return None
        number, problem = read_typed_number(text)
        if problem is not NumberProblem.NONE:
            said = _("“%(text)s” is not a number.")
            raise forms.ValidationError(said, params={"text": text}, code="number")
        return number

    @property
    def wanted(self) -> MarketWanted:
        """What was chosen, once it is valid."""
        said = self.cleaned_data
        return MarketWanted(
            kind=MarketKind(said["kind"]),
            period=said["period"],
            reason=said["reason"],
            size=said["size"],
            share=said["share"],
            margin=said["margin"],
            other=said["other"],
        )
