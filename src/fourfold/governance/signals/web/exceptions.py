"""What deserves attention in a unit: the page, its table, and its paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from fourfold.governance.signals.pages.exceptions_reading import read_exceptions
from fourfold.governance.signals.pages.exceptions_table import exceptions_table
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.documents import pdf_of
from fourfold.platform.ui.files import PDF, as_file, table_file
from fourfold.scorecard.evaluation.pages.reading import Place
from fourfold.scorecard.evaluation.pages.report_notes import notes_of, state_of

__all__ = ["exceptions", "exceptions_document", "exceptions_file"]


@require_safe
def exceptions(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """At most ten sentences, and what behaved normally."""
    place = Place(unit, period)
    page = read_exceptions(place, scope=request.scope, at=request.received_at)
    said = notes_of(page.report_keys, place, scope=request.scope, at=request.received_at)
    return render(request, "signals/exceptions.html", {"page": page, "said": said})


@require_safe
def exceptions_file(request: ScopedRequest, *, unit: str, period: str, ending: str) -> HttpResponse:
    """Every exception and every normal measure, for a spreadsheet."""
    place = Place(unit, period)
    page = read_exceptions(place, scope=request.scope, at=request.received_at)
    said = notes_of(page.report_keys, place, scope=request.scope, at=request.received_at)
    name = f"exceptions-{unit}-{period}"
    return table_file(
        exceptions_table(page, said), name=name, at=request.received_at, is_workbook=ending == "xlsx"
    )


@require_safe
def exceptions_document(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """The page on paper."""
    place = Place(unit, period)
    page = read_exceptions(place, scope=request.scope, at=request.received_at)
    shown = {
        "page": page,
        "said": notes_of(page.report_keys, place, scope=request.scope, at=request.received_at),
        "state": state_of(page.place, scope=request.scope, at=request.received_at),
    }
    sheet = render_to_string("signals/paper/exceptions.html", shown, request=request)
    return as_file(pdf_of(sheet), name=f"exceptions-{unit}-{period}.pdf", content_type=PDF)
