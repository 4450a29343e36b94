"""The strategy map as a page, and as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.documents import pdf_of
from fourfold.platform.ui.files import PDF, as_file, picture_file, table_file
from fourfold.scorecard.evaluation.pages.judged import judged_here
from fourfold.scorecard.evaluation.pages.objective.tables import map_table
from fourfold.scorecard.evaluation.pages.pictures import map_picture
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.report_notes import notes_of, state_of
from fourfold.scorecard.evaluation.pages.strategy_map.reading import read_map

__all__ = ["document", "objectives_file", "strategy_map", "strategy_map_file"]


@require_safe
def strategy_map(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """The map; `theme` in the address follows one theme through it."""
    theme = request.GET.get("theme", "")
    page = read_map(request.scope, Place(unit, period), theme=theme, at=request.received_at)
    return render(request, "evaluation/map.html", {"page": page})


@require_safe
def strategy_map_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The drawing alone, with its own light colours and no links, to keep or to place in a document."""
    theme = request.GET.get("theme", "")
    page = read_map(request.scope, Place(unit, period), theme=theme, at=request.received_at)
    drawing = render_to_string("evaluation/map_drawing.svg", {"page": page, "is_file": True})
    state = state_of(page.place, scope=request.scope, at=request.received_at)
    picture = map_picture(page, drawing, state=state)
    return picture_file(picture, name=f"strategy-map-{unit}-{period}", is_png=ending == "png")


@require_safe
def objectives_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The objectives and their links in words, for a spreadsheet."""
    theme = request.GET.get("theme", "")
    page = read_map(request.scope, Place(unit, period), theme=theme, at=request.received_at)
    name = f"objectives-{unit}-{period}"
    said = notes_of(page.report_keys, Place(unit, period), scope=request.scope, at=request.received_at)
    judged = judged_here(Place(unit, period), scope=request.scope, at=request.received_at)
    table = map_table(page, said, judged=judged)
    return table_file(table, name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def document(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """The map on one sheet of paper."""
    theme = request.GET.get("theme", "")
    page = read_map(request.scope, Place(unit, period), theme=theme, at=request.received_at)
    drawing = render_to_string("evaluation/map_drawing.svg", {"page": page, "is_file": True})
    state = state_of(page.place, scope=request.scope, at=request.received_at)
    shown = {"page": page, "drawing": drawing, "state": state}
    sheet = render_to_string("evaluation/paper/map.html", shown, request=request)
    return as_file(pdf_of(sheet), name=f"strategy-map-{unit}-{period}.pdf", content_type=PDF)
