"""Write the unit tree as a definition names it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine import definitions
from fourfold.platform.audit.changes import Changes
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit, UnitUnknown, UnitVersion
from fourfold.platform.units.queries import known_units

__all__ = ["ParentAfterChild", "UnitCycle", "refuse_broken_tree", "write_units"]


class UnitCycle(Refusal):
    code, status = "UNIT_CYCLE", 422
    sentence = _("“{key}” would lie below itself.")
    remedy = _("Give it a parent outside its own subtree.")


class ParentAfterChild(Refusal):
    code, status = "UNIT_ORDER", 422
    sentence = _("“{key}” is listed before its parent “{parent}”.")
    remedy = _("List a parent before its children.")


def refuse_broken_tree(units: Sequence[definitions.Unit]) -> None:
    """Refuse an unknown parent, a cycle, and a child listed before its parent."""
    parents = {unit.key: unit.parent for unit in units}
    listed: set[str] = set()
    for unit in units:
        if unit.parent is not None and unit.parent not in listed:
            _refuse_parent(unit, unit.parent, parents=parents)
        listed.add(unit.key)


def _refuse_parent(unit: definitions.Unit, parent: str, *, parents: dict[str, str | None]) -> None:
    if parent not in parents:
        raise UnitUnknown(key=parent)
    above: str | None = parent
    for _step in parents:
        if above is None:
            raise ParentAfterChild(key=unit.key, parent=parent)
        above = parents.get(above)
    raise UnitCycle(key=unit.key)


@transaction.atomic
def write_units(changed: Changes[str, definitions.Unit], *, seq: int) -> None:
    """Supersede what differs at `seq` and bring the tree as it stands now in line. The caller audits."""
    UnitVersion.objects.filter(unit__key__in=changed.superseded).known_at(None).close(seq=seq)
    for placed in changed.put:
        _write(placed.thing, ordinal=placed.ordinal, seq=seq)
    Unit.objects.filter(key__in=changed.gone).update(is_live=False)
    _place_all()


def _write(unit: definitions.Unit, *, ordinal: int, seq: int) -> None:
    parent = Unit.objects.get_or_refuse(key=unit.parent) if unit.parent else None
    state = {
        "name": unit.name,
        "level": unit.level,
        "parent": parent,
        "ordinal": ordinal,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
    }
    unplaced = f"?/{unit.key}/"  # _place_all() gives the real one; until then it is only unique
    row, _created = Unit.objects.update_or_create(
        key=unit.key,
        defaults={**state, "is_live": True},
        create_defaults={**state, "key": unit.key, "path": unplaced},
    )
    UnitVersion.objects.create(unit=row, seq=seq, **state)


def _place_all() -> None:
    """Give every live unit its path anew: a moved parent moves everything below it."""
    ids = dict(Unit.objects.values_list("key", "pk"))
    old_paths = dict(Unit.objects.values_list("key", "path"))
    paths: dict[str, str] = {}
    for unit in known_units():
        paths[unit.key] = f"{paths[unit.parent] if unit.parent else ''}{unit.key}/"
    moved = {key: path for key, path in paths.items() if old_paths[key] != path}
    for key in moved:  # out of the way first: two units may change places
        Unit.objects.filter(pk=ids[key]).update(path=f"?/{key}/")
    for key, path in moved.items():
        Unit.objects.filter(pk=ids[key]).update(path=path)
