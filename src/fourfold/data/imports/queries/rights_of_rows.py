"""Which rows of a file its importer may write: the others are told by number, and nothing of them is compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from fourfold.data.imports.queries.prepared_import import PreparedImport
from fourfold.engine.definitions import Target
from fourfold.folder.mapping.row_findings import RowFindings
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals.refusal import NotPermitted, OutOfScope

__all__ = ["NewThingNotPermitted", "RowNotPermitted", "RowOutOfScope", "Within", "known_unit", "within_scope"]

Denied = OutOfScope | NotPermitted


class RowOutOfScope(OutOfScope):
    """Says which row it was: the file names the unit anyway."""

    sentence = _("{file}, row {row}: “{unit}” lies outside what you may write.")
    beside_the_row: ClassVar[Promise] = _("“{unit}” lies outside what you may write.")
    remedy = _("Leave its rows out, or ask an administrator for a role at this unit or above it.")


class RowNotPermitted(NotPermitted):
    """Likewise, for a unit that is seen."""

    sentence = _("{file}, row {row}: none of your roles permits importing values of “{unit}”.")
    beside_the_row: ClassVar[Promise] = _("None of your roles permits importing this of “{unit}”.")


class NewThingNotPermitted(NotPermitted):
    """For a unit, a measure or an objective that the file brings along; no row of it is named."""

    sentence = _("{file}: none of your roles permits adding “{unit}” where it would stand.")
    beside_the_row: ClassVar[Promise] = _("None of your roles permits adding “{unit}” where it would stand.")


@dataclass(frozen=True, slots=True)
class Within:
    """The import as far as its importer may write it; the first refusal and all findings for the rest."""

    prepared: PreparedImport
    first: Denied | None
    findings: RowFindings


def within_scope(prepared: PreparedImport, *, scope: Scope) -> Within:
    """Leave out the rows, targets and new things that this person may not write. One look a unit, not one a row."""
    rights = _Rights(prepared, scope)
    kept, targets = rights.values(), rights.targets()
    rights.look_at_new_things()
    mine = replace(
        prepared,
        rows=prepared.rows.where(kept),
        origins=prepared.origins.where(kept),
        mapped=replace(prepared.mapped, targets=targets),
    )
    return Within(mine, rights.first(), rights.findings())


def known_unit(prepared: PreparedImport, key: str) -> str:
    """The unit itself, or the nearest above it that exists already; the root where nothing is said."""
    known = {unit.key for unit in prepared.known.units}
    above = {each.key: each.parent for each in prepared.source.units}
    root = prepared.known.units[0].key
    for _step in range(len(above) + 1):
        if key in known:
            return key
        key = above.get(key) or root
    return root


@dataclass(slots=True)
class _Rights:
    """What was refused so far: kind, row (0 where no row says it) and the unit or thing."""

    prepared: PreparedImport
    scope: Scope
    refused: list[tuple[type[Denied], int, str]] = field(default_factory=list)

    def values(self) -> NDArray[np.bool_]:
        rows, lines = self.prepared.rows, self.prepared.origins.source_row
        kept = np.ones(len(rows), dtype=np.bool_)
        for place in np.unique(rows.unit).tolist():
            unit = self.prepared.definitions.units[place].key
            kind = self._kind(unit, Act.IMPORT_VALUES)
            if kind is None:
                continue
            mine = rows.unit == place
            kept &= ~mine
            told = lines[mine].tolist() if lines is not None else [0] * int(mine.sum())
            self.refused += [(kind, line, unit) for line in told]
        return kept

    def targets(self) -> tuple[Target, ...]:
        """Of those in the rows; the ones named with new measures go with these."""
        lines, denied = self.prepared.mapped.target_lines, set[str]()
        for target in self.prepared.targets:
            kind = self._kind(target.unit, Act.EDIT_TARGETS)
            if kind is not None:
                denied.add(target.unit)
                places = ((target.measure, target.unit, point.period.ordinal) for point in target.points)
                self.refused += [(kind, lines.get(place, 0), target.unit) for place in places]
        return tuple(each for each in self.prepared.mapped.targets if each.unit not in denied)

    def look_at_new_things(self) -> None:
        source, root = self.prepared.source, self.prepared.known.units[0].key
        asked = [(each.name, Act.EDIT_UNITS, each.parent) for each in source.units]
        for measure in source.measures:
            asked.append((measure.name, Act.EDIT_MEASURES, measure.unit))
            if measure.objective_name:
                asked.append((measure.objective_name, Act.EDIT_OBJECTIVES, root))
        for name, act, place in asked:
            if self._kind(place, act) is not None:
                self.refused.append((NewThingNotPermitted, 0, name))

    def first(self) -> Denied | None:
        if not self.refused:
            return None
        kind, row, unit = min(self.refused, key=lambda each: (each[1] == 0, each[1]))
        return kind(unit=unit, file=self.prepared.source.name, row=row)

    def findings(self) -> RowFindings:
        findings = RowFindings(self.prepared.source.name)
        for kind in (RowOutOfScope, RowNotPermitted, NewThingNotPermitted):
            found = sorted((row, unit) for each, row, unit in self.refused if each is kind)
            units = [unit for _row, unit in found]
            lines = np.array([row for row, _unit in found], dtype=np.int32)
            findings.refuse(kind.code, lines, say=_Told(kind, units))
        return findings

    def _kind(self, unit: str, act: Act) -> type[Denied] | None:
        known = known_unit(self.prepared, unit)
        if not self.scope.sees(known):
            return RowOutOfScope
        return None if self.scope.may(act, unit=known) else RowNotPermitted


@dataclass(frozen=True, slots=True)
class _Told:
    """Message and remedy of the refused row at a place among its kind's."""

    kind: type[RowOutOfScope | RowNotPermitted | NewThingNotPermitted]
    units: list[str]

    def __call__(self, at: int) -> tuple[str, str]:
        said = self.kind(unit=self.units[at])
        return str(self.kind.beside_the_row).format(unit=self.units[at]), said.told_remedy
