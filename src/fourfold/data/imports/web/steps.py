"""The first steps of an import: a file, its columns, what it brings along."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fourfold.data.imports.actions import keep_upload
from fourfold.data.imports.pages import columns_page, definitions_page
from fourfold.data.imports.pages.choices import read_choices
from fourfold.data.imports.pages.reading import (
    Asked,
    Brought,
    Chosen,
    brought_along,
    read_columns,
    read_definitions_step,
)
from fourfold.data.imports.web.columns_form import ColumnsSaid, said_columns
from fourfold.data.imports.web.committing import to_preview
from fourfold.data.imports.web.definitions_form import said_definitions
from fourfold.data.imports.web.wizard import Decided, decided_about, earlier_decisions, remember
from fourfold.folder.mapping import MOST_HEADER_LINES
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.field_errors import RefusedHere

__all__ = ["columns", "definitions", "new"]

MOST_HEADER = 1000
"""Lines above the table, as a mapping may say them."""

STORED = "use-stored"
"""The button that takes a stored mapping as it is."""


class FileForm(forms.Form):
    """A file with values."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX or Parquet: a row for each value, a column for each measure, or a column for each month."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.parquet"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest) -> HttpResponse:
    """Hand a file in; what is wrong with it is said beside the field."""
    read_choices(request.scope)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = keep_upload(sent.chunks(), name=sent.name, scope=request.scope, at=request.received_at)
        except Refusal as refused:
            form.add_error("file", RefusedHere(refused))
        else:
            return HttpResponseRedirect(reverse("imports:columns", kwargs={"file": kept.reference}))
    return render(request, "imports/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: ScopedRequest, *, file: str) -> HttpResponse:
    """The first rows, and what each column means; without script a form of lists."""
    earlier = earlier_decisions(request.session, file)
    page = read_columns(
        file,
        scope=request.scope,
        asked=_asked(request),
        chosen=tuple(
            Chosen(each.draft, each.mapping, each.keeps_mapping, "" if each.file == file else each.name)
            for each in earlier
            if each.draft is not None
        ),
    )
    if request.method != "POST":
        return render(request, "imports/columns.html", {"page": page})
    if STORED in request.POST and page.stored:
        as_stored = Decided(file, page.file.name, mapping=page.stored)
        remember(request.session, as_stored)
        return to_preview(request, as_stored)
    try:
        said = said_columns(request.POST.dict(), page)
        brought = brought_along(
            file,
            said.draft,
            scope=request.scope,
            keeps_as=said.mapping if said.keeps_mapping else "",
            replaces=said.replaces,
        )
    except Refusal as refused:
        shown = {"page": columns_page.with_typed(page, request.POST.dict()), "refusal": refused}
        return render(request, "imports/columns.html", shown, status=refused.status)
    if brought.taken is not None:
        asked = replace(columns_page.with_typed(page, request.POST.dict()), taken=brought.taken)
        return render(request, "imports/columns.html", {"page": asked}, status=409)
    decided = _decided(page, said, brought=brought).told_before(earlier)
    remember(request.session, decided)
    if brought.units or brought.measures:
        return HttpResponseRedirect(reverse("imports:definitions", kwargs={"file": file}))
    return to_preview(request, decided)


def _decided(page: columns_page.ColumnsPage, said: ColumnsSaid, *, brought: Brought) -> Decided:
    """What the form says, with what the person may create of what the file brings along."""
    return Decided(
        page.file.reference,
        page.file.name,
        mapping=said.mapping,
        draft=brought.draft,
        keeps_mapping=said.keeps_mapping,
        replaces=said.replaces,
        units=brought.units if page.choices.may_define_units else (),
        measures=brought.measures if page.choices.may_define_measures else (),
        offered_units=brought.units,
        offered_measures=brought.measures,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def definitions(request: ScopedRequest, *, file: str) -> HttpResponse:
    """Complete what the file speaks of and nobody has defined."""
    before = decided_about(request.session, file)
    if before is None or not (before.offered_units or before.offered_measures):
        return HttpResponseRedirect(reverse("imports:columns", kwargs={"file": file}))
    page = read_definitions_step(
        file,
        scope=request.scope,
        units=before.offered_units,
        measures=before.offered_measures,
        same={role: dict(texts) for role, texts in before.same.items()},
    )
    if request.method != "POST":
        return render(request, "imports/definitions.html", {"page": page})
    try:
        said = said_definitions(
            request.POST.dict(), units=before.offered_units, measures=before.offered_measures
        )
    except Refusal as refused:
        shown = {"page": definitions_page.with_typed(page, request.POST.dict()), "refusal": refused}
        return render(request, "imports/definitions.html", shown, status=refused.status)
    units = said.units if page.choices.may_define_units else ()
    measures = said.measures if page.choices.may_define_measures else ()
    completed = before.completed(units, measures, same=said.same)
    remember(request.session, completed)
    return to_preview(request, completed)


def _asked(request: ScopedRequest) -> Asked:
    said = request.POST if request.method == "POST" else request.GET
    sheet, layout = said.get("sheet", ""), said.get("layout", "")
    # Where the names stand on one sheet says nothing about another.
    is_same_sheet = sheet == said.get("was", sheet)
    return Asked(
        sheet=sheet,
        header=_number(said.get("header", ""), most=MOST_HEADER) if is_same_sheet else 0,
        header_lines=_number(said.get("header_lines", ""), most=MOST_HEADER_LINES) if is_same_sheet else 0,
        layout=layout if layout in dict(columns_page.LAYOUTS) else "",
        is_afresh="afresh" in request.GET,
    )


def _number(text: str, *, most: int) -> int:
    """A whole number from 1; 0 where the text is none, or too large to be meant."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
    return number if number <= most else 0
