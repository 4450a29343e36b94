"""A measure's page, the parts of it that load by themselves, and what of it one can take away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.charts.asked import is_narrow, theme_asked
from fourfold.platform.ui.documents import png_of
from fourfold.platform.ui.files import PNG, SVG, as_file, table_file
from fourfold.scorecard.evaluation.pages.measure.chart import chart_as_json, chart_as_svg
from fourfold.scorecard.evaluation.pages.measure.history import LENGTHS
from fourfold.scorecard.evaluation.pages.measure.reading import (
    Asked,
    read_history,
    read_measure,
    read_observations,
)
from fourfold.scorecard.evaluation.pages.measure.table import measure_table, report_keys
from fourfold.scorecard.evaluation.pages.pictures import measure_picture
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.report_notes import notes_of, state_of

__all__ = ["chart", "chart_file", "chart_pixels", "explanation", "measure", "observations", "periods_file"]


@require_safe
def measure(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The whole page; the first observations stand in it, so nothing is missing without script."""
    asked = _asked(request, measure, place=Place(unit, period))
    page = read_measure(request.scope, asked, start=_start(request), at=request.received_at)
    return render(request, "evaluation/measure.html", {"page": page, "asked": asked})


@require_safe
def observations(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The rows alone: htmx turns the leaves with it."""
    asked = _asked(request, measure, place=Place(unit, period))
    rows = read_observations(request.scope, asked, start=_start(request), at=request.received_at)
    return render(request, "evaluation/_measure_observations.html", {"observed": rows, "asked": asked})


@require_safe
def explanation(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """“Why this score?” alone, for pages that open it in place."""
    asked = _asked(request, measure, place=Place(unit, period))
    page = read_measure(request.scope, asked, at=request.received_at)
    return render(request, "evaluation/_measure_explanation.html", {"page": page, "asked": asked})


@require_safe
def chart(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The chart for the island."""
    history = read_history(
        request.scope, _asked(request, measure, place=Place(unit, period)), at=request.received_at
    )
    return HttpResponse(chart_as_json(history, theme=theme_asked(request)), content_type="application/json")


@require_safe
def chart_file(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The same chart as a picture: for the page as it is, to take away with title and legend."""
    asked = _asked(request, measure, place=Place(unit, period))
    if "download" in request.GET:
        return as_file(_taken(request, asked), name=f"{measure}-{unit}-{period}.svg", content_type=SVG)
    history = read_history(request.scope, asked, at=request.received_at)
    return HttpResponse(
        chart_as_svg(history, theme=theme_asked(request), is_narrow=is_narrow(request)), content_type=SVG
    )


@require_safe
def chart_pixels(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """The picture to take away as a PNG, for slides and mails."""
    picture = _taken(request, _asked(request, measure, place=Place(unit, period)))
    return as_file(png_of(picture), name=f"{measure}-{unit}-{period}.png", content_type=PNG)


@require_safe
def periods_file(
    request: ScopedRequest, *, measure: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """The table for a spreadsheet."""
    asked = _asked(request, measure, place=Place(unit, period))
    history = read_history(request.scope, asked, at=request.received_at)
    keys = report_keys(history, measure=measure)
    said = notes_of(keys, asked.place, scope=request.scope, at=request.received_at)
    return table_file(
        measure_table(history, name=measure, said=said),
        name=f"{measure}-{unit}-{period}",
        at=request.received_at,
        is_workbook=ending == "xlsx",
    )


def _taken(request: ScopedRequest, asked: Asked) -> str:
    page = read_measure(request.scope, asked, at=request.received_at)
    return measure_picture(page, state=state_of(page.place, scope=request.scope, at=request.received_at))


def _asked(request: HttpRequest, measure: str, *, place: Place) -> Asked:
    length = request.GET.get("periods", "")
    return Asked(
        measure,
        place,
        length=int(length) if length.isdecimal() else LENGTHS[1],
        as_of=request.GET.get("as_of", "").strip(),
    )


def _start(request: HttpRequest) -> int:
    start = request.GET.get("from", "")
    return int(start) if start.isdecimal() and len(start) < 10 else 0
