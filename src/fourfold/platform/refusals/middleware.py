"""The page surface's one handler: a refusal raised in any view becomes its page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fourfold.platform.refusals.disk_full import DiskFull, is_full_disk
from fourfold.platform.refusals.pages import refusal_response
from fourfold.platform.refusals.refusal import Refusal

__all__ = ["RefusalMiddleware"]


class RefusalMiddleware:
    """Answer refusals, and a full disk as one; leave every other exception to Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django with what a view raised."""
        if isinstance(exception, Refusal):
            return refusal_response(request, exception)
        return refusal_response(request, DiskFull()) if is_full_disk(exception) else None
