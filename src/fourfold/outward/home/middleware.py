"""The way from any page of an installation without an organisation to its beginning."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import scoped
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.refusals.pages import is_api

__all__ = ["StartMiddleware"]


class StartMiddleware:
    """Lead whoever may found to the start page; everybody else is told that nothing is here yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django with what a view raised, before the handler of refusals."""
        if not isinstance(exception, NotFounded) or is_api(request) or request.method != "GET":
            return None
        may_found = scoped(request).scope.may(Act.LOAD_FOLDER)
        return HttpResponseRedirect(reverse("home:start")) if may_found else None
