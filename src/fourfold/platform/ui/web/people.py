"""The people of the room below as a file: that room knows no tables."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.pages.people import read_people
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import table_file
from fourfold.platform.ui.people_table import people_table

__all__ = ["people_file"]

MOST_IN_A_FILE = 100_000  # people


@require_safe
def people_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """All of them with the roles they hold, found as on the page."""
    wanted = request.GET.get("q", "").strip()[:100]
    page = read_people(request.scope, wanted=wanted, number=1, at=request.received_at, at_most=MOST_IN_A_FILE)
    table = people_table(page)
    return table_file(table, name="people", at=request.received_at, is_workbook=ending == "xlsx")
