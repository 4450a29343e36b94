"""Inviting, and coming in by an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.platform.accounts.actions.accept_invitation import accept_invitation
from fourfold.platform.accounts.actions.invite import Guest, revoke_invitation
from fourfold.platform.accounts.actions.set_password import PasswordTooWeak
from fourfold.platform.accounts.actions.tell_guest import invite_and_tell, invite_person_and_tell
from fourfold.platform.accounts.pages.choices import role_choices, unit_choices
from fourfold.platform.accounts.pages.people import read_invitation
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.accounts.sign_in import INVITATION_IN_SESSION
from fourfold.platform.accounts.web.coming_in import begin_session, say_refusal
from fourfold.platform.accounts.web.forms import GuestForm, InvitationForm
from fourfold.platform.refusals import Refusal

__all__ = ["accept", "invite_known", "new", "revoke"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest) -> HttpResponse:
    """Invite somebody; without a mail server the next page shows the link, this once."""
    request.scope.require_to(Act.MANAGE_PEOPLE)
    form = InvitationForm(
        *([request.POST] if request.method == "POST" else []),
        units=unit_choices(request.scope),
        roles=role_choices(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _invited(request, form)
        except Refusal as refusal:
            status = say_refusal(form, refusal)
            return render(request, "people/invite.html", {"form": form}, status=status)
    return render(request, "people/invite.html", {"form": form}, status=422 if form.errors else 200)


def _invited(request: ScopedRequest, form: InvitationForm) -> HttpResponse:
    typed = form.cleaned_data
    guest = Guest(typed["name"], typed["email"])
    brought = invite_and_tell(
        guest,
        [Role(role) for role in typed["roles"]],
        unit=typed["unit"],
        address=lambda token: request.build_absolute_uri(reverse("people:invitation", args=[token])),
        scope=request.scope,
        at=request.received_at,
    )
    if brought.link:
        shown = {"guest": guest, "link": brought.link, "ends_earlier": brought.ends_earlier}
        return render(request, "people/invited.html", shown)
    said = _("An invitation is on its way to %(email)s.") % {"email": guest.email}
    if brought.ends_earlier:
        said = f"{said} {_('The earlier link no longer works.')}"
    messages.success(request, said)
    return redirect("people:list")


@never_cache
@require_POST
def invite_known(request: ScopedRequest, person: str) -> HttpResponse:
    """Invite somebody who is here by name alone; without a mail server the answer shows the link, this once."""
    guest, link = invite_person_and_tell(
        person,
        address=lambda token: request.build_absolute_uri(reverse("people:invitation", args=[token])),
        scope=request.scope,
        at=request.received_at,
    )
    if link:
        return render(request, "people/invited.html", {"guest": guest, "link": link})
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": guest.email})
    return redirect("people:person", person)


@require_POST
def revoke(request: ScopedRequest, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    revoke_invitation(invitation, scope=request.scope, at=request.received_at)
    messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
    return redirect("people:list")


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: ScopedRequest, token: str) -> HttpResponse:
    """The invited chooses a password and is in; or continues with another identity provider, which vouches."""
    page = read_invitation(token, at=request.received_at)
    form = GuestForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            person = accept_invitation(token, password=form.cleaned_data["password"], at=request.received_at)
            begin_session(request, person)
            return HttpResponseRedirect("/")
        except PasswordTooWeak as refusal:
            status = say_refusal(form, refusal, field="password")
    request.session[INVITATION_IN_SESSION] = token
    return render(request, "people/invitation.html", {"form": form, "page": page}, status=status)
