"""Control chart and histogram for the island, as pictures, and as files with their tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fourfold.governance.signals.pages.capability_table import capability_table
from fourfold.governance.signals.pages.chart_drawing import chart_as_json, chart_as_svg
from fourfold.governance.signals.pages.control_table import control_table
from fourfold.governance.signals.pages.histogram import histogram_as_json, histogram_as_svg
from fourfold.governance.signals.pages.panel import read_capability
from fourfold.governance.signals.pages.pictures import capability_picture, control_picture
from fourfold.governance.signals.pages.reading import read_view
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.charts.asked import is_narrow, theme_asked
from fourfold.platform.ui.files import SVG, picture_file, table_file

__all__ = [
    "capability_file",
    "capability_rows",
    "control",
    "control_file",
    "control_image",
    "control_rows",
    "histogram",
    "histogram_image",
]


@require_safe
def control(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The control chart for the island."""
    view = read_view(
        _place(request, measure, unit=unit, period=period), scope=request.scope, at=request.received_at
    )
    return HttpResponse(chart_as_json(view, theme=theme_asked(request)), content_type="application/json")


@require_safe
def control_image(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The same as a picture for the page."""
    view = read_view(
        _place(request, measure, unit=unit, period=period), scope=request.scope, at=request.received_at
    )
    drawing = chart_as_svg(view, theme=theme_asked(request), is_narrow=is_narrow(request))
    return HttpResponse(drawing, content_type=SVG)


@require_safe
def control_file(
    request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """The chart to take away, with title and legend."""
    view = read_view(
        _place(request, measure, unit=unit, period=period), scope=request.scope, at=request.received_at
    )
    return picture_file(
        control_picture(view), name=f"{measure}-{unit}-{period}-signals", is_png=ending == "png"
    )


@require_safe
def control_rows(
    request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """Every point with its limits, for a spreadsheet."""
    view = read_view(
        _place(request, measure, unit=unit, period=period), scope=request.scope, at=request.received_at
    )
    name = f"{measure}-{unit}-{period}-signals"
    return table_file(control_table(view), name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def histogram(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The histogram for the island."""
    place = _place(request, measure, unit=unit, period=period)
    view = read_capability(place, scope=request.scope, at=request.received_at)
    return HttpResponse(histogram_as_json(view, theme=theme_asked(request)), content_type="application/json")


@require_safe
def histogram_image(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The same as a picture for the page."""
    place = _place(request, measure, unit=unit, period=period)
    view = read_capability(place, scope=request.scope, at=request.received_at)
    drawing = histogram_as_svg(view, theme=theme_asked(request), is_narrow=is_narrow(request))
    return HttpResponse(drawing, content_type=SVG)


@require_safe
def capability_file(
    request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """The histogram to take away."""
    place = _place(request, measure, unit=unit, period=period)
    view = read_capability(place, scope=request.scope, at=request.received_at)
    return picture_file(
        capability_picture(view, period=period),
        name=f"{measure}-{unit}-{period}-capability",
        is_png=ending == "png",
    )


@require_safe
def capability_rows(
    request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """The indices with their intervals, for a spreadsheet."""
    place = _place(request, measure, unit=unit, period=period)
    view = read_capability(place, scope=request.scope, at=request.received_at)
    name = f"{measure}-{unit}-{period}-capability"
    return table_file(capability_table(view), name=name, at=request.received_at, is_workbook=ending == "xlsx")


def _place(request: HttpRequest, measure: str, *, unit: str, period: str) -> ChartPlace:
    return ChartPlace(measure, unit, period, request.GET.get("as_of", "").strip())
