"""Reading the tree."""

from fourfold.engine import definitions
from fourfold.platform.units.models import Unit, UnitVersion

__all__ = ["known_paths", "known_units", "unit_ids_by_key"]


def known_units(as_of_seq: int | None = None) -> tuple[definitions.Unit, ...]:
    """The units as known at a place of the ledger, in listed order. For compiling, never for showing: no scope."""
    rows = UnitVersion.objects.known_at(as_of_seq).select_related("unit", "parent").order_by("ordinal", "pk")
    return tuple(
        definitions.Unit(
            key=row.unit.key,
            name=row.name,
            parent=row.parent.key if row.parent else None,
            level=row.level,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    )


def known_paths() -> dict[str, str]:
    """Where every unit of now stands in the tree, by key."""
    return dict(Unit.objects.filter(is_live=True).values_list("key", "path"))


def unit_ids_by_key() -> dict[str, int]:
    """Every unit there ever was, for writing rows that refer to one."""
    return dict(Unit.objects.values_list("key", "pk"))
