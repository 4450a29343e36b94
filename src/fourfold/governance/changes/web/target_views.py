"""The page of one unit's target."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.governance.changes.actions.target_set import clear_target, set_target
from fourfold.governance.changes.pages.target_draft import draft_of_target
from fourfold.governance.changes.pages.target_page import OneTarget, read_target
from fourfold.governance.changes.pages.target_preview import preview_target
from fourfold.governance.changes.web.target_forms import TargetForm
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile

__all__ = ["preview", "target"]


@require_http_methods(["GET", "HEAD", "POST"])
def target(request: ScopedRequest, *, measure: str, unit: str) -> HttpResponse:
    """One unit's own target; whatever is refused, what was typed stays."""
    shown = read_target(request.scope, measure, unit=unit, at=request.received_at)
    form = TargetForm(request.POST or None, initial=shown.initial)
    step = request.POST.get("step", "")
    if step == "clear" or (step == "save" and form.is_valid()):
        return _save(request, form, shown)
    return _page(request, form, shown)


def _save(request: ScopedRequest, form: TargetForm, shown: OneTarget) -> HttpResponse:
    seen = request.POST.get("edition", "")
    try:
        if request.POST["step"] == "clear":
            clear_target(
                shown.measure, shown.unit, edition_seen=seen, scope=request.scope, at=request.received_at
            )
        else:
            draft = draft_of_target(
                form.cleaned_data,
                measure=shown.measure,
                unit=shown.unit,
                frequency=shown.frequency,
                calendar=shown.calendar,
            )
            set_target(draft, edition_seen=seen, scope=request.scope, at=request.received_at)
    except Refusal as refusal:
        return _page(request, form, shown, refusal=refusal)
    messages.success(request, _("The target of “{unit}” is saved.").format(unit=shown.unit_name))
    return HttpResponseRedirect(reverse("changes:targets", args=[shown.measure]))


def _page(
    request: ScopedRequest, form: TargetForm, shown: OneTarget, *, refusal: Refusal | None = None
) -> HttpResponse:
    is_fresh = not form.is_bound or isinstance(refusal, ChangedMeanwhile)
    page = {
        "form": form,
        "shown": shown,
        "refusal": refusal,
        "theirs": shown.initial if isinstance(refusal, ChangedMeanwhile) else None,
        "edition": shown.edition if is_fresh else request.POST.get("edition", ""),
        "preview": preview_target(shown, _said(form, shown), at=request.received_at),
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "changes/target.html", page, status=status)


def _said(form: TargetForm, shown: OneTarget) -> dict[str, object]:
    if not form.is_bound:
        return shown.initial
    form.is_valid()
    return {**shown.initial, "points": "", **form.cleaned_data}


@require_POST
def preview(request: ScopedRequest, *, measure: str, unit: str) -> HttpResponse:
    """The interim targets alone, for what is typed right now."""
    shown = read_target(request.scope, measure, unit=unit, at=request.received_at)
    said = _said(TargetForm(request.POST, initial=shown.initial), shown)
    page = {"preview": preview_target(shown, said, at=request.received_at), "shown": shown}
    return render(request, "changes/_target_preview.html", page)
