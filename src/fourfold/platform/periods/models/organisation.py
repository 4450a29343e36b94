"""The one organisation of this installation, as known from when until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.audit.known import KnownRow
from fourfold.platform.refusals import Refusal

__all__ = ["NotFounded", "OrganisationVersion"]


class NotFounded(Refusal):
    code, status = "NOT_FOUNDED", 409
    sentence = _("This installation holds no organisation yet.")
    remedy = _("Load a strategy folder: fourfold load FOLDER.")


class OrganisationVersion(KnownRow):
    """Name, zone, currency and calendar. `clock` pins today's date: demonstrations and tests only."""

    key = models.SlugField(max_length=64, db_index=False)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)
    currency = models.CharField(max_length=8)
    calendar = models.JSONField()
    clock = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_the_one"], condition=Q(until_seq=None), name="installation_has_one_organisation"
            )
        ]

    is_the_one = models.BooleanField(default=True, editable=False)

    def __str__(self) -> str:
        return self.key
