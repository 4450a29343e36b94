"""What a unit undertakes: list, timeline, money, and what nobody works on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import picture_file, table_file
from fourfold.scorecard.evaluation.pages.initiatives.building import initiatives_table
from fourfold.scorecard.evaluation.pages.initiatives.reading import read_initiatives
from fourfold.scorecard.evaluation.pages.pictures import initiatives_picture
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.report_notes import notes_of

__all__ = ["initiatives", "initiatives_file", "timeline_file"]


@require_safe
def initiatives(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """The page; the statuses of objectives are the shown period's, the dates are held against today."""
    page = read_initiatives(request.scope, Place(unit, period), at=request.received_at)
    return render(request, "evaluation/initiatives.html", {"page": page})


@require_safe
def timeline_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The timeline as a picture."""
    page = read_initiatives(request.scope, Place(unit, period), at=request.received_at)
    return picture_file(initiatives_picture(page), name=f"timeline-{unit}-{period}", is_png=ending == "png")


@require_safe
def initiatives_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The list for a spreadsheet."""
    page = read_initiatives(request.scope, Place(unit, period), at=request.received_at)
    name = f"initiatives-{unit}-{period}"
    said = notes_of(page.report_keys, Place(unit, period), scope=request.scope, at=request.received_at)
    return table_file(
        initiatives_table(page, said), name=name, at=request.received_at, is_workbook=ending == "xlsx"
    )
