"""All measures in somebody's sight: what each is called, how it is counted, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fourfold.engine.definitions import Measure
from fourfold.governance.changes.pages.measure_words import FREQUENCIES, TIERS
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.numbers import unit_label
from fourfold.platform.ui.tables import Column, ColumnKind, Table
from fourfold.scorecard.evaluation.pages.place import home_of
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = [
    "MOST_IN_A_FILE",
    "MeasureFilter",
    "MeasureLine",
    "MeasureListPage",
    "measure_list_table",
    "read_measure_list",
]

_FREQUENCIES, _TIERS = dict(FREQUENCIES), dict(TIERS)

MOST_LINES = 100
"""Measures at a time."""

MOST_IN_A_FILE = 1_000_000
"""What a spreadsheet takes."""


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """What the list is narrowed to; `whose` is `mine` or everybody's, `text` is looked for in names and keys."""

    text: str = ""
    tier: str = ""
    frequency: str = ""
    whose: str = ""
    start: int = 0

    @property
    def is_active(self) -> bool:
        """Whether something is left out."""
        return bool(self.text or self.tier or self.frequency or self.whose)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure by its latest version. `shown_at`: the first unit in sight that has it; empty where none does."""

    key: str
    name: str
    unit_of_measure: str
    frequency: str
    tier: str
    owner: str
    steward: str
    unit: str
    unit_name: str
    units: int
    shown_at: str
    version: int
    valid_from: date | None
    retired_on: date | None
    may_edit: bool

    @property
    def unit_of_measure_label(self) -> str:
        """As it is written beside a number; empty for a bare one."""
        return unit_label(self.unit_of_measure)


@dataclass(frozen=True, slots=True)
class MeasureListPage:
    """The list from `asked.start` on; `total` fit the filter, `of` are in sight. `period`: where links lead."""

    asked: MeasureFilter
    lines: tuple[MeasureLine, ...]
    total: int
    of: int
    period: str
    may_add: bool
    tiers: tuple[tuple[str, str], ...]
    frequencies: tuple[tuple[str, str], ...]
    following: int | None
    previous: int | None


def read_measure_list(
    scope: Scope, asked: MeasureFilter, *, at: datetime, at_most: int = MOST_LINES
) -> MeasureListPage:
    """In the order of the names, what is retired last. Constant queries.

    Raises:
        NotFounded, OutOfScope.
    """
    place = home_of(scope, at=at)
    with known(at) as cube:
        seen = tuple(_Sight.of(cube, scope).lines())
        fitting = [line for line, measure in seen if _fits(line, measure, asked=asked, scope=scope)]
    fitting.sort(key=lambda line: (line.retired_on is not None, line.name.casefold(), line.key))
    start = asked.start if asked.start < len(fitting) else 0
    return MeasureListPage(
        asked=asked,
        lines=tuple(fitting[start : start + at_most]),
        total=len(fitting),
        of=len(seen),
        period=place.period,
        may_add=scope.may(Act.EDIT_MEASURES),
        tiers=tuple((key, str(word)) for key, word in TIERS),
        frequencies=tuple((key, str(word)) for key, word in FREQUENCIES),
        following=start + at_most if start + at_most < len(fitting) else None,
        previous=max(0, start - at_most) if start else None,
    )


def measure_list_table(page: MeasureListPage) -> Table:
    """The same lines to take away."""
    columns = (
        Column(_("Measure key")),
        Column(_("Measure")),
        Column(_("Unit of measure")),
        Column(_("Frequency")),
        Column(_("Tier")),
        Column(_("Owner")),
        Column(_("Steward")),
        Column(_("Declared at (unit key)")),
        Column(_("Declared at")),
        Column(_("Units"), ColumnKind.NUMBER, decimals=0),
        Column(_("Version"), ColumnKind.NUMBER, decimals=0),
        Column(_("Valid from"), ColumnKind.DATE),
        Column(_("Retired on"), ColumnKind.DATE),
    )
    rows = [
        (
            line.key,
            line.name,
            line.unit_of_measure,
            line.frequency,
            line.tier,
            line.owner,
            line.steward,
            line.unit,
            line.unit_name,
            line.units,
            line.version,
            line.valid_from,
            line.retired_on,
        )
        for line in page.lines
    ]
    return Table(_("Measures"), columns, rows)


def _fits(line: MeasureLine, measure: Measure, *, asked: MeasureFilter, scope: Scope) -> bool:
    last = measure.versions[-1]
    if asked.tier not in ("", last.tier.value) or asked.frequency not in ("", last.frequency.value):
        return False
    if asked.whose == "mine" and scope.person_key not in (last.owner, last.steward):
        return False
    wanted = asked.text.casefold()
    return wanted in f"{line.name}\n{line.key}\n{line.owner}\n{line.steward}".casefold()


@dataclass(frozen=True, slots=True)
class _Sight:
    """What all lines share: the definitions, and which units of the book are seen."""

    cube: KnownCube
    scope: Scope
    units: dict[str, str]
    people: dict[str, str]
    seen: NDArray[np.intp]

    @classmethod
    def of(cls, cube: KnownCube, scope: Scope) -> _Sight:
        definitions = cube.book.definitions
        return cls(
            cube,
            scope,
            {unit.key: unit.name for unit in definitions.units},
            {person.key: person.name for person in definitions.people},
            np.array([at for at, key in enumerate(cube.book.units.keys) if scope.sees(key)], dtype=np.intp),
        )

    def lines(self) -> Iterator[tuple[MeasureLine, Measure]]:
        """Every measure that some unit in sight has, or that is declared at one."""
        book = self.cube.book
        for at, measure in enumerate(book.definitions.measures):
            having = self.seen[book.selected[at, self.seen]]
            if having.size or self.scope.sees(measure.units.unit):
                yield self.line(measure, having=having), measure

    def line(self, measure: Measure, *, having: NDArray[np.intp]) -> MeasureLine:
        last, unit = measure.versions[-1], measure.units.unit
        return MeasureLine(
            key=measure.key,
            name=measure.name,
            unit_of_measure=last.unit_of_measure,
            frequency=str(_FREQUENCIES[last.frequency.value]),
            tier=str(_TIERS[last.tier.value]),
            owner=self.people.get(last.owner or "", last.owner or ""),
            steward=self.people.get(last.steward or "", last.steward or ""),
            unit=unit,
            unit_name=self.units.get(unit, unit),
            units=having.size,
            shown_at=self.cube.book.units.keys[having[0]] if having.size else "",
            version=last.number,
            valid_from=last.valid_from,
            retired_on=measure.retired_on,
            may_edit=self.scope.may(Act.EDIT_MEASURES, unit=unit),
        )
