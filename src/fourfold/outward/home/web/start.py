"""The first pages of an installation without an organisation."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.outward.home.actions.found_from_folder import FolderNotTaken, found_from_folder
from fourfold.outward.home.actions.found_from_spreadsheet import found_from_spreadsheet
from fourfold.outward.home.actions.found_from_starter import found_from_starter
from fourfold.outward.home.pages.start_page import read_start, read_template
from fourfold.outward.home.pages.to_fill import empty_table, read_what_next
from fourfold.outward.home.web.start_forms import FolderForm, OrganisationForm, SpreadsheetForm
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.field_errors import RefusedHere
from fourfold.platform.ui.files import table_file

__all__ = ["folder", "next_steps", "spreadsheet", "start", "template", "values_file"]


@require_safe
def start(request: ScopedRequest) -> HttpResponse:
    """Three ways to begin; where an organisation stands, the way to what is left to do."""
    page = read_start(request.scope)
    if page.is_founded:
        return HttpResponseRedirect(reverse("home:start-next"))
    return render(request, "home/start.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: ScopedRequest, *, starter: str) -> HttpResponse:
    """Read what a template holds, and found with it."""
    page = read_template(starter, scope=request.scope)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found_from_starter(starter, form.organisation, scope=request.scope, at=request.received_at)
        except Refusal as refused:
            form.add_error(None, RefusedHere(refused))
        else:
            return HttpResponseRedirect(reverse("home:start-next"))
    return _answer(request, "home/start_template.html", {"page": page, "form": form}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheet(request: ScopedRequest) -> HttpResponse:
    """Found with a strategy from a template, and go on to read the file."""
    page = read_start(request.scope)
    form = SpreadsheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = found_from_spreadsheet(
                form.cleaned_data["starter"],
                form.organisation,
                chunks=sent.chunks(),
                name=sent.name,
                scope=request.scope,
                at=request.received_at,
            )
        except Refusal as refused:
            form.add_error("file", RefusedHere(refused))
        else:
            return HttpResponseRedirect(reverse("imports:columns", kwargs={"file": kept.reference}))
    return _answer(request, "home/start_spreadsheet.html", {"page": page, "form": form}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: ScopedRequest) -> HttpResponse:
    """Found from a packed strategy folder; its findings stand on the page."""
    page = read_start(request.scope)
    form = FolderForm(request.POST or None, request.FILES or None)
    shown = {"page": page, "form": form}
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            loaded = found_from_folder(sent.file, size=sent.size, scope=request.scope, at=request.received_at)
        except FolderNotTaken as refused:
            form.add_error("file", RefusedHere(refused))
            shown["findings"] = refused.findings
        except Refusal as refused:
            form.add_error("file", RefusedHere(refused))
        else:
            said = _("{name} stands: {measures} measures, {units} units, {values} values.")
            messages.success(
                request,
                said.format(
                    name=loaded.organisation,
                    measures=loaded.measures,
                    units=loaded.units,
                    values=loaded.written,
                ),
            )
            return HttpResponseRedirect("/")
    return _answer(request, "home/start_folder.html", shown, form=form)


@require_safe
def next_steps(request: ScopedRequest) -> HttpResponse:
    """What is left to fill in, measure by measure."""
    page = read_what_next(request.scope, at=request.received_at)
    return render(request, "home/start_next.html", {"page": page})


@require_safe
def values_file(request: ScopedRequest) -> HttpResponse:
    """An empty table of what is left to fill in."""
    page = read_what_next(request.scope, at=request.received_at)
    return table_file(empty_table(page), name="values-to-fill", at=request.received_at, is_workbook=True)


def _answer(request: ScopedRequest, page: str, shown: Mapping[str, object], *, form: Form) -> HttpResponse:
    """A form that was not taken keeps what was typed, and says so by its status."""
    return render(request, page, dict(shown), status=422 if form.errors else 200)
