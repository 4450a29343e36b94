"""The switches as a form sends them: a box that is not ticked is not sent."""

from __future__ import annotations

from django.http import QueryDict

from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.queries import KindWish, Wishes

__all__ = ["wishes_from"]


def wishes_from(sent: QueryDict) -> Wishes:
    """Whatever else was sent is left alone."""
    in_app, by_mail = set(sent.getlist("in_app")), set(sent.getlist("by_mail"))
    kinds = (KindWish(kind, in_app=kind in in_app, by_mail=kind in by_mail) for kind in NoticeKind)
    return Wishes(tuple(kinds), wants_digest=sent.get("digest") != "never")
