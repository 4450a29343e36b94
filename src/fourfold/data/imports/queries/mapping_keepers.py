"""Whose a mapping is, who may change it, and what stands under a key that somebody wants to keep one under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from fourfold.data.imports.models import StoredMapping
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import known_people
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.actions.change_definitions import edition
from fourfold.scorecard.evaluation.queries.current import root_unit

__all__ = ["TakenKey", "free_key", "keeping_units", "may_change", "taken_key"]


@dataclass(frozen=True, slots=True)
class TakenKey:
    """Another mapping of this key: who kept it and when (nobody: it came with a folder), and a key that is free.

    `edition` names what it says now: whoever replaces it carries that along, so that nobody replaces what they have
    not seen.
    """

    key: str
    keeper: str
    kept_at: datetime | None
    is_own: bool
    is_retired: bool
    may_replace: bool
    edition: str
    free: str


def may_change(mapping: StoredMapping, *, scope: Scope, root: str) -> bool:
    """Whoever kept it, and whoever may keep mappings at each of its units; a folder's belongs to the `root`.

    Reads the mapping's units: prefetch them for a list.
    """
    if not scope.may(Act.EDIT_MAPPINGS):
        return False
    if scope.sees_everything or (mapping.keeper and mapping.keeper == scope.person_key):
        return True
    units = [unit.key for unit in mapping.units.all()] or [root]
    return all(scope.may(Act.EDIT_MAPPINGS, unit=unit) for unit in units)


def keeping_units(scope: Scope) -> list[Unit]:
    """The topmost units where this person may keep mappings: theirs is what they keep. One query."""
    keys = scope.units_where(Act.EDIT_MAPPINGS)
    units = Unit.objects.visible_to(scope).filter(key__in=keys).select_related("parent").order_by("key")
    return [unit for unit in units if unit.parent is None or unit.parent.key not in keys]


def taken_key(key: str, *, text: str, scope: Scope) -> TakenKey | None:
    """What stands under the key already, other than exactly this text; None: it may be kept. At most five queries."""
    known = StoredMapping.objects.filter(key=key).prefetch_related("units").first()
    if known is None or (known.text == text and known.retired_at is None):
        return None
    names = {person.key: person.name for person in known_people()}
    return TakenKey(
        key=key,
        keeper=names.get(known.keeper, known.keeper),
        kept_at=known.kept_at,
        is_own=bool(known.keeper) and known.keeper == scope.person_key,
        is_retired=known.retired_at is not None,
        may_replace=may_change(known, scope=scope, root=root_unit()),
        edition=edition(known.text),
        free=free_key(key),
    )


def free_key(key: str) -> str:
    """The key with the first number that nobody uses."""
    begins = key[: LONGEST - len("-999")].rstrip("-")
    used = set(StoredMapping.objects.filter(key__startswith=begins).values_list("key", flat=True))
    return next(offered for number in count(2) if (offered := f"{begins}-{number}") not in used)


LONGEST = 64
