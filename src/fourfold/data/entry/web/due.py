"""Who owes what by when."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.data.entry.pages.due import DueFilter
from fourfold.data.entry.pages.tables import due_table
from fourfold.data.entry.queries.due import MOST_IN_A_FILE, read_due
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import table_file

__all__ = ["due", "due_file"]


@require_safe
def due(request: ScopedRequest) -> HttpResponse:
    """One's own list first; whoever enters values for units may see theirs whole."""
    page = read_due(request.scope, _asked(request.GET), at=request.received_at)
    return render(request, "entry/due.html", {"page": page})


@require_safe
def due_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """The whole list, narrowed as the page is."""
    page = read_due(request.scope, _asked(request.GET), at=request.received_at, at_most=MOST_IN_A_FILE)
    return table_file(due_table(page), name="due", at=request.received_at, is_workbook=ending == "xlsx")


def _asked(said: QueryDict) -> DueFilter:
    start = said.get("from", "")
    return DueFilter(
        whose=whose if (whose := said.get("whose", "")) in ("all", "mine") else "",
        unit=said.get("unit", "")[:64],
        state=said.get("state", "")[:16],
        start=int(start) if start.isdecimal() and len(start) < 8 else 0,
    )
