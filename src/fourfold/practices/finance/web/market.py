"""The page on which somebody says which measures tell of a measure's market."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.practices.finance.actions.choose_market import choose_market
from fourfold.practices.finance.pages.market_page import read_market
from fourfold.practices.finance.web.market_form import MarketForm
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place

__all__ = ["market"]

KEPT = (409, 412, 422)
"""Refusals after which the form comes back with what was typed."""


@require_http_methods(["GET", "HEAD", "POST"])
def market(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The form as things stand; posted, the choice is kept, or comes back with what stands against it."""
    asked = AskedAgainst(measure, Place(unit, period), Against.PLAN)
    page = read_market(asked, scope=request.scope, at=request.received_at)
    form = MarketForm(request.POST if request.method == "POST" else None, page=page)
    refusal: Refusal | None = None
    if form.is_bound and form.is_valid():
        try:
            choose_market(measure, wanted=form.wanted, scope=request.scope, at=request.received_at)
        except Refusal as refused:
            if refused.status not in KEPT:
                raise
            refusal = refused
        else:
            messages.success(request, _("It is kept, with your name and the day. The path below uses it."))
            return HttpResponseRedirect(reverse("finance:variance", args=[measure, unit, period]))
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(
        request, "finance/market.html", {"page": page, "form": form, "refusal": refusal}, status=status
    )
