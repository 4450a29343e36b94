"""Units: heat map along the tree, comparison, ranking."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import table_file
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.units.page import ComparePage, RankingPage
from fourfold.scorecard.evaluation.pages.units.ranking import RankBy
from fourfold.scorecard.evaluation.pages.units.reading import (
    heat_map_table,
    read_comparison,
    read_heat_map,
    read_ranking,
)
from fourfold.scorecard.evaluation.pages.units.tables import comparison_table, ranking_table

__all__ = ["compare", "compare_file", "heat_map", "heat_map_file", "ranking", "ranking_file"]

DEPTHS = {"1": 1, "2": 2, "9": 9}
"""How far down the heat map goes; nine levels are all that an organisation has."""


@require_safe
def heat_map(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """The unit and those below it; `levels` says how far down."""
    levels = DEPTHS.get(request.GET.get("levels", ""), 1)
    page = read_heat_map(request.scope, Place(unit, period), levels=levels, at=request.received_at)
    return render(request, "evaluation/units.html", {"page": page, "view": "heat"})


@require_safe
def heat_map_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The heat map for a spreadsheet."""
    levels = DEPTHS.get(request.GET.get("levels", ""), 1)
    page = read_heat_map(request.scope, Place(unit, period), levels=levels, at=request.received_at)
    name = f"units-{unit}-{period}"
    return table_file(heat_map_table(page), name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def compare(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """Side by side; `with` names a unit and may come several times."""
    page = _compared(request, Place(unit, period))
    return render(request, "evaluation/units_compare.html", {"page": page, "view": "compare"})


@require_safe
def compare_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The same units for a spreadsheet."""
    table = comparison_table(_compared(request, Place(unit, period)))
    name = f"comparison-{unit}-{period}"
    return table_file(table, name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def ranking(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """Best first, by a perspective or a measure."""
    page = _ranked(request, Place(unit, period))
    return render(request, "evaluation/units_ranking.html", {"page": page, "view": "ranking"})


@require_safe
def ranking_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The same order for a spreadsheet."""
    table = ranking_table(_ranked(request, Place(unit, period)))
    name = f"ranking-{unit}-{period}"
    return table_file(table, name=name, at=request.received_at, is_workbook=ending == "xlsx")


def _compared(request: ScopedRequest, place: Place) -> ComparePage:
    chosen = request.GET.getlist("with")
    return read_comparison(request.scope, place, chosen=chosen, at=request.received_at)


def _ranked(request: ScopedRequest, place: Place) -> RankingPage:
    asked = {name: request.GET.get(name, "") for name in ("perspective", "measure", "level")}
    return read_ranking(request.scope, place, by=RankBy(**asked), at=request.received_at)
