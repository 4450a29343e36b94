"""Refusals as problem documents (RFC 9457): the API's one manner of saying no, 401 and 403 too, never a redirect."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from fourfold.platform.refusals.refusal import NotSignedIn, OutOfScope, Refusal, UnknownPage

__all__ = ["Problem", "answer_with_problems", "problem_response", "signed_in_or_problem"]

MEDIA_TYPE = "application/problem+json"
TYPES = "https://fourfold.invalid/problems/"  # an identifier, not an address: RFC 9457 §3.1.1, RFC 6761 §6.4


class Problem(Schema):
    """The members of RFC 9457 §3.1, with the stable code and the remedy as extensions."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    remedy: str = ""
    details: dict[str, Any] = {}


def problem_response(refusal: Refusal) -> HttpResponse:
    """The refusal as a problem document."""
    return _document(
        status=refusal.status,
        code=refusal.code,
        detail=refusal.told_sentence,
        remedy=refusal.told_remedy,
        details=dict(refusal.details),
    )


def _document(
    *, status: int, code: str, detail: str, remedy: str = "", details: object = None
) -> HttpResponse:
    problem = {
        "type": TYPES + code.lower().replace("_", "-"),
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "remedy": remedy,
        "details": details or {},
    }
    text = json.dumps(problem, ensure_ascii=False, default=str)
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE)


def answer_with_problems(api: NinjaAPI) -> None:
    """Turn everything this API may say no with into a problem document."""
    for refused in (Refusal, AuthenticationError, PermissionDenied, Http404, HttpError, ValidationError):
        api.add_exception_handler(refused, _answer)


def _answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    match error:
        case Refusal():
            return problem_response(error)
        case AuthenticationError():
            return problem_response(NotSignedIn())
        case PermissionDenied():
            return problem_response(OutOfScope())
        case ValidationError():
            return _of_validation_error(error)
        case HttpError():
            return _document(status=error.status_code, code=f"HTTP_{error.status_code}", detail=error.message)
    return problem_response(UnknownPage())


def _of_validation_error(error: ValidationError) -> HttpResponse:
    places = [{"place": ".".join(map(str, item["loc"])), "message": item["msg"]} for item in error.errors]
    return _document(
        status=422,
        code="INPUT_WRONG",
        detail="The request does not have the form that the API describes.",
        remedy="Compare it with /api/v1/docs.",
        details={"places": places},
    )


def signed_in_or_problem(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the API's own pages (its documentation): no redirect to a sign-in form there either."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return problem_response(NotSignedIn())
        return view(request, *args, **kwargs)

    return guarded
