"""Somebody's name and address, and one's own name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fourfold.platform.accounts.actions.change_person import DetailsOvertaken, rename_oneself
from fourfold.platform.accounts.actions.tell_old_address import change_person_and_tell
from fourfold.platform.accounts.pages.people import read_details, read_own_details
from fourfold.platform.accounts.queries import PersonDetails
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.accounts.web.coming_in import say_refusal
from fourfold.platform.accounts.web.forms import DetailsForm, OwnNameForm
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import NotPermitted

__all__ = ["details", "own_name"]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one of the two pages shows, and how it saves."""

    known: PersonDetails
    form: type[OwnNameForm]
    back: str
    save: Callable[[OwnNameForm], None]
    is_oneself: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: ScopedRequest, person: str) -> HttpResponse:
    """Name and address of somebody one manages."""

    def save(form: OwnNameForm) -> None:
        typed = form.cleaned_data
        is_told = change_person_and_tell(
            person,
            PersonDetails(typed["name"], typed["email"]),
            edition_seen=typed["edition"],
            scope=request.scope,
            at=request.received_at,
        )
        told = _("Saved. The old address was told by mail.") if is_told else _("Name and address are saved.")
        messages.success(request, told)

    known = read_details(request.scope, person)
    return _edited(request, _Desk(known, DetailsForm, reverse("people:person", args=[person]), save))


@require_http_methods(["GET", "HEAD", "POST"])
def own_name(request: ScopedRequest) -> HttpResponse:
    """One's own name; the address has a page that asks for confirmation."""

    def save(form: OwnNameForm) -> None:
        typed = form.cleaned_data
        rename_oneself(
            typed["name"], edition_seen=typed["edition"], scope=request.scope, at=request.received_at
        )
        messages.success(request, _("Your name is saved."))

    known = read_own_details(request.scope)
    return _edited(request, _Desk(known, OwnNameForm, reverse("mfa_index"), save, is_oneself=True))


def _edited(request: ScopedRequest, desk: _Desk) -> HttpResponse:
    """Show the form; posted, save it, and keep what was typed whatever is refused."""
    known = desk.known
    began = {"name": known.name, "email": known.email, "edition": known.edition}
    form = desk.form(request.POST or None, initial=began)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, form, status=422 if form.errors else 200)
    try:
        desk.save(form)
    except DetailsOvertaken as overtaken:
        kept = desk.form(initial={**form.cleaned_data, "edition": overtaken.theirs.edition})
        shown = {"refusal": overtaken, "differences": form.beside(overtaken.theirs)}
        return _page(request, desk, kept, status=overtaken.status, **shown)
    except NotPermitted:
        raise
    except Refusal as refusal:
        return _page(request, desk, form, status=say_refusal(form, refusal, field="email"))
    return HttpResponseRedirect(desk.back)


def _page(
    request: ScopedRequest, desk: _Desk, form: OwnNameForm, *, status: int, **more: object
) -> HttpResponse:
    shown = {"form": form, "name": desk.known.name, "back": desk.back, "is_oneself": desk.is_oneself, **more}
    return render(request, "people/details.html", shown, status=status)
