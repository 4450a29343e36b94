"""A driver tree's page, its waterfalls, and what of it one can take away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.charts.asked import is_narrow, theme_asked
from fourfold.platform.ui.files import SVG, picture_file, table_file
from fourfold.practices.finance.pages.driver_drawing import (
    driver_picture,
    driver_svg,
    driver_table,
    estimated_svg,
)
from fourfold.practices.finance.pages.driver_page import DriverPage
from fourfold.practices.finance.pages.driver_reading import read_drivers
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.report_notes import state_of

__all__ = ["estimated", "picture", "table", "tree", "waterfall"]


@require_safe
def tree(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The whole page."""
    page = _read(request, measure, place=Place(unit, period))
    return render(request, "finance/drivers.html", {"page": page, "query": _query(page)})


@require_safe
def waterfall(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The exact parts as a picture for the page."""
    page = _read(request, measure, place=Place(unit, period))
    return _svg(driver_svg(page, theme=theme_asked(request), is_narrow=is_narrow(request)))


@require_safe
def estimated(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The estimated parts of the opened leaf."""
    page = _read(request, measure, place=Place(unit, period))
    return _svg(estimated_svg(page, theme=theme_asked(request), is_narrow=is_narrow(request)))


@require_safe
def picture(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """The waterfall with title and legend."""
    page = _read(request, measure, place=Place(unit, period))
    state = state_of(page.place, scope=request.scope, at=request.received_at)
    drawing = driver_picture(page, state=state)
    return picture_file(drawing, name=f"drivers-{measure}-{unit}-{period}", is_png=ending == "png")


@require_safe
def table(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """Every part, for a spreadsheet."""
    page = _read(request, measure, place=Place(unit, period))
    name = f"drivers-{measure}-{unit}-{period}"
    return table_file(driver_table(page), name=name, at=request.received_at, is_workbook=ending == "xlsx")


def _read(request: ScopedRequest, measure: str, *, place: Place) -> DriverPage:
    against = Against.named(request.GET.get("against", ""))
    asked = AskedAgainst(measure, place, against, request.GET.get("as_of", "").strip())
    leaf = request.GET.get("leaf", "")
    return read_drivers(asked, leaf=leaf, scope=request.scope, at=request.received_at)


def _query(page: DriverPage) -> str:
    """What the addresses of the page's pictures say beside their place."""
    opened = page.current
    leaf = f"&leaf={opened.measure}" if opened and opened.measure else ""
    return f"against={page.against}{leaf}{page.known.added}"


def _svg(drawing: str) -> HttpResponse:
    return HttpResponse(drawing, content_type=SVG)
