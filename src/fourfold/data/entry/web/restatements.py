"""Restatements: what waits, and the word of an approver."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fourfold.data.entry.actions.decide_restatement import (
    AlreadyDecided,
    PeriodReopened,
    RestatementOutdated,
    SaidAlready,
    Verdict,
    decide_restatement,
    withdraw_restatement,
)
from fourfold.data.entry.pages.tables import restatements_table
from fourfold.data.entry.queries.restatements import read_restatements
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals.refusal import BadRequest
from fourfold.platform.ui.files import table_file

__all__ = ["decide", "restatements", "restatements_file"]

VERDICTS = ("approve", "refuse")
TOLD = {
    "approved": gettext_lazy("Approved by two: the values are restated."),
    "pending": gettext_lazy("Approved. One more approver is needed."),
    "refused": gettext_lazy("Refused: nothing has changed."),
}


@require_safe
def restatements(request: ScopedRequest) -> HttpResponse:
    """Those in sight, the waiting ones first."""
    return render(request, "entry/restatements.html", {"page": read_restatements(request.scope)})


@require_safe
def restatements_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """The same value by value, for a spreadsheet."""
    table = restatements_table(read_restatements(request.scope))
    return table_file(table, name="restatements", at=request.received_at, is_workbook=ending == "xlsx")


@require_POST
def decide(request: ScopedRequest, *, restatement: int) -> HttpResponse:
    """Approve, refuse, or (its proposer) withdraw."""
    if request.POST.get("do") == "withdraw":
        withdraw_restatement(restatement, scope=request.scope, at=request.received_at)
        messages.success(request, _("Withdrawn: nothing has changed."))
        return HttpResponseRedirect(reverse("entry:restatements"))
    if request.POST.get("do") not in VERDICTS:  # silence refuses nothing
        raise BadRequest
    verdict = Verdict(request.POST["do"] == "approve", request.POST.get("comment", "")[:2_000])
    try:
        state = decide_restatement(restatement, verdict, scope=request.scope, at=request.received_at)
    except (AlreadyDecided, PeriodReopened, RestatementOutdated, SaidAlready) as refusal:
        page = read_restatements(request.scope)
        shown = {"page": page, "refusal": refusal, "typed": verdict.comment, "of": restatement}
        return render(request, "entry/restatements.html", shown, status=refusal.status)
    messages.success(request, TOLD[state.value])
    return HttpResponseRedirect(reverse("entry:restatements"))
