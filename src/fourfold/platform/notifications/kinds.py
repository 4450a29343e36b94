"""What one may be told about; each kind has two off switches."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["NoticeKind"]


class NoticeKind(models.TextChoices):
    """In the order the settings list them."""

    MENTION = "mention", _("Somebody mentions me")
    REPLY = "reply", _("Somebody answers in a thread of mine")
    ANALYSIS = "analysis", _("An analysis of mine is asked for or written")
    DUE = "due", _("Values are due")
    REMINDER = "reminder", _("Values are overdue")
    REOPENED = "reopened", _("A period is closed or opened again")
    IMPORT_DONE = "import_done", _("My import is done")
    IMPORT_REFUSED = "import_refused", _("My import was refused")
    CHANGED = "changed", _("Something I own was changed")
    OVERRIDE = "override", _("A status of mine was overridden")
    RESTATEMENT = "restatement", _("A restatement waits for me, or mine is decided")
