"""Refusals as pages, and the pages Django asks for when there is nothing else to show."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals.problems import problem_response
from fourfold.platform.refusals.refusal import BadRequest, OutOfScope, Refusal, UnknownPage

__all__ = [
    "bad_request",
    "broken",
    "forbidden",
    "is_api",
    "not_found",
    "not_open_yet",
    "refusal_response",
]

API = "/api/"


def is_api(request: HttpRequest) -> bool:
    """Whether the caller is a program that reads problem documents."""
    return request.path.startswith(API)


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page for a person, a problem document for a program."""
    if is_api(request):
        return problem_response(refusal)
    return render(request, "refusals/refusal.html", {"refusal": refusal}, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_response(request, BadRequest())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_response(request, OutOfScope())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_response(request, UnknownPage())


def not_open_yet(request: HttpRequest) -> HttpResponse:
    """A page that a library brings and this installation does not offer."""
    return refusal_response(request, UnknownPage())


class Broken(Refusal):
    code, status = "UNEXPECTED", 500
    sentence = _("Something went wrong on our side; nothing was changed.")
    remedy = _("Try again; if it stays, tell your administrator the time.")


def broken(request: HttpRequest) -> HttpResponse:
    """A fault is told as plainly as a refusal. No template: the fault may lie in one."""
    if is_api(request):
        return problem_response(Broken())
    text = f"{Broken.code}\n{Broken.sentence}\n{Broken.remedy}\n"
    return HttpResponse(text, status=Broken.status, content_type="text/plain; charset=utf-8")
