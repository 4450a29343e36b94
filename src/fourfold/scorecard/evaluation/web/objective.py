"""One objective's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import picture_file, table_file
from fourfold.scorecard.evaluation.pages.judged import judged_here
from fourfold.scorecard.evaluation.pages.objective.reading import read_objective
from fourfold.scorecard.evaluation.pages.objective.tables import objective_table
from fourfold.scorecard.evaluation.pages.pictures import objective_picture
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.report_notes import notes_of, state_of

__all__ = ["history_file", "measures_file", "objective"]


@require_safe
def objective(request: ScopedRequest, *, objective: str, unit: str, period: str) -> HttpResponse:
    """The objective as it stands in one unit and period."""
    page = read_objective(request.scope, Place(unit, period), objective=objective, at=request.received_at)
    return render(request, "evaluation/objective.html", {"page": page})


@require_safe
def history_file(
    request: ScopedRequest, *, objective: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """Its score over time as a picture."""
    page = read_objective(request.scope, Place(unit, period), objective=objective, at=request.received_at)
    drawing = objective_picture(page, state=state_of(page.place, scope=request.scope, at=request.received_at))
    return picture_file(drawing, name=f"score-{objective}-{unit}-{period}", is_png=ending == "png")


@require_safe
def measures_file(
    request: ScopedRequest, *, objective: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """Its measures for a spreadsheet."""
    page = read_objective(request.scope, Place(unit, period), objective=objective, at=request.received_at)
    said = notes_of(page.report_keys, Place(unit, period), scope=request.scope, at=request.received_at)
    state = state_of(page.place, scope=request.scope, at=request.received_at)
    judged = judged_here(Place(unit, period), scope=request.scope, at=request.received_at)
    return table_file(
        objective_table(page, said, state=state, judged=judged),
        name=f"{objective}-{unit}-{period}",
        at=request.received_at,
        is_workbook=ending == "xlsx",
    )
