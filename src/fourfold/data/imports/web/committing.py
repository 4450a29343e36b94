"""The last steps of an import: what it would do, doing it, and how far it is."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fourfold.data.imports.actions import discard_upload, enqueue_import
from fourfold.data.imports.pages.preview_page import read_preview
from fourfold.data.imports.web.wizard import decided_about, forget
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.jobs.queries import job_of
from fourfold.platform.refusals import Refusal

__all__ = ["commit", "discard", "preview", "progress"]


@require_safe
def preview(request: ScopedRequest, *, file: str) -> HttpResponse:
    """Counts, findings row by row, and the first changes; nothing is written yet."""
    decided = decided_about(request.session, file)
    if decided is None:
        return HttpResponseRedirect(reverse("imports:columns", kwargs={"file": file}))
    start = request.GET.get("from", "")
    try:
        page = read_preview(
            decided.request,
            scope=request.scope,
            at=request.received_at,
            start=int(start) if start.isdecimal() and len(start) < 10 else 0,
        )
    except Refusal as refused:
        shown = {"refusal": refused, "file": file, "decided": decided}
        return render(request, "imports/preview_refused.html", shown, status=refused.status)
    return render(request, "imports/preview.html", {"page": page, "decided": decided, "file": file})


@require_POST
def commit(request: ScopedRequest, *, file: str) -> HttpResponse:
    """Queue it; the same decision sent twice is one job."""
    decided = decided_about(request.session, file)
    if decided is None:
        return HttpResponseRedirect(reverse("imports:columns", kwargs={"file": file}))
    job = enqueue_import(decided.request, scope=request.scope, at=request.received_at)
    return HttpResponseRedirect(reverse("imports:progress", kwargs={"job": job}))


@require_POST
def discard(request: ScopedRequest, *, file: str) -> HttpResponse:
    """Leave off: the file is forgotten, nothing was written."""
    discard_upload(file, scope=request.scope)
    forget(request.session, file)
    return HttpResponseRedirect(reverse("imports:list"))


@require_safe
def progress(request: ScopedRequest, *, job: str) -> HttpResponse:
    """How far it is: htmx asks for the bar again and again, without script the page comes anew."""
    shown = job_of(job, scope=request.scope)
    file = str(shown.payload.get("file", ""))
    if shown.is_done:
        address = reverse("imports:run", kwargs={"run": shown.result["run"]})
        return _led_to(request, address)
    template = "imports/_progress.html" if request.headers.get("HX-Request") else "imports/progress.html"
    return render(request, template, {"job": shown, "file": file})


def _led_to(request: ScopedRequest, address: str) -> HttpResponse:
    """Htmx follows a header; a browser follows a redirect."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
