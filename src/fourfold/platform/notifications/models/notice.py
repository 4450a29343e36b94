"""One thing that one person is told."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models.wish import SwitchedOff
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet

__all__ = ["Notice", "NoticeUnknown"]


class NoticeUnknown(Refusal):
    code, status = "NOTICE_UNKNOWN", 404
    sentence = _("This notification is not there any more.")
    remedy = _("Go back to your notifications.")


class NoticeQuerySet(RefusingQuerySet["Notice"]):
    refusal = NoticeUnknown

    def visible_to(self, scope: Scope) -> Self:
        """One's own, as far as the unit it tells of may still be seen: a role taken away takes its notices along."""
        if scope.person_id is None or not scope.roles:
            return self.none()
        return self.filter(Q(unit="") | Q(unit__in=scope.unit_keys), person=scope.person_id)

    def wanted_in_app(self) -> Self:
        """Without the kinds that were switched off for the pages; in the same query."""
        off = SwitchedOff.objects.filter(in_app=True)
        same = off.filter(person=models.OuterRef("person"), kind=models.OuterRef("kind"))
        return self.exclude(models.Exists(same))

    def waiting_for_mail(self) -> Self:
        """What a digest would tell: wanted by mail, not read in the pages, not mailed yet."""
        return self.filter(is_for_mail=True, mailed_at=None, read_at=None)


class Notice(models.Model):
    """Told once: `key` is the same however often somebody notices the same thing.

    `is_for_mail` is settled when it is given, and once off it stays off: what was not wanted by mail does not come in a
    flood when its kind is wanted again.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=NoticeKind.choices)
    subject_text = models.CharField(max_length=300)
    address = models.CharField(max_length=500)
    unit = models.CharField(max_length=64, blank=True)  # its key, where it tells of one
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    is_for_mail = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_is_given_once"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_is_of_a_known_kind"),
        ]
        indexes = [
            models.Index(fields=["person", "read_at"], name="notice_unread"),
            models.Index(fields=["person", "mailed_at"], name="notice_not_mailed"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.key}"
