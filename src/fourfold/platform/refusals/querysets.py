"""Querysets that answer "not there" with a refusal instead of an exception nobody expects."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from fourfold.platform.refusals.refusal import Refusal, UnknownPage

__all__ = ["RefusingQuerySet"]

M = TypeVar("M", bound=models.Model)


class RefusingQuerySet(models.QuerySet[M]):
    """A queryset whose missing row is an expected "no"; a subclass names its own refusal."""

    refusal: type[Refusal] = UnknownPage

    def get_or_refuse(self, **lookup: object) -> M:
        """The one row, or the refusal with the lookup as its details. Costs one query."""
        found = self.filter(**lookup).first()
        if found is None:
            raise self.refusal(**lookup)
        return found
