"""Send one person what has gathered."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from fourfold.platform.notifications.models import Notice
from fourfold.platform.notifications.queries.digest import Digest, known_digest_of

__all__ = ["let_go", "mark_mailed", "send_digest"]

SETTINGS = "/notifications/settings/"


def send_digest(person: str, *, day: str) -> tuple[int, ...]:
    """Mail what waits for this person now; answers the notices it told. Holds no lock while the mail server answers.

    Should the worker die between the mail and `mark_mailed`, the mail goes out again under the same Message-ID, which
    mail programs show once.
    """
    digest = known_digest_of(person)
    if digest is None:
        return ()
    host = urlsplit(settings.FOURFOLD_ADDRESS).hostname
    _mail(digest, message_id=f"<digest-{day}-{person}@{host}>").send()
    return digest.notice_ids


def mark_mailed(notice_ids: tuple[int, ...], *, at: datetime) -> None:
    """These were told by mail."""
    Notice.objects.filter(pk__in=notice_ids).update(mailed_at=at)


def let_go(notice_ids: tuple[int, ...]) -> None:
    """These are not to be mailed: whoever they are for may not see what they tell of."""
    Notice.objects.filter(pk__in=notice_ids).update(is_for_mail=False)


def _mail(digest: Digest, *, message_id: str) -> EmailMultiAlternatives:
    count = len(digest.lines)
    subject = ngettext("One thing to know in Fourfold", "%(count)s things to know in Fourfold", count)
    values = {
        "digest": digest,
        "installation": settings.FOURFOLD_ADDRESS,
        "settings": settings.FOURFOLD_ADDRESS + SETTINGS,
    }
    mail = EmailMultiAlternatives(
        subject % {"count": count},
        render_to_string("notifications/digest.txt", values),
        to=[digest.email],
        headers={"Message-ID": message_id, "List-Unsubscribe": f"<{values['settings']}>"},
    )
    mail.attach_alternative(render_to_string("notifications/digest_mail.html", values), "text/html")
    return mail
