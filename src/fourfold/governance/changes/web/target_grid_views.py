"""The page of a measure's targets: a year of them, typed or pasted."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fourfold.governance.changes.actions.target_paste import TargetsOvertaken, paste_targets
from fourfold.governance.changes.actions.target_type import type_targets
from fourfold.governance.changes.pages.target_grid import GridAsked, TargetGrid, read_targets
from fourfold.governance.changes.web.target_forms import PasteForm, TypingForm
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.field_errors import FieldError
from fourfold.platform.refusals.refusal import ChangedMeanwhile

__all__ = ["targets"]


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: ScopedRequest, *, measure: str) -> HttpResponse:
    """The grid of a year; posted, what was typed or pasted is taken in, all or none."""
    if request.method != "POST":
        return _page(request, _read(request, measure, _asked(request)))
    return _typed(request, measure) if request.POST.get("do") == "type" else _pasted(request, measure)


def _typed(request: ScopedRequest, measure: str) -> HttpResponse:
    form, seen = TypingForm(request.POST), request.POST.get("seen", "")
    texts = {name: str(text) for name, text in request.POST.items() if "." in name}
    refusal: Refusal | None = None
    told: dict[str, FieldError] = {}
    if form.is_valid():
        try:
            typed = type_targets(
                measure,
                texts,
                **form.cleaned_data,
                edition_seen=seen,
                scope=request.scope,
                at=request.received_at,
            )
        except Refusal as refused:
            refusal = refused
        else:
            if not typed.told:
                return _done(request, typed.fields)
            told = dict(typed.told)
    grid = _read(request, measure, replace(_asked(request), texts=texts, seen=seen, told=told))
    edition = grid.edition if isinstance(refusal, ChangedMeanwhile) else seen
    return _page(request, grid, typing=form, refusal=refusal, seen=edition)


def _pasted(request: ScopedRequest, measure: str) -> HttpResponse:
    form, seen = PasteForm(request.POST), request.POST.get("edition", "")
    refusal: Refusal | None = None
    findings: object = ()
    if form.is_valid():
        try:
            pasted = paste_targets(
                measure,
                **form.cleaned_data,
                edition_seen=seen,
                scope=request.scope,
                at=request.received_at,
            )
        except Refusal as refused:
            refusal = refused
        else:
            if not pasted.findings:
                return _done(request, pasted.cells)
            findings = pasted.findings
    grid = _read(request, measure, _asked(request))
    edition = grid.edition if isinstance(refusal, ChangedMeanwhile) else seen
    return _page(request, grid, form=form, refusal=refusal, findings=findings, edition=edition)


def _done(request: ScopedRequest, count: int) -> HttpResponse:
    told = ngettext("{n} value is taken in.", "{n} values are taken in.", count).format(n=count)
    messages.success(request, told if count else _("Nothing was changed: the targets stand as they were."))
    return HttpResponseRedirect(request.get_full_path())


def _asked(request: ScopedRequest) -> GridAsked:
    return GridAsked(request.GET.get("year", ""), request.GET.get("from", ""), "ended" in request.GET)


def _read(request: ScopedRequest, measure: str, asked: GridAsked) -> TargetGrid:
    return read_targets(request.scope, measure, asked=asked, at=request.received_at)


def _page(
    request: ScopedRequest,
    grid: TargetGrid,
    *,
    form: PasteForm | None = None,
    typing: TypingForm | None = None,
    refusal: Refusal | None = None,
    findings: object = (),
    seen: str = "",
    edition: str = "",
) -> HttpResponse:
    refused = form or typing
    shown = {
        "grid": grid,
        "form": form or PasteForm(),
        "typing": typing or TypingForm(),
        "refused_form": refused,
        "refusal": refusal,
        "findings": findings,
        "differences": refusal.differences if isinstance(refusal, TargetsOvertaken) else (),
        "is_typed": typing is not None,
        "seen": seen if typing else grid.edition,
        "edition": edition if form else grid.edition,
    }
    status = refusal.status if refusal else 422 if refused else 200
    return render(request, "changes/targets.html", shown, status=status)
