"""What a person does not want. Nothing here: everything in the pages, and a daily digest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fourfold.platform.accounts.models import Person
from fourfold.platform.notifications.kinds import NoticeKind

__all__ = ["DigestChoice", "SwitchedOff"]


class SwitchedOff(models.Model):
    """A kind that is not wanted in the pages, by mail, or both."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=NoticeKind.choices)
    in_app = models.BooleanField(default=False)  # True: switched off there
    by_mail = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="kind_is_switched_once"),
            models.CheckConstraint(condition=Q(in_app=True) | Q(by_mail=True), name="switched_off_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} without {self.kind}"


class DigestChoice(models.Model):
    """That somebody wants no digest at all."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    is_never = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.person_id} {'never' if self.is_never else 'daily'}"
