"""What the data say of a map's links."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fourfold.governance.evidence.actions.ask_for_test import ask_for_test
from fourfold.governance.evidence.pages.correlations import (
    read_correlations,
    read_correlogram,
    read_forest,
    read_simulation,
)
from fourfold.governance.evidence.pages.link_page import LinkAddress, read_link
from fourfold.governance.evidence.pages.overview import links_table, read_evidence
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import picture_file, table_file

__all__ = [
    "ask",
    "correlations_file",
    "evidence",
    "forest_file",
    "link",
    "links_file",
    "plot_file",
    "simulation_file",
]


@require_safe
def evidence(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """Every link with its state, and the balance of lead and lag."""
    page = read_evidence(unit, period, scope=request.scope, at=request.received_at)
    return render(request, "evidence/evidence.html", {"page": page})


@require_safe
def links_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """The links with every number, for a spreadsheet."""
    page = read_evidence(unit, period, scope=request.scope, at=request.received_at)
    name = f"evidence-{unit}-{period}"
    return table_file(links_table(page), name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_POST
def ask(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """Have the links tested by the worker."""
    job = ask_for_test(unit, scope=request.scope, at=request.received_at)
    if job.state == "done":
        messages.info(request, _("These very values are tested already; the verdicts stand."))
    else:
        messages.success(request, _("The links are being tested. Reload this page in a moment."))
    return HttpResponseRedirect(reverse("evidence:evidence", args=[unit, period]))


@require_safe
def link(request: ScopedRequest, *, source: str, target: str, unit: str, period: str) -> HttpResponse:
    """One link's evidence."""
    address = LinkAddress(source, target, unit, period)
    move = request.GET.get("move", "")
    page = read_link(address, scope=request.scope, at=request.received_at, move=move)
    return render(request, "evidence/link.html", {"page": page})


@require_safe
def correlations_file(
    request: ScopedRequest, *, source: str, target: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """The correlations, for a spreadsheet."""
    address = LinkAddress(source, target, unit, period)
    table = read_correlations(address, scope=request.scope, at=request.received_at)
    name = f"correlations-{source}-{target}-{unit}"
    return table_file(table, name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def plot_file(
    request: ScopedRequest, *, source: str, target: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """The plot alone, to keep or to place in a document."""
    address = LinkAddress(source, target, unit, period)
    drawing = read_correlogram(address, scope=request.scope, at=request.received_at)
    return picture_file(drawing, name=f"correlations-{source}-{target}-{unit}", is_png=ending == "png")


@require_safe
def forest_file(
    request: ScopedRequest, *, source: str, target: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """The slopes of the units below, to keep or to place in a document."""
    address = LinkAddress(source, target, unit, period)
    drawing = read_forest(address, scope=request.scope, at=request.received_at)
    return picture_file(drawing, name=f"units-{source}-{target}-{unit}", is_png=ending == "png")


@require_safe
def simulation_file(
    request: ScopedRequest, *, source: str, target: str, unit: str, period: str, ending: str
) -> HttpResponse:
    """What a change would come to, for a spreadsheet."""
    address = LinkAddress(source, target, unit, period)
    move = request.GET.get("move", "")
    table = read_simulation(address, move=move, scope=request.scope, at=request.received_at)
    name = f"what-if-{source}-{target}-{unit}"
    return table_file(table, name=name, at=request.received_at, is_workbook=ending == "xlsx")
