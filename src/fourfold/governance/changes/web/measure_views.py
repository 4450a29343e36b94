"""The pages that add and change a measure; whatever is refused, what was typed stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.governance.changes.actions.measure_add import add_measure
from fourfold.governance.changes.actions.measure_change import change_measure, propose_change
from fourfold.governance.changes.actions.measure_retire import restore_measure, retire_measure
from fourfold.governance.changes.pages.measure_draft import draft_from
from fourfold.governance.changes.pages.measure_form import measure_choices
from fourfold.governance.changes.pages.measure_preview import preview_measure
from fourfold.governance.changes.web.measure_forms import MeasureForm, RetireForm
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile

__all__ = ["change", "new", "preview", "restore", "retire"]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest) -> HttpResponse:
    """A measure that is not there yet."""
    choices = measure_choices(
        request.scope,
        unit=request.GET.get("unit", ""),
        objective=request.GET.get("objective", ""),
        at=request.received_at,
    )
    form = MeasureForm(choices, request.POST or None)
    if request.POST.get("step") != "save" or not form.is_valid():
        return _page(request, form)
    try:
        key = add_measure(draft_from(form.cleaned_data), scope=request.scope, at=request.received_at)
    except Refusal as refusal:
        return _page(request, form, refusal=refusal)
    told = _("“{name}” is saved. Its targets come next.").format(name=form.cleaned_data["name"])
    messages.success(request, told)
    return HttpResponseRedirect(reverse("changes:targets", args=[key]))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ScopedRequest, *, measure: str) -> HttpResponse:
    """Look at what would change, then save it as a next version."""
    choices = measure_choices(request.scope, key=measure, at=request.received_at)
    form = MeasureForm(choices, request.POST or None)
    step = request.POST.get("step", "")
    if step in ("save", "review") and form.is_valid():
        return _save(request, form) if step == "save" else _page(request, form, is_reviewed=True)
    return _page(request, form)


def _save(request: ScopedRequest, form: MeasureForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        saved = change_measure(
            form.choices.measure,
            draft_from(said),
            edition_seen=said["edition"],
            scope=request.scope,
            at=request.received_at,
        )
    except Refusal as refusal:
        return _page(request, form, refusal=refusal, is_reviewed=True)
    told = _("“{name}” is saved: {change_class} change.").format(
        name=saved.measure.name, change_class=saved.change_class.label
    )
    messages.success(request, told)
    return HttpResponseRedirect(reverse("changes:measure", args=[form.choices.measure]))


def _page(
    request: ScopedRequest, form: MeasureForm, *, refusal: Refusal | None = None, is_reviewed: bool = False
) -> HttpResponse:
    """The form as it stands, with the refusal's own status."""
    choices = form.choices
    # A conflict names what is saved now: whoever saves again has seen it and overwrites knowingly.
    is_fresh = not form.is_bound or isinstance(refusal, ChangedMeanwhile)
    shown = {
        "form": form,
        "choices": choices,
        "edition": choices.edition if is_fresh else form.data.get("edition", ""),
        "refusal": refusal,
        "preview": preview_measure(request.scope, _said(form), at=request.received_at),
        "proposed": _proposed(request, form) if is_reviewed else None,
        "retiring": RetireForm(),
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "changes/measure.html", shown, status=status)


def _proposed(request: ScopedRequest, form: MeasureForm) -> object | None:
    try:
        return propose_change(form.choices.measure, draft_from(form.cleaned_data), scope=request.scope)
    except Refusal:
        return None


def _said(form: MeasureForm) -> Mapping[str, Any]:
    """What can be read of the form so far."""
    if not form.is_bound:
        return form.initial
    form.is_valid()
    return {**form.initial, **form.cleaned_data}


@require_POST
def preview(request: ScopedRequest) -> HttpResponse:
    """The preview alone, for what is typed right now."""
    choices = measure_choices(request.scope, key=request.POST.get("measure", ""), at=request.received_at)
    shown = preview_measure(request.scope, _said(MeasureForm(choices, request.POST)), at=request.received_at)
    return render(request, "changes/_measure_preview.html", {"preview": shown})


@require_POST
def retire(request: ScopedRequest, *, measure: str) -> HttpResponse:
    """Take no more values from a day on."""
    form = RetireForm(request.POST)
    if not form.is_valid():
        return change(request, measure=measure)
    retire_measure(measure, **form.cleaned_data, scope=request.scope, at=request.received_at)
    messages.success(request, _("The measure is retired; its history stays."))
    return HttpResponseRedirect(reverse("changes:measure", args=[measure]))


@require_POST
def restore(request: ScopedRequest, *, measure: str) -> HttpResponse:
    """Take values again, as if it had never been retired."""
    restore_measure(measure, scope=request.scope, at=request.received_at)
    messages.success(request, _("The measure takes values again."))
    return HttpResponseRedirect(reverse("changes:measure", args=[measure]))
