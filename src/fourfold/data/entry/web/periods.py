"""The board of periods, and the steps one takes on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.data.entry.actions.close_period import Step, step_or_board
from fourfold.data.entry.pages.tables import board_table
from fourfold.data.entry.queries.board import read_board
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import table_file

__all__ = ["board", "board_file", "door"]


@require_safe
def door(request: ScopedRequest) -> HttpResponse:
    """Lead to the board of one's own unit."""
    page = read_board(request.scope, "", at=request.received_at)
    return HttpResponseRedirect(reverse("entry:board", kwargs={"unit": page.unit}))


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: ScopedRequest, *, unit: str) -> HttpResponse:
    """The months of a unit; a form on the open one takes the next step."""
    if request.method != "POST":
        month = request.GET.get("month", "")[:16]
        page = read_board(request.scope, unit, at=request.received_at, shown=month)
        return render(request, "entry/periods.html", {"page": page})
    step = Step(
        unit,
        request.POST.get("month", "")[:16],
        state=request.POST.get("state", ""),
        reason=request.POST.get("reason", "")[:2_000],
    )
    refused = step_or_board(step, scope=request.scope, at=request.received_at)
    if refused is not None:
        return render(request, "entry/periods.html", {"page": refused}, status=422)
    messages.success(request, _("Done: the period is %(state)s now.") % {"state": step.state})
    address = reverse("entry:board", kwargs={"unit": unit})
    return HttpResponseRedirect(f"{address}?month={step.month}")


@require_safe
def board_file(request: ScopedRequest, *, unit: str, ending: str) -> HttpResponse:
    """The months of a unit for a spreadsheet."""
    month = request.GET.get("month", "")[:16]
    page = read_board(request.scope, unit, at=request.received_at, shown=month)
    name = f"periods-{unit}"
    return table_file(board_table(page), name=name, at=request.received_at, is_workbook=ending == "xlsx")
