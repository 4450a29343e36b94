"""Notices, and what each person wants of them."""

from fourfold.platform.notifications.models.notice import Notice, NoticeUnknown
from fourfold.platform.notifications.models.wish import DigestChoice, SwitchedOff

__all__ = ["DigestChoice", "Notice", "NoticeUnknown", "SwitchedOff"]
