"""A variance's page, its waterfall, and what of it one can take away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.charts.asked import is_narrow, theme_asked
from fourfold.platform.ui.files import SVG, as_file, picture_file, table_file
from fourfold.practices.finance.pages.price_drawing import prices_picture, prices_svg, prices_table
from fourfold.practices.finance.pages.variance_drawing import (
    variance_picture,
    variance_svg,
    variance_table,
)
from fourfold.practices.finance.pages.variance_pack import variance_pack
from fourfold.practices.finance.pages.variance_page import VariancePage
from fourfold.practices.finance.pages.variance_reading import read_variance
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.report_notes import state_of

PLAIN_TEXT = "text/plain; charset=utf-8"

__all__ = ["pack", "path", "picture", "prices_file", "prices_rows", "prices_waterfall", "table", "waterfall"]


@require_safe
def path(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The verdict with its decision path."""
    page = _read(request, measure, place=Place(unit, period))
    carried = _pack(request, page) if page.opens_review else ""
    query = {"query": page.known.asked, "prices_query": f"against={page.prices.against}{page.known.added}"}
    return render(request, "finance/variance.html", {"page": page, "pack": carried, **query})


@require_safe
def waterfall(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The parts as a picture for the page."""
    page = _read(request, measure, place=Place(unit, period))
    drawing = variance_svg(page, theme=theme_asked(request), is_narrow=is_narrow(request))
    return HttpResponse(drawing, content_type=SVG)


@require_safe
def picture(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """The waterfall with title and legend."""
    page = _read(request, measure, place=Place(unit, period))
    state = state_of(page.place, scope=request.scope, at=request.received_at)
    drawing = variance_picture(page, state=state)
    return picture_file(drawing, name=f"variance-{measure}-{unit}-{period}", is_png=ending == "png")


@require_safe
def table(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """The path and the parts, for a spreadsheet."""
    page = _read(request, measure, place=Place(unit, period))
    name = f"variance-{measure}-{unit}-{period}"
    return table_file(variance_table(page), name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def pack(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The path as text, to be carried to a review."""
    page = _read(request, measure, place=Place(unit, period))
    name = f"decision-path-{measure}-{unit}-{period}.txt"
    return as_file(_pack(request, page).encode(), name=name, content_type=PLAIN_TEXT)


def _pack(request: ScopedRequest, page: VariancePage) -> str:
    return variance_pack(page, state=state_of(page.place, scope=request.scope, at=request.received_at))


@require_safe
def prices_waterfall(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """Price, volume and mix as a picture for the page."""
    page = _read(request, measure, place=Place(unit, period))
    drawing = prices_svg(page.prices, theme=theme_asked(request), is_narrow=is_narrow(request))
    return HttpResponse(drawing, content_type=SVG)


@require_safe
def prices_file(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """The same with title and legend."""
    page = _read(request, measure, place=Place(unit, period))
    state = state_of(page.place, scope=request.scope, at=request.received_at)
    name = f"price-volume-mix-{measure}-{unit}-{period}"
    return picture_file(prices_picture(page, state=state), name=name, is_png=ending == "png")


@require_safe
def prices_rows(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """Every line, for a spreadsheet."""
    page = _read(request, measure, place=Place(unit, period))
    name = f"price-volume-mix-{measure}-{unit}-{period}"
    return table_file(prices_table(page), name=name, at=request.received_at, is_workbook=ending == "xlsx")


def _read(request: ScopedRequest, measure: str, *, place: Place) -> VariancePage:
    asked = AskedAgainst(measure, place, Against.PLAN, request.GET.get("as_of", "").strip())
    named = request.GET.get("against", "")
    prices = Against.named(named) if named else None
    return read_variance(asked, prices=prices, scope=request.scope, at=request.received_at)
