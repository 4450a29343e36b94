"""The last steps of an import: what it would do, doing it, and how far it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.data.imports.actions import ask_for_preview, discard_upload, enqueue_import
from fourfold.data.imports.pages.preview_page import read_preview
from fourfold.data.imports.pages.progress_page import ProgressPage, read_progress
from fourfold.data.imports.pages.tables import findings_table
from fourfold.data.imports.web.wizard import Decided, decided_about, remember
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.ui.files import table_file

__all__ = ["commit", "discard", "findings_file", "preview", "progress", "to_preview"]

OTHER_NUMBERS = "other-numbers"
"""The button that reads numbers such as 1.234 the other way round."""


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: ScopedRequest, *, file: str) -> HttpResponse:
    """Counts, findings by kind, and the first changes; nothing is written yet.

    Posted: read a large file anew, or numbers such as 1.234 the other way round.
    """
    decided = decided_about(request.session, file)
    if decided is None:
        return HttpResponseRedirect(reverse("imports:columns", kwargs={"file": file}))
    if request.method == "POST":
        if OTHER_NUMBERS in request.POST:
            decided = decided.with_other_numbers()
            remember(request.session, decided)
        return to_preview(request, decided)
    try:
        page = read_preview(decided.request, scope=request.scope, at=request.received_at)
    except Refusal as refused:
        shown = {"refusal": refused, "file": file, "decided": decided}
        return render(request, "imports/preview_refused.html", shown, status=refused.status)
    template = "imports/preview.html" if page else "imports/preview_unread.html"
    return render(request, template, {"page": page, "decided": decided, "file": file})


def to_preview(request: ScopedRequest, decided: Decided) -> HttpResponse:
    """Lead to the preview: of a large file by way of the job that reads it."""
    job = ask_for_preview(decided.request, scope=request.scope, at=request.received_at)
    if job is not None:
        return HttpResponseRedirect(reverse("imports:progress", kwargs={"job": job}))
    return HttpResponseRedirect(reverse("imports:preview", kwargs={"file": decided.file}))


@require_safe
def findings_file(request: ScopedRequest, *, file: str, ending: str) -> HttpResponse:
    """All findings for whoever mends the file; a small one is read anew."""
    decided = decided_about(request.session, file)
    if decided is None:
        return HttpResponseRedirect(reverse("imports:columns", kwargs={"file": file}))
    page = read_preview(decided.request, scope=request.scope, at=request.received_at)
    if page is None:
        return HttpResponseRedirect(reverse("imports:preview", kwargs={"file": file}))
    table = findings_table(page)
    return table_file(table, name="findings", at=request.received_at, is_workbook=ending == "xlsx")


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
    """Leave off: the file is forgotten, nothing was written; what was said about it is offered for the next one."""
    discard_upload(file, scope=request.scope)
    return HttpResponseRedirect(reverse("imports:list"))


@require_safe
def progress(request: ScopedRequest, *, job: str) -> HttpResponse:
    """How far it is: htmx asks for the bar again and again, without script the page comes anew."""
    page = read_progress(job, scope=request.scope)
    if page.job.is_done:
        if page.told:
            messages.success(request, page.told)
        return _led_to(request, _end_of(page))
    template = "imports/_progress.html" if request.headers.get("HX-Request") else "imports/progress.html"
    return render(request, template, {"page": page, "job": page.job})


def _end_of(page: ProgressPage) -> str:
    if page.is_preview:
        return reverse("imports:preview", kwargs={"file": page.file})
    return reverse("imports:run", kwargs={"run": page.run})


def _led_to(request: ScopedRequest, address: str) -> HttpResponse:
    """Htmx follows a header; a browser follows a redirect."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
