"""What was imported, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fourfold.data.imports.actions import undo_import
from fourfold.data.imports.pages.progress_page import told_withdrawal
from fourfold.data.imports.pages.tables import runs_table
from fourfold.data.imports.queries import files_waiting, run_shown, runs_listed
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.ui.files import table_file

__all__ = ["run", "runs", "runs_file", "withdraw"]

MOST_WAITING = 6
MOST_IN_A_FILE = 1_000_000  # what a spreadsheet takes


@require_safe
def runs(request: ScopedRequest) -> HttpResponse:
    """Newest first; above them what one handed in and did not import."""
    start = request.GET.get("from", "")
    first = int(start) if start.isdecimal() and len(start) < 10 else 0
    page = runs_listed(scope=request.scope, start=first, names_people=True)
    waiting = files_waiting(request.scope, at_most=MOST_WAITING)
    return render(request, "imports/runs.html", {"page": page, "waiting": waiting})


@require_safe
def runs_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """All of them for a spreadsheet."""
    page = runs_listed(scope=request.scope, at_most=MOST_IN_A_FILE, names_people=True)
    table = runs_table(page.runs)
    return table_file(table, name="imports", at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def run(request: ScopedRequest, *, run: str) -> HttpResponse:
    """What happened, what was remarked, and the way back."""
    return render(request, "imports/run.html", {"page": run_shown(run, scope=request.scope)})


@require_POST
def withdraw(request: ScopedRequest, *, run: str) -> HttpResponse:
    """Undo: the ledger says again what it said before; of a large import as a job."""
    reason = request.POST.get("reason", "")
    try:
        asked = undo_import(run, reason=reason, scope=request.scope, at=request.received_at)
    except Refusal as refused:
        if refused.code != "REASON_MISSING":
            raise
        shown = {"page": run_shown(run, scope=request.scope), "refusal": refused}
        return render(request, "imports/run.html", shown, status=refused.status)
    if asked.withdrawn is None:
        return HttpResponseRedirect(reverse("imports:progress", kwargs={"job": asked.job}))
    taken = asked.withdrawn
    messages.success(
        request,
        told_withdrawal(
            withdrawn=taken.withdrawn,
            restored=taken.restored,
            kept=taken.kept_count,
            targets=taken.targets.restored,
            targets_kept=taken.targets.kept,
        ),
    )
    return HttpResponseRedirect(reverse("imports:run", kwargs={"run": run}))
