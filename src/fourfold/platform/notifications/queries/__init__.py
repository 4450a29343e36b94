"""What one is told, and what one wants to be told."""

from fourfold.platform.notifications.queries.digest import Digest, known_digest_of
from fourfold.platform.notifications.queries.notices import NoticeRow, NoticesPage, notices_page, unread_count
from fourfold.platform.notifications.queries.wishes import KindWish, Wishes, wishes_of

__all__ = [
    "Digest",
    "KindWish",
    "NoticeRow",
    "NoticesPage",
    "Wishes",
    "known_digest_of",
    "notices_page",
    "unread_count",
    "wishes_of",
]
