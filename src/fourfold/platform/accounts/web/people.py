"""People, the roles they hold, and their leaving."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fourfold.platform.accounts.actions.grant_role import grant_role
from fourfold.platform.accounts.actions.leaving import deactivate_person, end_sessions, reactivate_person
from fourfold.platform.accounts.actions.remove_second_factors import remove_second_factors
from fourfold.platform.accounts.actions.revoke_role import revoke_role
from fourfold.platform.accounts.pages.choices import role_choices, unit_choices
from fourfold.platform.accounts.pages.people import read_people, read_person
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.accounts.web.forms import RoleForm
from fourfold.platform.refusals.refusal import BadRequest

__all__ = [
    "deactivate",
    "end",
    "end_own",
    "grant",
    "people",
    "person",
    "reactivate",
    "revoke",
    "without_factors",
]


@require_safe
def people(request: ScopedRequest) -> HttpResponse:
    """The people in scope and those who are expected."""
    number = request.GET.get("page", "")
    page = read_people(
        request.scope,
        wanted=request.GET.get("q", "").strip()[:100],
        number=int(number) if number.isdecimal() and len(number) < 6 else 1,
        at=request.received_at,
    )
    return render(request, "people/people.html", {"page": page})


@require_safe
def person(request: ScopedRequest, person: str) -> HttpResponse:
    """One person: the roles, and what may be done."""
    page = read_person(request.scope, person)
    form = RoleForm(units=unit_choices(request.scope), roles=role_choices())
    return render(request, "people/person.html", {"page": page, "form": form})


@require_POST
def grant(request: ScopedRequest, person: str) -> HttpResponse:
    """Give a role at a unit."""
    role, unit = _role_and_unit(request)
    grant_role(person, role, unit=unit, scope=request.scope, at=request.received_at)
    messages.success(request, _("The role is given. It counts from now on."))
    return redirect("people:person", person)


@require_POST
def revoke(request: ScopedRequest, person: str) -> HttpResponse:
    """Take a role at a unit away."""
    role, unit = _role_and_unit(request)
    revoke_role(person, role, unit=unit, scope=request.scope, at=request.received_at)
    messages.success(request, _("The role is taken away. It counts no longer."))
    if person == request.scope.person_key:  # perhaps the very role that shows this page
        return redirect("/")
    return redirect("people:person", person)


@require_POST
def deactivate(request: ScopedRequest, person: str) -> HttpResponse:
    """Somebody has left."""
    deactivate_person(person, scope=request.scope, at=request.received_at)
    messages.success(request, _("They can no longer sign in, and are signed out everywhere."))
    return redirect("people:person", person)


@require_POST
def reactivate(request: ScopedRequest, person: str) -> HttpResponse:
    """Somebody is back."""
    reactivate_person(person, scope=request.scope, at=request.received_at)
    messages.success(request, _("They may sign in again, with the roles they held."))
    return redirect("people:person", person)


@require_POST
def end(request: ScopedRequest, person: str) -> HttpResponse:
    """Sign somebody out everywhere."""
    end_sessions(person, scope=request.scope, at=request.received_at)
    messages.success(request, _("They are signed out everywhere."))
    return redirect("people:person", person)


@require_POST
def end_own(request: ScopedRequest) -> HttpResponse:
    """Sign oneself out everywhere else; this session goes on under a new name."""
    myself = end_sessions(request.scope.person_key, scope=request.scope, at=request.received_at)
    update_session_auth_hash(request, myself)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("mfa_index")


@require_POST
def without_factors(request: ScopedRequest, person: str) -> HttpResponse:
    """Somebody lost their telephone or key."""
    remove_second_factors(person, scope=request.scope, at=request.received_at)
    messages.success(
        request, _("Their second factors are removed: the password alone opens, until they add new ones.")
    )
    return redirect("people:person", person)


def _role_and_unit(request: ScopedRequest) -> tuple[Role, str]:
    try:
        return Role(request.POST.get("role", "")), request.POST.get("unit", "")
    except ValueError as unknown:
        raise BadRequest from unknown
