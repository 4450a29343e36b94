"""Analyses and judgements: their forms and lists."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.engine.quantities import Status
from fourfold.governance.annotations.actions.override_status import (
    Verdict,
    override_status,
    withdraw_override,
)
from fourfold.governance.annotations.actions.write_analysis import AnalysisWords, write_analysis
from fourfold.governance.annotations.pages.addresses import anchor_named, back_to
from fourfold.governance.annotations.pages.analyses_table import read_analyses_table
from fourfold.governance.annotations.pages.judging import (
    AnalysisPage,
    OverridePage,
    read_analyses,
    read_analysis,
    read_override,
)
from fourfold.governance.annotations.web.forms import AnalysisForm, OverrideForm
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile
from fourfold.platform.ui.files import table_file

__all__ = ["analyses", "analyses_file", "analysis", "override", "withdraw"]

KEPT = (409, 412, 422)
"""Refusals after which the form comes back with what was typed."""


@require_safe
def analyses(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """What the unit's period owes, and what is explained."""
    page = read_analyses(unit, period, scope=request.scope, at=request.received_at)
    return render(request, "annotations/analyses.html", {"page": page})


@require_safe
def analyses_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The same with every text and the overrides of the period, for a spreadsheet."""
    table = read_analyses_table(unit, period, scope=request.scope, at=request.received_at)
    name = f"analyses-{unit}-{period}"
    return table_file(table, name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def analysis(request: ScopedRequest, *, subject: str, key: str, unit: str, period: str) -> HttpResponse:
    """The three questions; posted, the next edition is written, or both texts are shown where somebody was faster."""
    anchor = anchor_named(subject, key=key, unit=unit, period=period)
    form = AnalysisForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        words = AnalysisWords(said["happened"], said["why"], said["next"])
        try:
            write_analysis(
                anchor, words, edition=said["edition"], scope=request.scope, at=request.received_at
            )
        except Refusal as refused:
            if refused.status not in KEPT:
                raise
            refusal = refused
        else:
            messages.success(request, _("The analysis is kept. Reports carry it from now on."))
            return HttpResponseRedirect(back_to(anchor))
    page = read_analysis(anchor, scope=request.scope, at=request.received_at)
    return _form_page(request, page, form=form, refusal=refusal, template="analysis")


@require_http_methods(["GET", "HEAD", "POST"])
def override(request: ScopedRequest, *, objective: str, unit: str, period: str) -> HttpResponse:
    """The computed status and the form of another; posted, the judgement stands beside it."""
    anchor = anchor_named("objective", key=objective, unit=unit, period=period)
    form = OverrideForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        verdict = Verdict(Status(said["status"]), said["reason"], said["edition"])
        try:
            override_status(anchor, verdict, scope=request.scope, at=request.received_at)
        except Refusal as refused:
            if refused.status not in KEPT:
                raise
            refusal = refused
        else:
            messages.success(
                request, _("Your judgement stands beside the computed status, in this period alone.")
            )
            return HttpResponseRedirect(back_to(anchor))
    page = read_override(anchor, scope=request.scope, at=request.received_at)
    return _form_page(request, page, form=form, refusal=refusal, template="override")


@require_POST
def withdraw(request: ScopedRequest, *, objective: str, unit: str, period: str) -> HttpResponse:
    """The computed status stands alone again."""
    anchor = anchor_named("objective", key=objective, unit=unit, period=period)
    withdraw_override(anchor, scope=request.scope, at=request.received_at)
    messages.success(request, _("The override is withdrawn."))
    return HttpResponseRedirect(back_to(anchor))


def _form_page(
    request: ScopedRequest,
    page: AnalysisPage | OverridePage,
    *,
    form: AnalysisForm | OverrideForm,
    refusal: Refusal | None,
    template: str,
) -> HttpResponse:
    """The form as typed, or as what stands begins it; where somebody was faster, beside theirs."""
    kind = type(form)
    if not form.is_bound:
        form = kind(initial=page.initial)
    is_overtaken = isinstance(refusal, ChangedMeanwhile)
    if is_overtaken:
        # Saving again is knowingly: the form now carries the edition that was shown beside it.
        form = kind({**request.POST.dict(), "edition": page.edition})
    shown = {"page": page, "form": form, "refusal": refusal, "is_overtaken": is_overtaken}
    return render(request, f"annotations/{template}.html", shown, status=_status(form, refusal))


def _status(form: AnalysisForm | OverrideForm, refusal: Refusal | None) -> int:
    if refusal is not None:
        return refusal.status
    return 422 if form.is_bound and not form.is_valid() else 200
