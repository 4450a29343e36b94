"""The front end's files, served by the same process as the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

__all__ = ["StaticFilesMiddleware"]


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise brings no types
    """As WhiteNoise, which lists the files once, when the process starts.

    A file that has gone since (the front end is being built anew) is not found, which is no fault of the house's.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().__call__(request)
        except FileNotFoundError:
            if request.path_info not in self.files:
                raise
            answer = self.get_response(request)
        return answer
