"""The edge: who asks, what they may see, and when the request came in."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import needs_set_up, scope_of
from fourfold.platform.accounts.scope import NOBODY, ScopedRequest
from fourfold.platform.refusals.pages import is_api

__all__ = ["ScopeMiddleware", "SignInRequiredMiddleware"]


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every route is closed to strangers unless it says otherwise; the API refuses by itself, without a redirect."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[Any, Any],
    ) -> HttpResponseBase | None:
        """Django's rule for pages; on API paths NinjaAPI(auth=…) answers 401 as a problem document.

        While nobody can sign in, the door leads to the first set-up instead.
        """
        if is_api(request):
            return None
        if request.path == reverse("account_login") and request.method == "GET" and needs_set_up():
            return HttpResponseRedirect(reverse("people:set-up"))
        return super().process_view(request, view_func, view_args, view_kwargs)


class ScopeMiddleware:
    """Put `scope` and `received_at` on the request: nobody behind it reads the clock or the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scoped = cast("ScopedRequest", request)
        scoped.received_at = timezone.now()
        scoped.scope = scope_of(request.user) if isinstance(request.user, Person) else NOBODY
        return self.get_response(scoped)
