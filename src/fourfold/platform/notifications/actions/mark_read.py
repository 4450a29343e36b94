"""Note what was read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.notifications.models import Notice

__all__ = ["mark_all_read", "mark_read"]


@transaction.atomic
def mark_read(notice_id: int, *, scope: Scope, at: datetime) -> str:
    """One's own notice is read; answers where it leads.

    Raises:
        NoticeUnknown: it is somebody else's, or tells of what may not be seen any more.
    """
    notice = Notice.objects.visible_to(scope).get_or_refuse(pk=notice_id)
    Notice.objects.visible_to(scope).filter(pk=notice_id, read_at=None).update(read_at=at)
    return notice.address


@transaction.atomic
def mark_all_read(*, scope: Scope, at: datetime) -> int:
    """All of one's own that are shown; answers how many were unread."""
    return Notice.objects.visible_to(scope).wanted_in_app().filter(read_at=None).update(read_at=at)
