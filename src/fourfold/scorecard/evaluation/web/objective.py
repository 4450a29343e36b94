"""One objective's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.scorecard.evaluation.pages.reading import Place
from fourfold.scorecard.evaluation.pages.reading_strategy import read_objective

__all__ = ["objective"]


@require_safe
def objective(request: ScopedRequest, *, objective: str, unit: str, period: str) -> HttpResponse:
    """The objective as it stands in one unit and period."""
    page = read_objective(request.scope, Place(unit, period), objective=objective, at=request.received_at)
    return render(request, "evaluation/objective.html", {"page": page})
