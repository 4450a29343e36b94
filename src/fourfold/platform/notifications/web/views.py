"""What one is told: the list, and its switches. Open to whoever is signed in; everybody has only their own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.platform.accounts.scope import scoped
from fourfold.platform.notifications.actions.choose_notices import choose_notices
from fourfold.platform.notifications.actions.mark_read import mark_all_read, mark_read
from fourfold.platform.notifications.queries import notices_page, wishes_of
from fourfold.platform.notifications.web.forms import wishes_from

__all__ = ["notices", "open_notice", "read", "read_all", "settings"]


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """One's notices, newest first."""
    before = request.GET.get("before", "")
    page = notices_page(scope=scoped(request).scope, before=int(before) if before.isdecimal() else None)
    return render(request, "notifications/list.html", {"page": page, "is_first": not before})


@require_POST
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark it read and go where it leads; the address was checked when it was written."""
    asked = scoped(request)
    return redirect(mark_read(notice_id, scope=asked.scope, at=asked.received_at))


@require_POST
def read(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark it read and stay."""
    asked = scoped(request)
    mark_read(notice_id, scope=asked.scope, at=asked.received_at)
    return redirect("notifications:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing is new any more."""
    asked = scoped(request)
    mark_all_read(scope=asked.scope, at=asked.received_at)
    return redirect("notifications:list")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Two switches for each kind, and whether a digest comes at all."""
    asked = scoped(request)
    if request.method == "POST":
        choose_notices(wishes_from(request.POST), scope=asked.scope, at=asked.received_at)
        messages.success(request, _("Saved."))
        return redirect("notifications:settings")
    return render(request, "notifications/settings.html", {"wishes": wishes_of(asked.scope)})
