"""Choosing how numbers and days are written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fourfold.platform.ui.region import REGIONS, region_now, remember_region

__all__ = ["regions"]


@require_http_methods(["GET", "HEAD", "POST"])
def regions(request: HttpRequest) -> HttpResponse:
    """Show the ways of writing, or remember one; an unknown one changes nothing."""
    wanted = REGIONS.get(request.POST.get("region", ""))
    if request.method != "POST":
        return render(request, "ui/regions.html", {"regions": REGIONS.values(), "chosen": region_now()})
    response = HttpResponseRedirect(reverse("ui:regions"))
    if wanted:
        remember_region(response, wanted, secure=request.is_secure())
    return response
