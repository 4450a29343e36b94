"""The unit picker: the part of the unit tree a person may look at, as nested branches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fourfold.engine.definitions import Unit

__all__ = ["MANY_UNITS", "UnitBranch", "UnitPicker", "unit_picker"]

MANY_UNITS = 300
"""Beyond this many the picker lists the way up, the neighbours and the children instead of the whole tree."""


@dataclass(frozen=True, slots=True)
class UnitBranch:
    """A unit with what lies below it; one that may not be opened is named but not linked (DESIGN §5, Visibility)."""

    key: str
    name: str
    level: str
    is_current: bool
    is_open_to_viewer: bool
    is_on_path: bool
    branches: tuple[UnitBranch, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitPicker:
    """The current unit, the way down to it from the root, and the tree."""

    current: UnitBranch
    path: tuple[UnitBranch, ...]
    roots: tuple[UnitBranch, ...]
    is_whole: bool

    @property
    def ancestors(self) -> tuple[UnitBranch, ...]:
        """The units above the current one, the root first."""
        return self.path[:-1]


def unit_picker(units: Sequence[Unit], *, current: str, visible: Collection[str] | None = None) -> UnitPicker:
    """Build the tree for one viewer; `visible` None means every unit. `units` list parents before children.

    Ancestors of a visible unit are named so that the tree hangs together.
    """
    by_key = {unit.key: unit for unit in units}
    path = _path(by_key, current)
    is_whole = len(units) <= MANY_UNITS
    shown = _shown(units, by_key, visible=visible, path=path, is_whole=is_whole)
    branches = _branches([unit for unit in units if unit.key in shown], path=path, visible=visible)
    return UnitPicker(
        current=branches[current],
        path=tuple(branches[key] for key in path),
        roots=tuple(branches[unit.key] for unit in units if unit.key in shown and unit.parent not in shown),
        is_whole=is_whole,
    )


def _path(by_key: dict[str, Unit], key: str) -> list[str]:
    path = [key]
    while (parent := by_key[path[0]].parent) is not None:
        path.insert(0, parent)
    return path


def _shown(
    units: Sequence[Unit],
    by_key: dict[str, Unit],
    *,
    visible: Collection[str] | None,
    path: list[str],
    is_whole: bool,
) -> set[str]:
    seen = set(by_key) if visible is None else set(visible)
    if not is_whole:
        near = {*path, *path[-2:]}
        seen &= {unit.key for unit in units if unit.parent in near or unit.key in near}
    shown = set(path)
    for key in seen:
        while key not in shown:
            shown.add(key)
            parent = by_key[key].parent
            if parent is None:
                break
            key = parent  # noqa: PLW2901  climbing is what the loop does
    return shown


def _branches(
    units: Sequence[Unit], *, path: list[str], visible: Collection[str] | None
) -> dict[str, UnitBranch]:
    """Children first, because a frozen branch holds its own; the listed order is kept."""
    below: dict[str | None, list[UnitBranch]] = {}
    done: dict[str, UnitBranch] = {}
    for unit in reversed(units):
        done[unit.key] = UnitBranch(
            key=unit.key,
            name=unit.name,
            level=unit.level,
            is_current=unit.key == path[-1],
            is_open_to_viewer=visible is None or unit.key in visible,
            is_on_path=unit.key in path,
            branches=tuple(reversed(below.get(unit.key, ()))),
        )
        below.setdefault(unit.parent, []).append(done[unit.key])
    return done
