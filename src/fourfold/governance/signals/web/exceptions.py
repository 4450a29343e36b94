"""What deserves attention in a unit: the page, its table, and its paper."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from fourfold.governance.signals.pages.exceptions_page import ExceptionsPage
from fourfold.governance.signals.pages.exceptions_reading import read_exceptions
from fourfold.governance.signals.pages.exceptions_table import exceptions_table
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.documents import pdf_of
from fourfold.platform.ui.files import PDF, as_file, table_file
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.report_notes import notes_of, state_of

__all__ = ["exceptions", "exceptions_document", "exceptions_file"]


@require_safe
def exceptions(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """At most ten sentences, and what behaved normally."""
    page = _page(request, unit, period=period)
    return render(request, "signals/exceptions.html", {"page": page, "said": _said(request, page)})


@require_safe
def exceptions_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """Every exception and every normal measure, for a spreadsheet."""
    page = _page(request, unit, period=period)
    table = exceptions_table(page, _said(request, page))
    name = f"exceptions-{unit}-{period}"
    return table_file(table, name=name, at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def exceptions_document(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """The page on paper."""
    page = _page(request, unit, period=period)
    shown = {
        "page": page,
        "said": _said(request, page),
        "state": "" if page.known_on else state_of(page.place, scope=request.scope, at=request.received_at),
    }
    sheet = render_to_string("signals/paper/exceptions.html", shown, request=request)
    return as_file(pdf_of(sheet), name=f"exceptions-{unit}-{period}.pdf", content_type=PDF)


def _page(request: ScopedRequest, unit: str, *, period: str) -> ExceptionsPage:
    as_of = request.GET.get("as_of", "").strip()
    return read_exceptions(Place(unit, period), scope=request.scope, at=request.received_at, as_of=as_of)


def _said(request: ScopedRequest, page: ExceptionsPage) -> Mapping[str, str]:
    """What owners say of the period; on a past day nobody had said what they say now."""
    if page.known_on:
        return {}
    place = Place(page.place.unit, page.place.stepper.current.key)
    return notes_of(page.report_keys, place, scope=request.scope, at=request.received_at)
