"""Rows that say since when, and until when, they were known: what lets a definition be read as of a moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models

__all__ = ["KnownQuerySet", "KnownRow", "identities"]


M = TypeVar("M", bound=models.Model)


class KnownQuerySet(models.QuerySet[M]):
    """Selects by knowledge, and closes what is superseded."""

    def known_at(self, seq: int | None) -> Self:
        """The rows known at this place of the ledger; None: now."""
        if seq is None:
            return self.filter(until_seq=None)
        return self.filter(seq__lte=seq).filter(models.Q(until_seq=None) | models.Q(until_seq__gt=seq))

    def close(self, *, seq: int) -> int:
        """Mark what is still open as superseded at `seq`; answers how many rows."""
        return self.filter(until_seq=None).update(until_seq=seq)


class KnownRow(models.Model):
    """Written once at `seq`; superseded at `until_seq` (None: still known). Triggers forbid every other change."""

    seq = models.BigIntegerField(db_index=True)
    until_seq = models.BigIntegerField(null=True)

    objects = KnownQuerySet.as_manager()

    class Meta:
        abstract = True


def identities(model: type[models.Model], keys: Iterable[str]) -> dict[str, int]:
    """The id of every key there is, after making those of `keys` that are new: an identity is its key and no more."""
    manager: models.Manager[Any] = model._default_manager
    known = set(manager.values_list("key", flat=True))
    manager.bulk_create(model(key=key) for key in dict.fromkeys(keys) if key not in known)
    return dict(manager.values_list("key", "pk"))
