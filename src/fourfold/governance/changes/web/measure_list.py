"""All measures in sight."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.governance.changes.pages.measure_list import (
    MOST_IN_A_FILE,
    MeasureFilter,
    measure_list_table,
    read_measure_list,
)
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import table_file

__all__ = ["measures", "measures_file"]


@require_safe
def measures(request: ScopedRequest) -> HttpResponse:
    """For readers a register, for editors the way to each form."""
    page = read_measure_list(request.scope, _asked(request.GET), at=request.received_at)
    return render(request, "changes/measures.html", {"page": page})


@require_safe
def measures_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """The whole list, narrowed as the page is."""
    asked = _asked(request.GET)
    page = read_measure_list(request.scope, asked, at=request.received_at, at_most=MOST_IN_A_FILE)
    table = measure_list_table(page)
    return table_file(table, name="measures", at=request.received_at, is_workbook=ending == "xlsx")


def _asked(said: QueryDict) -> MeasureFilter:
    start = said.get("from", "")
    return MeasureFilter(
        text=said.get("q", "").strip()[:100],
        tier=said.get("tier", "")[:16],
        frequency=said.get("frequency", "")[:16],
        whose="mine" if said.get("whose") == "mine" else "",
        start=int(start) if start.isdecimal() and len(start) < 8 else 0,
    )
