"""What was imported, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fourfold.data.imports.actions import withdraw_import
from fourfold.data.imports.queries import run_shown, runs_listed
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal

__all__ = ["run", "runs", "withdraw"]

KEPT_NAMED = 20


@require_safe
def runs(request: ScopedRequest) -> HttpResponse:
    """Newest first."""
    start = request.GET.get("from", "")
    page = runs_listed(scope=request.scope, start=int(start) if start.isdecimal() and len(start) < 10 else 0)
    return render(request, "imports/runs.html", {"page": page})


@require_safe
def run(request: ScopedRequest, *, run: str) -> HttpResponse:
    """What happened, what was remarked, and the way back."""
    return render(request, "imports/run.html", {"page": run_shown(run, scope=request.scope)})


@require_POST
def withdraw(request: ScopedRequest, *, run: str) -> HttpResponse:
    """Undo: the ledger says again what it said before."""
    reason = request.POST.get("reason", "")
    try:
        taken = withdraw_import(run, reason=reason, scope=request.scope, at=request.received_at)
    except Refusal as refused:
        if refused.code != "REASON_MISSING":
            raise
        shown = {"page": run_shown(run, scope=request.scope), "refusal": refused}
        return render(request, "imports/run.html", shown, status=refused.status)
    told = _("{withdrawn} values taken back, {restored} earlier values restored.").format(
        withdrawn=taken.withdrawn, restored=taken.restored
    )
    if taken.kept_count:
        told += " " + _("{kept} were changed since and stay as they are.").format(kept=taken.kept_count)
    messages.success(request, told)
    return HttpResponseRedirect(reverse("imports:run", kwargs={"run": run}))
