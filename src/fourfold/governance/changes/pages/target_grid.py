"""A measure's targets over a year: the grid of units and periods, with a field where something may be typed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Grain, Period
from fourfold.engine.definitions import Definitions, Measure, Target
from fourfold.governance.changes.pages.measure_words import TRAJECTORIES
from fourfold.governance.changes.pages.target_beside import own_targets
from fourfold.governance.changes.pages.target_page import targeted_measure
from fourfold.governance.changes.pages.target_spans import TargetSpans
from fourfold.governance.changes.pages.target_typing import (
    BOUNDS,
    changed_texts,
    field_name,
    seq_seen,
    text_of,
)
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import today
from fourfold.platform.refusals.field_errors import FieldError
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.platform.ui.numbers import ABSENT, ValueFormat
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from fourfold.scorecard.evaluation.queries.wanted_targets import WantedTable, last_ended, wanted_table
from fourfold.scorecard.measures.queries.known import known_targets
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = ["GridAsked", "TargetCell", "TargetGrid", "TargetRow", "read_targets"]

MOST_FIELDS = 800
"""Of one page: a form may send a thousand (Django's DATA_UPLOAD_MAX_NUMBER_FIELDS); further units stand on the next."""


@dataclass(frozen=True, slots=True)
class GridAsked:
    """Which year, from which unit on, and, after a refusal, what was typed, at which seq, and what was said to it.

    `with_ended`: also the periods that nobody can type into any more.
    """

    year: str = ""
    begin: str = ""
    with_ended: bool = False
    texts: Mapping[str, str] | None = None
    seen: str = ""
    told: Mapping[str, FieldError] | None = None


@dataclass(frozen=True, slots=True)
class TargetCell:
    """One wanted value; `how` is own, sum, inherited, or empty where nothing is wanted.

    `typed` is what stands in its field: the unit's own, where it has one. Locked: an ended period was judged by it.
    Not applicable: the unit does not have the measure then.
    """

    heading: str
    text: str
    how: str
    is_past: bool
    name: str
    typed: str
    is_locked: bool
    told: FieldError | None = None
    is_applicable: bool = True

    @property
    def ident(self) -> str:
        """The name as an id."""
        return self.name.replace(".", "_")

    @property
    def shown_beneath(self) -> str:
        """What holds while the field is empty."""
        sign = {"sum": "Σ ", "inherited": "↓ "}.get(self.how, "")
        return f"{sign}{self.text}" if self.how else ""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One unit's year, and its own red and best."""

    unit: str
    name: str
    depth: int
    trajectory: str
    cells: tuple[TargetCell, ...]
    bounds: tuple[TargetCell, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class TargetGrid:
    """A fiscal year of one measure's targets, for the units in sight. `edition`: the ledger's seq it shows.

    `previous` and `following` are where the rows before and after this page begin; None at either end. `left_out`
    ended periods stand before the first one shown.
    """

    measure: str
    name: str
    unit_of_measure: str
    year: str
    this: str
    before: str
    after: str
    periods: tuple[str, ...]
    left_out: int
    rows: tuple[TargetRow, ...]
    begin: int
    previous: int | None
    following: int | None
    example: str
    polarity: str
    may_edit: bool
    edition: str

    @property
    def wrong(self) -> tuple[tuple[str, TargetCell], ...]:
        """The fields that cannot be read, each with its row's name."""
        cells = ((row.name, cell) for row in self.rows for cell in (*row.cells, *row.bounds))
        return tuple((name, cell) for name, cell in cells if cell.told)


def read_targets(scope: Scope, measure: str, *, asked: GridAsked, at: datetime) -> TargetGrid:
    """The grid of a fiscal year, the current one unless named. Constant queries.

    After a refusal a field that was changed keeps what was typed; all others say what stands now.

    Raises:
        MeasureUnknown, OutOfScope, NotPermitted.
    """
    seen = head_seq()  # before the definitions: what somebody sets in between counts as not seen
    known = known_definitions()
    found = targeted_measure(known, measure, scope=scope)
    if not scope.may(Act.EDIT_TARGETS):
        raise NotPermitted(act=Act.EDIT_TARGETS.value, unit="")
    day, calendar = today(known.organisation, at=at), known.organisation.calendar
    shown = calendar.page_of(Grain.YEAR, day).ordinal
    named = int(asked.year) if asked.year.isdecimal() and len(asked.year) < 6 else shown
    version = found.versions[-1]
    inside = calendar.inside(Period(Frequency.YEAR, named), version.frequency)
    periods = tuple(Period(version.frequency, ordinal) for ordinal in inside)
    drawn = _Drawn(found, known=known, asked=asked, periods=periods, day=day)
    units = drawn.units_in(scope)
    size = max(1, MOST_FIELDS // (len(periods) + len(BOUNDS)))
    begin = int(asked.begin) if asked.begin.isdecimal() and len(asked.begin) < 6 else 0
    left_out = 0 if asked.with_ended else drawn.leave_out_judged(units[begin : begin + size])
    rows = tuple(drawn.row(unit, scope=scope) for unit in units[begin : begin + size])
    return TargetGrid(
        measure=measure,
        name=found.name,
        unit_of_measure=version.unit_of_measure,
        year=calendar.label(Period(Frequency.YEAR, named)),
        this=str(named),
        before=str(named - 1),
        after=str(named + 1),
        periods=tuple(calendar.key(period) for period in drawn.periods),
        left_out=left_out,
        rows=rows,
        begin=begin,
        previous=max(0, begin - size) if begin else None,
        following=begin + size if begin + size < len(units) else None,
        example=calendar.key(periods[-1]),
        polarity=str(version.goal.polarity or _("not scored")),
        may_edit=any(scope.may(Act.EDIT_TARGETS, unit=unit) for unit in units),
        edition=str(seen),
    )


class _Drawn:
    """One measure's targets, laid out and own, with what was typed over them."""

    def __init__(
        self,
        measure: Measure,
        *,
        known: Definitions,
        asked: GridAsked,
        periods: Sequence[Period],
        day: date,
    ) -> None:
        version = measure.versions[-1]
        self.known, self.periods = known, periods
        self.calendar: FiscalCalendar = known.organisation.calendar
        self.table: WantedTable = wanted_table(known, measure.key, today=day)
        self.form = ValueFormat(version.decimals, "")
        self.ended = last_ended(known, version.frequency, today=day)
        self.own = own_targets(known.targets, measure.key)
        self.spans = TargetSpans(known, measure)
        self.names = {unit.key: unit.name for unit in known.units}
        self.depth = _depths(known)
        self.told = asked.told or {}
        self.typed: dict[str, str] = {}
        if asked.texts:
            then = own_targets(known_targets(seq_seen(asked.seen)), measure.key)
            self.typed = changed_texts(asked.texts, then=then, calendar=self.calendar)

    def units_in(self, scope: Scope) -> list[str]:
        """The units that take the measure and are in sight."""
        places = ((unit.key, self.table.book.units.index(unit.key)) for unit in self.known.units)
        return [unit for unit, place in places if scope.sees(unit) and self.table.selected[place]]

    def leave_out_judged(self, units: Sequence[str]) -> int:
        """Begin with the last ended period nobody can type into, where later ones wait for targets; how many went."""
        judged = [all(self._is_past(unit, period) for unit in units) for period in self.periods]
        before = judged.index(False) - 1 if False in judged else 0
        self.periods = self.periods[max(before, 0) :]
        return max(before, 0)

    def row(self, unit: str, *, scope: Scope) -> TargetRow:
        own = self.own.get(unit)
        return TargetRow(
            unit,
            self.names[unit],
            self.depth[unit],
            "" if own is None else str(dict(TRAJECTORIES)[own.trajectory.value]).split(":")[0],
            tuple(self._cell(unit, period) for period in self.periods),
            tuple(self._bound(unit, bound) for bound in BOUNDS),
            may_edit=scope.may(Act.EDIT_TARGETS, unit=unit),
        )

    def _cell(self, unit: str, period: Period) -> TargetCell:
        own, name = self.own.get(unit), field_name(unit, self.calendar.key(period))
        if not self.spans.holds(unit, period):
            return self._inapplicable(period, name)
        value, is_sum = self.table.at(period.ordinal, unit)
        is_wanted = not math.isnan(value)
        return TargetCell(
            self.calendar.key(period),
            self.form.shown(value).text if is_wanted else ABSENT,
            _how(own, period, is_sum=is_sum) if is_wanted else "",
            period.ordinal <= self.ended,
            name,
            self.typed.get(name, text_of(own, period)),
            is_locked=self._is_judged(unit, period),
            told=self.told.get(name),
        )

    def _inapplicable(self, period: Period, name: str) -> TargetCell:
        is_past = period.ordinal <= self.ended
        return TargetCell(
            self.calendar.key(period), ABSENT, "", is_past, name, "", is_locked=True, is_applicable=False
        )

    def _is_past(self, unit: str, period: Period) -> bool:
        """Whether it has ended, and was judged or never could be."""
        is_judged = self._is_judged(unit, period) or not self.spans.holds(unit, period)
        return period.ordinal <= self.ended and is_judged

    def _is_judged(self, unit: str, period: Period) -> bool:
        value, _is_sum = self.table.at(period.ordinal, unit)
        return period.ordinal <= self.ended and not math.isnan(value)

    def _bound(self, unit: str, bound: str) -> TargetCell:
        """Own red and best hold for the whole target: once a period was judged by it they stay."""
        own, name = self.own.get(unit), field_name(unit, bound)
        is_judged = own is not None and any(point.period.ordinal <= self.ended for point in own.points)
        said = text_of(own, None, bound=bound)
        return TargetCell(
            str(_("own red") if bound == "red" else _("own best")),
            said or ABSENT,
            "own" if said else "",
            is_judged,
            name,
            self.typed.get(name, said),
            is_locked=is_judged,
            told=self.told.get(name),
        )


def _how(own: Target | None, period: Period, *, is_sum: bool) -> str:
    begins = own.points[0].period.ordinal if own and own.points else None
    is_own = begins is not None and begins <= period.ordinal
    return "sum" if is_sum else "own" if is_own else "inherited"


def _depths(known: Definitions) -> dict[str, int]:
    depths: dict[str, int] = {}
    parents = {unit.key: unit.parent for unit in known.units}

    def depth(key: str) -> int:
        if key not in depths:
            above = parents[key]
            depths[key] = 0 if above is None else 1 + depth(above)
        return depths[key]

    return {key: depth(key) for key in parents}
