"""The front door, and the page behind it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fourfold.outward.home.pages.home_reading import enter, read_home
from fourfold.platform.accounts.scope import ScopedRequest

__all__ = ["front_door", "home"]


@require_safe
def front_door(request: ScopedRequest) -> HttpResponse:
    """Lead home; with `to` to that page at one's own unit and period, which the scorecard's own door finds out."""
    if "to" in request.GET:
        return HttpResponseRedirect(f"{reverse('scorecard:home')}?{request.GET.urlencode()}")
    enter(request.scope)
    return HttpResponseRedirect(reverse("home:home"))


@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """What concerns whoever is signed in."""
    page = read_home(request.scope, at=request.received_at)
    looking_at = {"unit": page.place.unit, "period": page.place.period} if page.place else {}
    return render(request, "home/home.html", {"page": page, "looking_at": looking_at})
