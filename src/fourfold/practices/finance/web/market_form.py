"""The market behind one variance, as its reader knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fourfold.practices.finance.pages.variance_reading import MarketGiven

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = ["MarketForm", "asked_market"]

_LARGEST = 1e15  # beyond it float64 tells units no longer apart
_TOGETHER = ("market_planned", "market", "share_planned", "share", "margin")


def _number(
    label: StrPromise, *, least: float, most: float = _LARGEST, said: StrPromise | str = ""
) -> forms.FloatField:
    return forms.FloatField(label=label, help_text=said, min_value=least, max_value=most, required=False)


class MarketForm(forms.Form):
    """All of the market or nothing of it; and what else came from outside."""

    of = forms.CharField(widget=forms.HiddenInput)
    market_planned = _number(_("Market as planned"), least=0, said=_("Units sold by everybody."))
    market = _number(_("Market as it came"), least=0, said=_("Units sold by everybody."))
    share_planned = _number(_("Own share as planned, %"), least=0, most=100)
    share = _number(_("Own share as it came, %"), least=0, most=100)
    margin = _number(_("What one unit sold adds here"), least=-_LARGEST, said=_("In this measure's unit."))
    other = _number(
        _("Currency, prices and the like"),
        least=-_LARGEST,
        said=_("In this measure's unit, below zero where it took away. 0: nothing moved."),
    )

    def clean(self) -> dict[str, float | None]:
        """The five numbers of the market belong together."""
        found = super().clean() or {}
        given = [name for name in _TOGETHER if found.get(name) is not None]
        if given and len(given) < len(_TOGETHER):
            for name in (each for each in _TOGETHER if each not in given and each not in self.errors):
                self.add_error(name, _("Give all five numbers of the market, or none of them."))
        return found

    @property
    def given(self) -> MarketGiven | None:
        """The numbers, once they can be used."""
        if not self.is_bound or not self.is_valid():
            return None
        typed: dict[str, float | None] = self.cleaned_data
        planned, came = typed["share_planned"], typed["share"]
        return MarketGiven(
            planned_size=typed["market_planned"],
            size=typed["market"],
            planned_share=None if planned is None else planned / 100,
            share=None if came is None else came / 100,
            margin=typed["margin"],
            other=typed["other"],
        )


def asked_market(request: HttpRequest, *, of: str) -> MarketForm:
    """The form as the address fills it; empty where the address says nothing of this variance's market.

    Args:
        of: which variance. A step to another period keeps the address's rest, and that is another market.
    """
    is_asked = request.GET.get("of") == of
    return MarketForm(request.GET if is_asked else None, initial={"of": of})
