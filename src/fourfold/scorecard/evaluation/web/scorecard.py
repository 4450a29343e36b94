"""The scorecard's page, and the way to it from the front door."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.scorecard.evaluation.pages.filters import Wanted
from fourfold.scorecard.evaluation.pages.reading import Place, home_of, read_scorecard

__all__ = ["home", "scorecard"]

STARTS = ("scorecard:scorecard", "scorecard:map")
"""The pages that the front door leads to."""


@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """Lead to one's own unit at its last complete month; `to` may name the map instead."""
    place = home_of(request.scope, at=request.received_at)
    wanted = request.GET.get("to", "")
    target = wanted if wanted in STARTS else STARTS[0]
    return HttpResponseRedirect(reverse(target, kwargs={"unit": place.unit, "period": place.period}))


@require_safe
def scorecard(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """A whole page every time: htmx takes the parts it needs out of it, and without script nothing is missing."""
    wanted = Wanted.read(request.GET)
    page = read_scorecard(request.scope, Place(unit, period), wanted=wanted, at=request.received_at)
    return render(request, "evaluation/scorecard.html", {"page": page})
