"""Mappings that were kept: what they are called, how often they served, and letting go of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fourfold.data.imports.actions import rename_mapping, retire_mapping
from fourfold.data.imports.pages.choices import read_choices
from fourfold.data.imports.pages.tables import mappings_table
from fourfold.data.imports.queries import mappings_listed
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.ui.files import table_file

__all__ = ["mappings", "mappings_file", "rename", "retire"]


@require_safe
def mappings(request: ScopedRequest) -> HttpResponse:
    """All that are offered."""
    return _listed(request)


@require_safe
def mappings_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """The same for a spreadsheet."""
    table = mappings_table(mappings_listed(scope=request.scope))
    return table_file(table, name="mappings", at=request.received_at, is_workbook=ending == "xlsx")


@require_POST
def rename(request: ScopedRequest, *, mapping: str) -> HttpResponse:
    """Give one another name; runs keep the name they were made under."""
    to = request.POST.get("to", "").strip()
    try:
        rename_mapping(mapping, to=to, scope=request.scope, at=request.received_at)
    except Refusal as refused:
        return _listed(request, refusal=refused, renamed=mapping, typed=to)
    messages.success(request, _("“{before}” is now “{to}”.").format(before=mapping, to=to))
    return HttpResponseRedirect(reverse("imports:mappings"))


@require_POST
def retire(request: ScopedRequest, *, mapping: str) -> HttpResponse:
    """Offer one no more."""
    retire_mapping(mapping, scope=request.scope, at=request.received_at)
    messages.success(request, _("“{mapping}” is retired.").format(mapping=mapping))
    return HttpResponseRedirect(reverse("imports:mappings"))


def _listed(
    request: ScopedRequest, *, refusal: Refusal | None = None, renamed: str = "", typed: str = ""
) -> HttpResponse:
    shown = {
        "mappings": mappings_listed(scope=request.scope),
        "choices": read_choices(request.scope),
        "refusal": refusal,
        "renamed": renamed,
        "typed": typed,
    }
    return render(request, "imports/mappings.html", shown, status=refusal.status if refusal else 200)
