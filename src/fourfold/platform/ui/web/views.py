"""Choosing a theme: a form that works without script, and before signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fourfold.platform.ui.theme import Theme, remember_theme


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme and return to where the form stood; an unknown theme means the device's.

    A script that has already changed the page asks for no page back.
    """
    wanted = request.POST.get("theme", "")
    back = request.POST.get("back", "/")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    response = HttpResponse(status=204) if by_script else HttpResponseRedirect(back if is_ours else "/")
    remember_theme(
        response, Theme(wanted) if wanted in set(Theme) else Theme.AUTO, secure=request.is_secure()
    )
    return response
