"""The page that makes the first person, and is then gone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fourfold.platform.accounts.actions.set_password import PasswordTooWeak
from fourfold.platform.accounts.actions.set_up import FirstPerson, SetUpCodeWrong, require_open, set_up
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.accounts.web.coming_in import begin_session, say_refusal
from fourfold.platform.accounts.web.forms import FirstPersonForm
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import UnknownPage

__all__ = ["first_person"]

FIELDS: dict[type[Refusal], str] = {SetUpCodeWrong: "code", PasswordTooWeak: "password"}
"""Where a refusal belongs; elsewhere it stands above the form."""


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_person(request: ScopedRequest) -> HttpResponse:
    """Whoever holds the set-up code becomes the administrator and is signed in at once."""
    require_open()
    form = FirstPersonForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        first = FirstPerson(typed["key"], typed["name"], typed["email"], typed["password"])
        try:
            begin_session(request, set_up(first, code=typed["code"], at=request.received_at))
            return HttpResponseRedirect("/")
        except UnknownPage:
            raise
        except Refusal as refusal:
            status = say_refusal(form, refusal, field=FIELDS.get(type(refusal)))
    return render(request, "people/set_up.html", {"form": form}, status=status)
