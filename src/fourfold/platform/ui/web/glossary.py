"""The glossary as a page, and as data for the script that explains a word where it stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from fourfold.platform.ui.glossary import TERMS

__all__ = ["glossary", "glossary_data"]

KEPT = 24 * 60 * 60  # a day, in seconds: the words change with a release


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms by their first letter."""
    ordered = sorted(TERMS, key=lambda term: str(term.name).casefold())
    return render(request, "ui/glossary.html", {"terms": ordered})


@require_safe
def glossary_data(request: HttpRequest) -> HttpResponse:
    """The terms that may stand on a page, with the ways they are said."""
    terms = [
        {"key": term.key, "name": str(term.name), "definition": str(term.definition), "said": term.said}
        for term in TERMS
        if term.said
    ]
    answer = JsonResponse({"terms": terms})
    patch_cache_control(answer, private=True, max_age=KEPT)
    return answer
