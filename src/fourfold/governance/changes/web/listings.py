"""The overview of what can be edited, the list of each kind, the policies, and the remarks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fourfold.governance.changes.actions.moving import move_thing
from fourfold.governance.changes.drafts.kind import ListedKind
from fourfold.governance.changes.pages.listing_tables import policies_table, remarks_table
from fourfold.governance.changes.queries.listing import (
    read_findings,
    read_list,
    read_overview,
    read_policies,
)
from fourfold.governance.changes.queries.opening import NothingToEdit
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.platform.refusals.telling import told_in_form
from fourfold.platform.ui.files import table_file

__all__ = ["all_findings", "findings_file", "listing", "move", "overview", "policies", "policies_file"]


@require_safe
def overview(request: ScopedRequest) -> HttpResponse:
    """Everything that can be edited, with counts."""
    return render(request, "changes/overview.html", {"overview": read_overview(request.scope)})


@require_safe
def listing(request: ScopedRequest, *, kind: ListedKind[Any, Any]) -> HttpResponse:
    """All of one kind."""
    template = "changes/units.html" if kind.name == "unit" else "changes/list.html"
    return render(request, template, {"listing": read_list(kind, scope=request.scope), "kind": kind})


@require_POST
def move(request: ScopedRequest, *, kind: ListedKind[Any, Any], key: str) -> HttpResponse:
    """One place up or down; the button pressed keeps the focus on the page that comes back."""
    by = -1 if request.POST.get("by") == "up" else 1
    try:
        move_thing(kind, key, by=by, scope=request.scope, at=request.received_at)
    except (NotPermitted, NothingToEdit):
        raise
    except Refusal as refusal:
        messages.error(request, told_in_form(refusal))
    word = "up" if by < 0 else "down"
    return HttpResponseRedirect(f"{reverse(f'changes:{kind.name}-list')}?moved={key}&by={word}")


@require_safe
def policies(request: ScopedRequest) -> HttpResponse:
    """Every policy with its default, its value, since when, by whom and why."""
    return render(request, "changes/policies.html", {"lines": read_policies(request.scope)})


@require_safe
def all_findings(request: ScopedRequest) -> HttpResponse:
    """Every structural remark, the gravest first, each with a way to mend it."""
    return render(request, "changes/findings.html", {"found": read_findings(request.scope)})


@require_safe
def findings_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """The same remarks for a spreadsheet."""
    table = remarks_table(read_findings(request.scope))
    return table_file(table, name="remarks", at=request.received_at, is_workbook=ending == "xlsx")


@require_safe
def policies_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """The policies for a spreadsheet."""
    table = policies_table(read_policies(request.scope))
    return table_file(table, name="policies", at=request.received_at, is_workbook=ending == "xlsx")
