"""The page surface's one handler: a refusal raised in any view becomes its page."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals.disk_fault import DiskFault, is_disk_fault
from fourfold.platform.refusals.disk_full import DiskFull, is_full_disk
from fourfold.platform.refusals.pages import refusal_response
from fourfold.platform.refusals.refusal import Refusal

__all__ = ["RefusalMiddleware", "TextNotKept"]

NUL = "\x00"

logger = logging.getLogger("fourfold.disk")


class TextNotKept(Refusal):
    code, status = "TEXT_NOT_KEPT", 422
    sentence = _("A text you sent holds a NUL, a character that cannot be kept. Nothing was written.")
    remedy = _(
        "Go back and type that text anew: the character cannot be seen, so pasting would bring it again."
    )


class RefusalMiddleware:
    """Answer refusals, a full and a failing disk as one; leave every other exception to Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Refuse a form with a character that no database keeps, before anybody takes the text for kept.

        Django's own fields refuse it too, but not every text passes through one: what PostgreSQL cannot store, SQLite
        would store and some later reader cut.
        """
        if request.method != "POST" or not _holds_nul(request.POST):
            return None
        return refusal_response(request, TextNotKept())

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django with what a view raised."""
        if isinstance(exception, Refusal):
            return refusal_response(request, exception)
        told = _of_the_disk(exception)
        return refusal_response(request, told) if told else None


def _of_the_disk(exception: Exception) -> Refusal | None:
    """The trouble of a disk as a refusal. Its own words are for the log, which the remedy names."""
    if is_full_disk(exception):
        logger.error("no room left on the disk: %s", exception)
        return DiskFull()
    if is_disk_fault(exception):
        logger.error("the disk fails", exc_info=exception)
        return DiskFault()
    return None


def _holds_nul(form: QueryDict) -> bool:
    return any(NUL in text for name, texts in form.lists() for text in (name, *texts))
