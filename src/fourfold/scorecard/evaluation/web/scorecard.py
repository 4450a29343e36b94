"""The scorecard's page, and the way to it from the front door."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.documents import pdf_of
from fourfold.platform.ui.files import PDF, as_file, picture_file, table_file
from fourfold.platform.ui.navigation import starts
from fourfold.scorecard.evaluation.pages.judged import judged_here
from fourfold.scorecard.evaluation.pages.pictures import scores_picture
from fourfold.scorecard.evaluation.pages.place import NotFounded, Place, home_of
from fourfold.scorecard.evaluation.pages.report_notes import notes_of, state_of
from fourfold.scorecard.evaluation.pages.scorecard.filters import Wanted
from fourfold.scorecard.evaluation.pages.scorecard.reading import read_scorecard
from fourfold.scorecard.evaluation.pages.scorecard.table import Taken, scorecard_table

__all__ = ["document", "history_file", "home", "rows_file", "scorecard"]

START = "scorecard:scorecard"
"""The page that the front door leads to where none is named."""


@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """Lead to one's own unit at its last complete month; `to` may name another page of the sidebar.

    Where there is no organisation yet, whoever may found one is led to do that.
    """
    try:
        place = home_of(request.scope, at=request.received_at)
    except NotFounded:
        if request.scope.may(Act.LOAD_FOLDER):
            return HttpResponseRedirect(reverse("home:start"))
        raise
    wanted = request.GET.get("to", "")
    target = wanted if wanted in starts() else START
    return HttpResponseRedirect(reverse(target, kwargs={"unit": place.unit, "period": place.period}))


@require_safe
def scorecard(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """A whole page every time: htmx takes the parts it needs out of it, and without script nothing is missing."""
    wanted = Wanted.read(request.GET)
    page = read_scorecard(request.scope, Place(unit, period), wanted=wanted, at=request.received_at)
    return render(request, "evaluation/scorecard.html", {"page": page})


@require_safe
def rows_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The measures' table for a spreadsheet, narrowed as the page is."""
    wanted = Wanted.read(request.GET)
    page = read_scorecard(request.scope, Place(unit, period), wanted=wanted, at=request.received_at)
    name = f"scorecard-{unit}-{period}"
    said = notes_of(page.report_keys, Place(unit, period), scope=request.scope, at=request.received_at)
    state = state_of(page.place, scope=request.scope, at=request.received_at)
    judged = judged_here(Place(unit, period), scope=request.scope, at=request.received_at)
    table = scorecard_table(page, Taken(page.place, said, state, page.computed, judged))
    return table_file(table, name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def history_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The scores by perspective over time as a picture."""
    page = read_scorecard(request.scope, Place(unit, period), at=request.received_at)
    drawing = scores_picture(page, state=state_of(page.place, scope=request.scope, at=request.received_at))
    name = f"scores-{unit}-{period}"
    return picture_file(drawing, name=name, is_png=ending == "png")


@require_safe
def document(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """The whole scorecard on paper, narrowed as the page is."""
    wanted = Wanted.read(request.GET)
    page = read_scorecard(request.scope, Place(unit, period), wanted=wanted, at=request.received_at)
    shown = {"page": page, "state": state_of(page.place, scope=request.scope, at=request.received_at)}
    sheet = render_to_string("evaluation/paper/scorecard.html", shown, request=request)
    return as_file(pdf_of(sheet), name=f"scorecard-{unit}-{period}.pdf", content_type=PDF)
