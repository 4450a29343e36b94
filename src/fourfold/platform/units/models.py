"""The tree of organisational units: what holds now, and what was known when."""

from __future__ import annotations

from typing import Protocol, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.audit.known import KnownRow
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet

__all__ = ["Unit", "UnitUnknown", "UnitVersion", "Viewer"]


class UnitUnknown(Refusal):
    code, status = "UNIT_UNKNOWN", 404
    sentence = _("There is no unit “{key}”.")
    remedy = _("Choose one from the unit picker.")


class Viewer(Protocol):
    """Whoever looks: a `Scope` is one."""

    @property
    def sees_everything(self) -> bool: ...

    @property
    def unit_ids(self) -> frozenset[int]: ...


class UnitQuerySet(RefusingQuerySet["Unit"]):
    refusal = UnitUnknown

    def visible_to(self, viewer: Viewer) -> Self:
        """The units whose values the viewer may see."""
        return self.all() if viewer.sees_everything else self.filter(pk__in=viewer.unit_ids)

    def at_or_below(self, *units: Unit) -> Self:
        """The subtrees of these units, themselves included; nothing where none is named."""
        if not units:
            return self.none()
        inside = Q()
        for unit in units:
            # Not `startswith`: SQLite's LIKE takes North for north. Everything that begins with "acme/north/" lies
            # from there up to "acme/north0", because "0" is the character after "/".
            inside |= Q(path__gte=unit.path, path__lt=unit.path.removesuffix("/") + "0")
        return self.filter(inside)


class Unit(models.Model):
    """A place in the organisation. `path` names the way from the root (`acme/north/`), so a subtree is one prefix."""

    key = models.SlugField(max_length=64, unique=True, db_index=False)
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=64)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    ordinal = models.IntegerField()
    path = models.TextField(unique=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    is_live = models.BooleanField(
        default=True
    )  # False: no definition names it any more; its observations stay

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["ordinal", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_is_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class UnitVersion(KnownRow):
    """What was known about a unit, from one seq of the ledger until another."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.IntegerField()
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=64)
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until_seq=None), name="unit_has_one_known_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}@{self.seq}"
