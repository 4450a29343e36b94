"""Who owes what by when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.data.entry.pages.due import DueFilter
from fourfold.data.entry.queries.due import read_due
from fourfold.platform.accounts.scope import ScopedRequest

__all__ = ["due"]


@require_safe
def due(request: ScopedRequest) -> HttpResponse:
    """One's own list first; whoever enters values for units may see theirs whole."""
    start = request.GET.get("from", "")
    asked = DueFilter(
        whose="all" if request.GET.get("whose") == "all" else "mine",
        unit=request.GET.get("unit", "")[:64],
        state=request.GET.get("state", "")[:16],
        start=int(start) if start.isdecimal() and len(start) < 8 else 0,
    )
    page = read_due(request.scope, asked, at=request.received_at)
    return render(request, "entry/due.html", {"page": page})
