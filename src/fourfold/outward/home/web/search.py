"""Finding anything one may see."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.outward.home.pages.search_page import SearchWish
from fourfold.outward.home.pages.search_reading import read_search
from fourfold.platform.accounts.scope import ScopedRequest

__all__ = ["search"]


@require_safe
def search(request: ScopedRequest) -> HttpResponse:
    """The whole page for a form; while somebody types into the box of another page, the answers alone."""
    asked = request.GET
    wish = SearchWish(
        asked.get("q", ""), asked.get("kind", ""), asked.get("unit", ""), asked.get("period", "")
    )
    page = read_search(request.scope, wish, at=request.received_at)
    is_panel = request.headers.get("HX-Target") == "search-panel"
    return render(request, "home/_search_panel.html" if is_panel else "home/search.html", {"page": page})
