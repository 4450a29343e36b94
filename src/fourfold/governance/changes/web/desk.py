"""The frame of every editing page: show a form, save it, keep what was typed whatever is refused."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.governance.changes.actions.retiring import retire_thing
from fourfold.governance.changes.actions.saving import Overtaken, Saved, preview_draft, save_draft
from fourfold.governance.changes.drafts.consequences import Consequences, RulesBroken
from fourfold.governance.changes.drafts.kind import FieldRefused, Kind
from fourfold.governance.changes.queries.opening import Opened, draft_as_opened, open_thing
from fourfold.governance.changes.web.draft_form import DraftForm
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.field_errors import RefusedHere
from fourfold.platform.refusals.refusal import NotPermitted

__all__ = ["Desk", "edit", "findings", "retire", "safe_next"]


ROWS = ("weights", "contributes_to", "milestones")
"""Fields of a draft that an address cannot name."""


@dataclass(frozen=True, slots=True)
class Desk:
    """How a kind is edited in the browser: its form, and what its pages say and show besides."""

    kind: Kind[Any, Any]
    form: type[DraftForm]
    home: str = "changes:overview"  # where one goes when one came from nowhere
    note: str = ""  # a template above the form
    shows_findings: bool = True

    def address(self, key: str | None) -> str:
        """Where one of them is edited; without a key, where a new one is added."""
        if key is None:
            return reverse(f"changes:{self.kind.name}-new")
        return reverse(f"changes:{self.kind.name}", kwargs={"key": key} if key else None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(
    request: ScopedRequest, *, desk: Desk, key: str | None = None, is_only: bool = False
) -> HttpResponse:
    """The form of one thing, or of a new one; posted, it is saved. `is_only`: there is one and it has no key."""
    opened = open_thing(desk.kind, "" if is_only else key, scope=request.scope, at=request.received_at)
    if request.method != "POST":
        return _page(request, desk, opened=opened, form=_form(request, desk, opened=opened))
    form = desk.form(request.POST, draft=opened.draft, choices=opened.choices)
    if "more" in request.POST:
        form.errors.clear()
        return _page(request, desk, opened=opened, form=form)
    if not _is_right(form, desk):
        return _page(request, desk, opened=opened, form=form, status=422)
    return _save(request, desk, opened=opened, form=form)


def _is_right(form: DraftForm, desk: Desk) -> bool:
    form.full_clean()
    form.refuse_crossed(desk.kind.crossings)
    return form.is_valid()


@require_POST
def findings(request: ScopedRequest, *, desk: Desk, key: str | None = None) -> HttpResponse:
    """What the checker and the wording rules say about what is typed so far; writes nothing."""
    opened = open_thing(desk.kind, key, scope=request.scope, at=request.received_at)
    form = desk.form(request.POST, draft=opened.draft, choices=opened.choices)
    found: Consequences | None = None
    refusal: Refusal | None = None
    if form.is_valid():
        try:
            found = preview_draft(desk.kind, form.draft(), key=opened.key, scope=request.scope)
        except Refusal as refused:
            refusal = refused
    shown = {"found": found, "refusal": refusal, "is_typed": form.is_valid()}
    return render(request, "changes/_findings.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: ScopedRequest, *, desk: Desk, key: str) -> HttpResponse:
    """Say what depends on the thing; posted, take it away where nothing needs it."""
    opened = open_thing(desk.kind, key, scope=request.scope, at=request.received_at, to_retire=True)
    back = safe_next(request, otherwise=reverse(desk.home))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            name = retire_thing(
                desk.kind,
                key,
                carried=request.POST.get("edition", ""),
                scope=request.scope,
                at=request.received_at,
            )
        except NotPermitted:
            raise
        except Refusal as refused:
            refusal = refused
        else:
            said = _("“{name}” is retired. Pages as known before today still show it.")
            messages.success(request, said.format(name=name))
            return HttpResponseRedirect(reverse(desk.home))
    shown = {"desk": desk, "opened": opened, "next": back, "refusal": refusal, "address": desk.address(key)}
    return render(request, "changes/retire.html", shown, status=refusal.status if refusal else 200)


def safe_next(request: HttpRequest, *, otherwise: str) -> str:
    """Where to go back to: an address of this host that the request names, or the other."""
    named = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        named, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return named if named and is_ours else otherwise


def _form(request: HttpRequest, desk: Desk, *, opened: Opened[Any]) -> DraftForm:
    asked = _asked(request, opened.draft) if opened.key is None else {}
    return desk.form(
        draft=opened.draft,
        choices=opened.choices,
        edition=opened.edition,
        since=str(opened.since),
        next=safe_next(request, otherwise=""),
        **asked,
    )


def _asked(request: HttpRequest, draft: Any) -> dict[str, Any]:
    """A new one may be begun by the page one comes from: `?source=grow` names the cause of a link."""
    named = [each.name for each in fields(draft) if each.name in request.GET]
    return {
        name: request.GET.getlist(name) if isinstance(getattr(draft, name), tuple) else request.GET[name]
        for name in named
        if isinstance(getattr(draft, name), str | tuple) and name not in ROWS
    }


def _save(request: ScopedRequest, desk: Desk, *, opened: Opened[Any], form: DraftForm) -> HttpResponse:
    try:
        saved = save_draft(
            desk.kind,
            form.draft(),
            key=opened.key,
            carried=form.cleaned_data["edition"],
            scope=request.scope,
            at=request.received_at,
        )
    except Overtaken as overtaken:
        return _conflict(request, desk, opened=opened, form=form, overtaken=overtaken)
    except NotPermitted:
        raise
    except FieldRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, RefusedHere(refusal))
        return _page(request, desk, opened=opened, form=form, status=refusal.status)
    except Refusal as refusal:
        return _page(request, desk, opened=opened, form=form, status=refusal.status, refusal=refusal)
    _tell(request, saved)
    return HttpResponseRedirect(safe_next(request, otherwise=reverse(desk.home)))


def _conflict(
    request: ScopedRequest, desk: Desk, *, opened: Opened[Any], form: DraftForm, overtaken: Overtaken
) -> HttpResponse:
    """Both, side by side; the form below holds both changes and now carries the edition that saving would replace.

    Where both changed the same field it holds what was typed here, and the page says so.
    """
    sent, before = form.cleaned_data, None
    if opened.key is not None:
        before = draft_as_opened(desk.kind, opened.key, carried=sent["edition"], since=sent["since"])
    differences = form.beside(overtaken.theirs, before=before)
    kept = desk.form(
        draft=form.merged_into(overtaken.theirs, before=before),
        choices=opened.choices,
        edition=overtaken.edition,
        since=str(opened.since),
        next=sent["next"],
    )
    return _page(
        request,
        desk,
        opened=opened,
        form=kept,
        status=overtaken.status,
        refusal=overtaken,
        differences=differences,
        merges=before is not None,
    )


def _tell(request: HttpRequest, saved: Saved) -> None:
    if not saved.changed:
        messages.info(
            request, _("“{name}” says the same as before; nothing was changed.").format(name=saved.name)
        )
        return
    said = _("“{name}” is added.") if saved.is_new else _("“{name}” is saved.")
    messages.success(request, said.format(name=saved.name))
    if saved.findings:
        remarks = ngettext(
            "One remark on it: {first}", "{count} remarks on it; the first: {first}", len(saved.findings)
        )
        told = remarks.format(count=len(saved.findings), first=saved.findings[0].message)
        link = format_html('<a href="{}">{}</a>', reverse("changes:all-findings"), _("See all remarks"))
        messages.warning(request, format_html("{} {}", told, link))


def _page(
    request: ScopedRequest,
    desk: Desk,
    *,
    opened: Opened[Any],
    form: DraftForm,
    status: int = 200,
    refusal: Refusal | None = None,
    **more: object,
) -> HttpResponse:
    shown = {
        "desk": desk,
        "opened": opened,
        "form": form,
        "refusal": refusal,
        "broken": refusal.findings if isinstance(refusal, RulesBroken) else (),
        "back": safe_next(request, otherwise=reverse(desk.home)),
        "live": _live_address(desk, opened),
        "retire": _retire_address(desk, opened),
        **more,
    }
    return render(request, "changes/form.html", shown, status=status)


def _live_address(desk: Desk, opened: Opened[Any]) -> str:
    if not desk.shows_findings:
        return ""
    if opened.key is None:
        return reverse(f"changes:{desk.kind.name}-new-findings")
    return reverse(f"changes:{desk.kind.name}-findings", kwargs={"key": opened.key} if opened.key else None)


def _retire_address(desk: Desk, opened: Opened[Any]) -> str:
    if not opened.key or not desk.kind.is_retirable:
        return ""
    return reverse(f"changes:{desk.kind.name}-retire", kwargs={"key": opened.key})
