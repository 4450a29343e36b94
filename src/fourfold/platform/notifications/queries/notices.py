"""The notices of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models import Notice

__all__ = ["NoticeRow", "NoticesPage", "notices_page", "unread_count"]

ROWS_ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of the list."""

    id: int
    kind: NoticeKind
    text: str
    at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """Newest first; `older` is the id before which the next page begins, None: this is the last."""

    rows: tuple[NoticeRow, ...]
    unread: int
    older: int | None


def unread_count(scope: Scope) -> int:
    """How many wait in the bell; one query."""
    return Notice.objects.visible_to(scope).wanted_in_app().filter(read_at=None).count()


def notices_page(*, scope: Scope, before: int | None = None) -> NoticesPage:
    """One page of the list; two queries."""
    wanted = Notice.objects.visible_to(scope).wanted_in_app().order_by("-pk")
    if before is not None:
        wanted = wanted.filter(pk__lt=before)
    found = list(wanted[: ROWS_ON_A_PAGE + 1])
    shown = found[:ROWS_ON_A_PAGE]
    older = shown[-1].pk if len(found) > len(shown) else None
    return NoticesPage(tuple(_row(notice) for notice in shown), unread_count(scope), older)


def _row(notice: Notice) -> NoticeRow:
    kind = NoticeKind(notice.kind)
    return NoticeRow(notice.pk, kind, notice.subject_text, notice.at, is_unread=notice.read_at is None)
