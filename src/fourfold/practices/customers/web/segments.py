"""The page of a measure's segments, its waterfall, and what of it one can take away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.charts.asked import is_narrow, theme_asked
from fourfold.platform.ui.files import SVG, picture_file, table_file
from fourfold.practices.customers.pages.segments_drawing import (
    segments_picture,
    segments_svg,
    segments_table,
)
from fourfold.practices.customers.pages.segments_page import SegmentsPage
from fourfold.practices.customers.pages.segments_reading import read_segments
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.report_notes import state_of

__all__ = ["page", "picture", "table", "waterfall"]


@require_safe
def page(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The whole page."""
    shown = _read(request, measure, place=Place(unit, period))
    query = f"against={shown.against}{shown.known.added}"
    return render(request, "customers/segments.html", {"page": shown, "query": query})


@require_safe
def waterfall(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """Rate and mix as a picture for the page."""
    shown = _read(request, measure, place=Place(unit, period))
    drawing = segments_svg(shown, theme=theme_asked(request), is_narrow=is_narrow(request))
    return HttpResponse(drawing, content_type=SVG)


@require_safe
def picture(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """The waterfall with title and legend."""
    shown = _read(request, measure, place=Place(unit, period))
    state = state_of(shown.place, scope=request.scope, at=request.received_at)
    drawing = segments_picture(shown, state=state)
    return picture_file(drawing, name=f"segments-{measure}-{unit}-{period}", is_png=ending == "png")


@require_safe
def table(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """Every segment, for a spreadsheet."""
    shown = _read(request, measure, place=Place(unit, period))
    name = f"segments-{measure}-{unit}-{period}"
    return table_file(segments_table(shown), name=name, at=request.received_at, is_workbook=ending == "xlsx")


def _read(request: ScopedRequest, measure: str, *, place: Place) -> SegmentsPage:
    against = Against.named(request.GET.get("against", ""))
    asked = AskedAgainst(measure, place, against, request.GET.get("as_of", "").strip())
    return read_segments(asked, scope=request.scope, at=request.received_at)
