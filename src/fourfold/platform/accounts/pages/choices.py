"""What may be chosen where somebody is invited or given a role."""

from __future__ import annotations

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import ROLE_NAMES, ROLE_PURPOSES, Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.units.models import Unit

__all__ = ["role_choices", "unit_choices"]

INDENT = "\N{NO-BREAK SPACE}" * 4


def role_choices() -> list[tuple[str, str]]:
    """Every role with its purpose; the least first, because the first is what a hurried hand picks."""
    return [(role.value, f"{ROLE_NAMES[role]} – {ROLE_PURPOSES[role]}") for role in reversed(Role)]


def unit_choices(scope: Scope) -> list[tuple[str, str]]:
    """The live units where this person manages people, as a tree. One query."""
    units = Unit.objects.visible_to(scope).filter(is_live=True)
    if not scope.sees_everything:
        units = units.filter(key__in=scope.units_where(Act.MANAGE_PEOPLE))
    rows = list(units.values_list("key", "name", "path", "ordinal"))
    order = {path: ordinal for _key, _name, path, ordinal in rows}
    rows.sort(key=lambda row: [(order.get(part, -1), part) for part in _paths_above(row[2])])
    return [(key, f"{INDENT * (path.count('/') - 1)}{name}") for key, name, path, _ordinal in rows]


def _paths_above(path: str) -> list[str]:
    """`acme/north/` → `acme/`, `acme/north/`."""
    parts = path.removesuffix("/").split("/")
    return ["/".join(parts[: place + 1]) + "/" for place in range(len(parts))]
