"""The journal, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.governance.journal.pages.journal import MOST_IN_A_FILE, journal_table, read_journal
from fourfold.governance.journal.queries.reading import Wanted
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.ui.files import table_file

__all__ = ["journal", "journal_file"]


@require_safe
def journal(request: ScopedRequest) -> HttpResponse:
    """One's own acts and things; with a role that permits it, everything in its units. `verify` proves the chain."""
    page = read_journal(
        request.scope,
        _wanted(request.GET),
        at=request.received_at,
        is_verifying="verify" in request.GET,
    )
    return render(request, "journal/journal.html", {"page": page})


@require_safe
def journal_file(request: ScopedRequest, *, ending: str) -> HttpResponse:
    """The same, narrowed as the page is, as a file."""
    page = read_journal(request.scope, _wanted(request.GET), at=request.received_at, at_most=MOST_IN_A_FILE)
    table = journal_table(page)
    return table_file(table, name="journal", at=request.received_at, is_workbook=ending == "xlsx")


def _wanted(said: Mapping[str, str]) -> Wanted:
    before = said.get("before", "")
    return Wanted(
        actor=said.get("person", "").strip().lstrip("@"),
        action=said.get("kind", ""),
        object=said.get("object", "").strip(),
        since=_day(said.get("since", "")),
        until=_day(said.get("until", "")),
        before=int(before) if before.isdecimal() and len(before) < 16 else None,
    )


def _day(text: str) -> date | None:
    """A day as written; none where it is not one, or where no day comes after it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min < day < date.max else None
