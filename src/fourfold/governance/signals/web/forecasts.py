"""The fan for the island, as a picture, and as files with its tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fourfold.governance.signals.pages.forecast_drawing import fan_as_json, fan_as_svg
from fourfold.governance.signals.pages.forecast_panel import read_fan, read_forecast
from fourfold.governance.signals.pages.forecast_picture import forecast_picture
from fourfold.governance.signals.pages.forecast_tables import forecast_table, trials_table
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.charts.asked import is_narrow, theme_asked
from fourfold.platform.ui.files import SVG, picture_file, table_file

__all__ = ["fan", "fan_file", "fan_image", "methods", "periods_ahead"]


@require_safe
def fan(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The fan for the island."""
    place = _place(request, measure, unit=unit, period=period)
    _, chart = read_fan(place, scope=request.scope, at=request.received_at)
    return HttpResponse(fan_as_json(chart, theme=theme_asked(request)), content_type="application/json")


@require_safe
def fan_image(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The same as a picture for the page."""
    place = _place(request, measure, unit=unit, period=period)
    _, chart = read_fan(place, scope=request.scope, at=request.received_at)
    drawing = fan_as_svg(chart, theme=theme_asked(request), is_narrow=is_narrow(request))
    return HttpResponse(drawing, content_type=SVG)


@require_safe
def fan_file(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """The fan to take away, with title, sentence and legend."""
    place = _place(request, measure, unit=unit, period=period)
    view, chart = read_fan(place, scope=request.scope, at=request.received_at)
    name = f"{measure}-{unit}-{period}-forecast"
    return picture_file(forecast_picture(view, chart), name=name, is_png=ending == "png")


@require_safe
def periods_ahead(
    request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """Every period ahead with its bands, for a spreadsheet."""
    place = _place(request, measure, unit=unit, period=period)
    view = read_forecast(place, scope=request.scope, at=request.received_at)
    name = f"{measure}-{unit}-{period}-forecast"
    return table_file(forecast_table(view), name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def methods(request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str) -> HttpResponse:
    """How each method did, for a spreadsheet."""
    place = _place(request, measure, unit=unit, period=period)
    view = read_forecast(place, scope=request.scope, at=request.received_at)
    name = f"{measure}-{unit}-{period}-forecast-methods"
    return table_file(trials_table(view), name=name, at=request.received_at, is_workbook=ending == "xlsx")


def _place(request: HttpRequest, measure: str, *, unit: str, period: str) -> ChartPlace:
    return ChartPlace(measure, unit, period, request.GET.get("as_of", "").strip())
