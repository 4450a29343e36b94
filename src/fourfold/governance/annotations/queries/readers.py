"""Who may see what is said in a unit: whom one can mention there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from django.db.models import Q

from fourfold.platform.accounts.models import Person

__all__ = ["known_readers", "named_in"]

MENTION = re.compile(r"(?<![\w@/.-])@([A-Za-z0-9](?:[\w-]*\w)?)")


def known_readers(above: Collection[str]) -> dict[str, tuple[int, str]]:
    """Key → (id, name) of everybody with a role at one of these units (a unit and all over it), and of the founder.

    Nobody else is named anywhere, so that a mention cannot be used to find out who works elsewhere. One query.
    """
    sees = Q(memberships__unit__key__in=above) | Q(is_founder=True)
    people = Person.objects.filter(sees, is_active=True).distinct()
    rows = people.order_by("name", "key").values_list("key", "pk", "name")
    return {key: (pk, name) for key, pk, name in rows}


def named_in(text: str, *, readers: Mapping[str, object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys after an `@`: of those who may see it, and those that name nobody here.

    >>> named_in("@ana and @ghost, see me@example.org and @ana", readers={"ana": 1})
    (('ana',), ('ghost',))
    """
    wanted = tuple(dict.fromkeys(MENTION.findall(text)))
    return tuple(key for key in wanted if key in readers), tuple(key for key in wanted if key not in readers)
