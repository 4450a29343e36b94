"""Saying what is expected of a link beforehand, and what becomes of it afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.governance.evidence.actions.decide_about_link import decide_about_link
from fourfold.governance.evidence.actions.register_hypothesis import (
    Expected,
    LinkEnds,
    register_hypothesis,
)
from fourfold.governance.evidence.pages.link_page import LinkAddress, read_link
from fourfold.governance.evidence.pages.registering import read_register
from fourfold.governance.evidence.web.forms import RegisterForm
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile

__all__ = ["decide", "register"]

KEPT = (409, 412, 422)
"""Refusals after which the form comes back with what was typed."""


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: ScopedRequest, *, source: str, target: str, unit: str, period: str) -> HttpResponse:
    """The form of an expectation; posted, its next edition is kept."""
    address = LinkAddress(source, target, unit, period)
    page = read_register(address, scope=request.scope, at=request.received_at)
    form = RegisterForm(
        request.POST if request.method == "POST" else None, initial=page.initial, measures=page.measures
    )
    refusal: Refusal | None = None
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        edition = said.pop("edition")
        try:
            register_hypothesis(
                LinkEnds(source, target, unit),
                Expected(**{**said, "sign": int(said["sign"])}),
                edition=edition,
                scope=request.scope,
                at=request.received_at,
            )
        except Refusal as refused:
            if refused.status not in KEPT:
                raise
            refusal = refused
        else:
            messages.success(
                request, _("It is written down, with your name and the day. The next test uses it.")
            )
            return HttpResponseRedirect(_way_back(address))
    if isinstance(refusal, ChangedMeanwhile):  # saving again is knowingly: it carries what was read just now
        form = RegisterForm({**request.POST.dict(), "edition": page.edition}, measures=page.measures)
    status = refusal.status if refusal else 422 if form.is_bound and not form.is_valid() else 200
    shown = {"page": page.page, "register": page, "form": form, "refusal": refusal}
    return render(request, "evidence/register.html", shown, status=status)


@require_POST
def decide(request: ScopedRequest, *, source: str, target: str, unit: str, period: str) -> HttpResponse:
    """One of the three choices about a contradicted link."""
    address = LinkAddress(source, target, unit, period)
    test = request.POST.get("test", "")
    try:
        decide_about_link(
            int(test) if test.isdecimal() and len(test) < 19 else 0,
            choice=request.POST.get("choice", ""),
            reason=request.POST.get("reason", ""),
            scope=request.scope,
            at=request.received_at,
        )
    except Refusal as refused:
        if refused.status not in KEPT:
            raise
        page = read_link(address, scope=request.scope, at=request.received_at)
        shown = {"page": page, "refusal": refused, "typed": request.POST}
        return render(request, "evidence/link.html", shown, status=refused.status)
    messages.success(request, _("The decision is recorded beside the evidence it was made on."))
    return HttpResponseRedirect(_way_back(address))


def _way_back(address: LinkAddress) -> str:
    return reverse("evidence:link", args=[address.source, address.target, address.unit, address.period])
