"""The panel of one thing: annotate, reply, put right, resolve."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate, reply
from fourfold.governance.annotations.actions.correct_remark import Correction, correct_remark
from fourfold.governance.annotations.actions.resolve import reopen, resolve
from fourfold.governance.annotations.actions.saying import Said
from fourfold.governance.annotations.pages.addresses import anchor_named, back_to, type_named
from fourfold.governance.annotations.pages.talk import anchor_of, read_talk
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal

__all__ = ["correct", "settle", "talk", "thread"]


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: ScopedRequest, *, subject: str, key: str, unit: str, period: str) -> HttpResponse:
    """Everything said about one thing, on a page of its own; posted, an annotation is added."""
    anchor = anchor_named(subject, key=key, unit=unit, period=period)
    if request.method != "POST":
        return _page(request, anchor)
    new = NewAnnotation(
        type_named(request.POST.get("type", "")),
        _text(request),
        is_point="is_point" in request.POST,
    )
    return _answer(
        request, anchor, lambda: annotate(anchor, new, scope=request.scope, at=request.received_at)
    )


@require_POST
def thread(request: ScopedRequest, *, annotation: int) -> HttpResponse:
    """Answer in a thread."""
    anchor = anchor_of(annotation, scope=request.scope)
    return _answer(
        request,
        anchor,
        lambda: reply(annotation, _text(request), scope=request.scope, at=request.received_at),
        about=annotation,
    )


@require_POST
def correct(request: ScopedRequest, *, annotation: int, number: int) -> HttpResponse:
    """Put one's own words right."""
    anchor = anchor_of(annotation, scope=request.scope)
    edition = request.POST.get("edition", "")
    correction = Correction(annotation, number, int(edition) if edition.isdecimal() else 0, _text(request))
    return _answer(
        request,
        anchor,
        lambda: correct_remark(correction, scope=request.scope, at=request.received_at),
        about=annotation,
        number=number,
    )


@require_POST
def settle(request: ScopedRequest, *, annotation: int, is_open: bool) -> HttpResponse:
    """Resolve a thread, or open it again."""
    anchor = anchor_of(annotation, scope=request.scope)
    act = reopen if is_open else resolve
    return _answer(request, anchor, lambda: act(annotation, scope=request.scope, at=request.received_at))


def _answer(
    request: ScopedRequest, anchor: Anchor, act: Callable[[], Said], *, about: int = 0, number: int = -1
) -> HttpResponse:
    """Do it; then the panel for htmx, the thing's page for everybody else. What was typed survives a refusal."""
    try:
        said = act()
    except Refusal as refusal:
        if refusal.status not in (409, 412, 422):
            raise
        kept = {"refusal": refusal, "typed": _text(request), "about": about, "number": number}
        return _page(request, anchor, status=refusal.status, kept=kept)
    hint = _hint(said)
    if _is_partial(request):
        return _page(request, anchor, kept={"hint": hint})
    if hint:
        messages.info(request, hint)
    return HttpResponseRedirect(back_to(anchor))


def _page(
    request: ScopedRequest, anchor: Anchor, *, status: int = 200, kept: dict[str, object] | None = None
) -> HttpResponse:
    page = read_talk(anchor, scope=request.scope, at=request.received_at)
    shown = {"page": page, "talk": page.talk, "type_chosen": request.POST.get("type", ""), **(kept or {})}
    if _is_partial(request):
        # htmx swaps what succeeded: the refusal stands inside the panel, beside what was typed.
        return render(request, "annotations/_panel.html", shown)
    return render(request, "annotations/talk.html", shown, status=status)


def _hint(said: Said) -> str:
    if not said.untold:
        return ""
    names = ", ".join(f"@{key}" for key in said.untold)
    return ngettext(
        "%(names)s was told nothing: nobody of that name sees this unit.",
        "%(names)s were told nothing: nobody of these names sees this unit.",
        len(said.untold),
    ) % {"names": names}


def _text(request: HttpRequest) -> str:
    """What was typed, and whoever was chosen beside it."""
    text = request.POST.get("text", "")
    chosen = request.POST.get("tell", "").strip().lstrip("@")
    return f"{text.rstrip()} @{chosen}" if chosen and text.strip() else text


def _is_partial(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
