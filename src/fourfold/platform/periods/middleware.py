"""The organisation's name for the frame of every page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fourfold.platform.periods.models import OrganisationVersion

__all__ = ["OrganisationMiddleware"]


class OrganisationMiddleware:
    """Put `organisation_name` on the request of somebody signed in: strangers are not told whose house this is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            name = OrganisationVersion.objects.known_at(None).values_list("name", flat=True).first()
            request.organisation_name = name or ""  # type: ignore[attr-defined]
        return self.get_response(request)
