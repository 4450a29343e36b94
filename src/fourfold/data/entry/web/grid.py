"""The grid: shown, kept as a draft with its scores, saved, or proposed as a restatement."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.data.entry.actions.keep_draft import discard_draft, keep_draft
from fourfold.data.entry.actions.propose_restatement import propose_restatement
from fourfold.data.entry.actions.save_entry import EntrySaved, save_entry
from fourfold.data.entry.pages.grid import EntryGrid, EntryPlace, GridAsked
from fourfold.data.entry.queries.reading import grid_page, read_grid
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.scorecard.evaluation.pages.place import home_of

__all__ = ["door", "draft", "grid"]

MOST_PERIODS = 24
LONGEST_TEXT = 2_000
PARTS = (".a", ".b", ".note")


@require_safe
def door(request: ScopedRequest) -> HttpResponse:
    """Lead to the grid of one's own unit and its last complete month."""
    place = home_of(request.scope, at=request.received_at)
    return HttpResponseRedirect(reverse("entry:grid", kwargs={"unit": place.unit, "period": place.period}))


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """The grid; a form without script checks, saves, restates or discards by its button."""
    place = _place(request, unit, period=period)
    if request.method != "POST":
        return _page(request, read_grid(request.scope, place, at=request.received_at))
    asked = _asked(request, place)
    match request.POST.get("do"):
        case "discard":
            discard_draft(asked, scope=request.scope)
            return _back(place)
        case "restate":
            return _restate(request, asked)
        case "check":
            return _page(request, grid_page(request.scope, asked, draft=None, at=request.received_at))
        case _:
            return _save(request, asked)


@require_POST
def draft(request: ScopedRequest, *, unit: str, period: str) -> HttpResponse:
    """Keep what was typed; answer what each row would score, for htmx to put in place."""
    asked = _asked(request, _place(request, unit, period=period))
    page = keep_draft(asked, scope=request.scope, at=request.received_at)
    return render(request, "entry/_answer.html", {"page": page})


def _save(request: ScopedRequest, asked: GridAsked) -> HttpResponse:
    saved = save_entry(asked, scope=request.scope, at=request.received_at)
    if saved.grid is not None:
        return _page(request, saved.grid, status=422)
    messages.success(request, _told(saved))
    return _back(asked.place)


def _restate(request: ScopedRequest, asked: GridAsked) -> HttpResponse:
    proposed = propose_restatement(
        asked,
        restatement_class=request.POST.get("restatement_class", ""),
        reason=request.POST.get("reason", "")[:LONGEST_TEXT],
        scope=request.scope,
        at=request.received_at,
    )
    if proposed.grid is not None:
        return _page(request, proposed.grid, status=422)
    messages.success(request, _("Proposed. The values change once two others have approved."))
    return HttpResponseRedirect(f"{reverse('entry:restatements')}#restatement-{proposed.pk}")


def _told(saved: EntrySaved) -> str:
    if not saved.values and not saved.notes:
        return _("Nothing was changed: the values stand as they were.")
    values = ngettext("%(count)s value saved", "%(count)s values saved", saved.values) % {
        "count": saved.values
    }
    notes = ngettext("%(count)s note", "%(count)s notes", saved.notes) % {"count": saved.notes}
    return f"{values}, {notes}." if saved.notes else f"{values}."


def _page(request: ScopedRequest, page: EntryGrid, *, status: int = 200) -> HttpResponse:
    return render(request, "entry/grid.html", {"page": page}, status=status)


def _back(place: EntryPlace) -> HttpResponse:
    address = reverse("entry:grid", kwargs={"unit": place.unit, "period": place.period})
    return HttpResponseRedirect(f"{address}{place.query}")


def _place(request: ScopedRequest, unit: str, *, period: str) -> EntryPlace:
    count = request.GET.get("periods", "")
    wanted = min(int(count), MOST_PERIODS) if count.isdecimal() and len(count) < 4 else 1
    return EntryPlace(unit, period, request.GET.get("measure", "")[:64], max(1, wanted))


def _asked(request: ScopedRequest, place: EntryPlace) -> GridAsked:
    texts = {name: text[:LONGEST_TEXT] for name, text in request.POST.items() if name.endswith(PARTS)}
    return GridAsked(
        place,
        {name: str(text) for name, text in texts.items()},
        draft_edition=_count(request.POST.get("draft_edition", "")),
        known_seq=_count(request.POST.get("known_seq", "")),
    )


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
