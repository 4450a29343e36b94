"""One call: everything that somebody's home says, from one evaluation and a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fourfold.data.entry.pages.due import DueFilter
from fourfold.data.entry.queries.due import read_due
from fourfold.data.imports.queries import runs_listed
from fourfold.engine.book import Book
from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.definitions import Objective
from fourfold.engine.evaluate import evaluate, last_complete
from fourfold.outward.home.pages.home_changes import Changes, changes_between
from fourfold.outward.home.pages.home_own import UnitView, own_work, with_analyses
from fourfold.outward.home.pages.home_page import HomePage, HomePlace, Overview, OwnWork, Values
from fourfold.outward.home.queries.attending import (
    explained_objectives,
    kept_drafts,
    kept_uploads,
    open_mentions,
)
from fourfold.outward.home.queries.first_steps import first_steps
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.notifications.queries import notices_page
from fourfold.platform.periods.queries import known_organisation
from fourfold.platform.ui.slots import OBJECTIVE_MARKS, SlotContent, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.strategy_map.building import map_page, with_objective_marks
from fourfold.scorecard.evaluation.pages.window import window
from fourfold.scorecard.evaluation.queries import root_unit, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["enter", "read_home"]

MOST_RUNS = 3
"""Imports with remarks: older ones are history, found in the list."""

_OVERSEERS = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.STRATEGY_OFFICE,
        Role.REVIEW_FACILITATOR,
        Role.APPROVER,
        Role.AUDITOR,
        Role.VIEWER,
    }
)
"""Who looks at a whole rather than at things of their own."""

_KEEPERS = frozenset({Role.ADMINISTRATOR, Role.STRATEGY_OFFICE})
"""Whose own work is the whole."""

_BRINGERS = frozenset({Role.MEASURE_OWNER, Role.DATA_STEWARD})


def enter(scope: Scope) -> bool:
    """Whether this person has a home to go to. One query.

    Raises:
        NotFounded: there is no organisation yet.
    """
    known_organisation()
    return scope.sees_everything or bool(scope.unit_keys)


def read_home(scope: Scope, *, at: datetime) -> HomePage:
    """What concerns this person in their first role's unit at its last complete month.

    Constant queries, one evaluation.

    Raises:
        NotFounded.
    """
    if not enter(scope):
        return HomePage(at, notices=notices_page(scope=scope))
    with known(at) as cube:
        seen = _Home.of(cube, scope)
        order = _order(seen, scope)
        marks = _marks(seen, scope, at=at)
        overview = _overview(seen, scope, marks=marks) if "overview" in order else None
        own = _own(seen, scope, marks=marks) if "own" in order else None
    return HomePage(
        at=at,
        place=seen.place(),
        order=order,
        overview=overview,
        steps=first_steps(seen.book.definitions, scope, lists_files="values" not in order),
        own=_explained(own, scope, period=seen.period) if own else None,
        values=_values(seen, scope, at=at) if "values" in order else None,
        mentions=open_mentions(scope),
        notices=notices_page(scope=scope),
    )


@dataclass(frozen=True, slots=True)
class _Home:
    """A person's unit and period in one evaluation; `placed` are their objectives, each at a unit in their sight."""

    book: Book
    view: UnitView
    placed: tuple[tuple[Objective, UnitView], ...]

    @classmethod
    def of(cls, cube: KnownCube, scope: Scope) -> _Home:
        book = cube.book
        unit = visible_unit(book, scope.home or root_unit(), scope=scope)
        own = _own_objectives(book, scope, home=unit)
        shown = last_complete(book, cube.cube, unit=unit)
        is_at_home = all(where == unit for _objective, where in own)
        evaluation = evaluate(
            book,
            cube.cube,
            grains=(shown.grain,),
            unit=unit if is_at_home else None,
            depth=0 if is_at_home else None,
        )
        views = {where: UnitView(evaluation, where, shown) for where in {unit, *(each[1] for each in own)}}
        return cls(book, views[unit], tuple((objective, views[where]) for objective, where in own))

    @property
    def shown(self) -> GrainPeriod:
        return self.view.shown

    @property
    def period(self) -> str:
        return self.book.timeline.calendar.key_of(self.shown)

    def place(self) -> HomePlace:
        calendar = self.book.timeline.calendar
        names = {unit.key: unit.name for unit in self.book.definitions.units}
        before = window(self.view.evaluation, unit=self.view.unit, shown=self.shown).before
        return HomePlace(
            self.view.unit,
            names[self.view.unit],
            self.period,
            calendar.label(self.shown),
            calendar.label(before),
        )


def _own_objectives(book: Book, scope: Scope, *, home: str) -> list[tuple[Objective, str]]:
    """Each objective this person owns, at their home where it belongs to it, else at the highest unit they see."""
    found = []
    for at, objective in enumerate(book.definitions.objectives):
        if not scope.person_key or objective.owner != scope.person_key:
            continue
        selected = book.selected_objectives[at]
        here = [key for place, key in enumerate(book.units.keys) if selected[place] and scope.sees(key)]
        if here:
            found.append((objective, home if home in here else here[0]))
    return found


def _order(seen: _Home, scope: Scope) -> tuple[str, ...]:
    """The parts that apply. One's own comes first, but for whoever keeps the whole; numbers before the map only for
    whoever brings them in."""
    owns = Role.OBJECTIVE_OWNER in scope.roles or bool(seen.placed) or _runs_something(seen.book, scope)
    brings = bool(scope.roles & _BRINGERS) or _answers_for_measures(seen.book, scope)
    units = seen.book.units
    heads = bool(len(units.children(units.index(seen.view.unit))))
    oversees = bool(scope.roles & _OVERSEERS) or (owns and heads) or not (owns or brings)
    parts = {"own": owns, "overview": oversees, "values": brings}
    if scope.roles & _KEEPERS:
        order = ("overview", "own", "values")
    elif scope.roles & _BRINGERS:
        order = ("own", "values", "overview")
    else:
        order = ("own", "overview", "values")
    return tuple(part for part in order if parts[part])


def _runs_something(book: Book, scope: Scope) -> bool:
    return any(each.owner == scope.person_key for each in book.definitions.initiatives)


def _answers_for_measures(book: Book, scope: Scope) -> bool:
    """Whether the latest version of some measure names this person."""
    latest = (measure.versions[-1] for measure in book.definitions.measures if measure.versions)
    return any(scope.person_key in (version.owner, version.steward) for version in latest)


def _marks(seen: _Home, scope: Scope, *, at: datetime) -> Mapping[str, tuple[SlotContent, ...]]:
    keys = [node.key for perspective in seen.view.tree.children for node in perspective.children]
    return slot(OBJECTIVE_MARKS).contents(keys, place=SlotPlace(seen.view.unit, seen.period, scope, at))


def _overview(seen: _Home, scope: Scope, *, marks: Mapping[str, tuple[SlotContent, ...]]) -> Overview:
    visible = None if scope.sees_everything else scope.unit_keys
    drawn = map_page(seen.view.evaluation, unit=seen.view.unit, shown=seen.shown, visible=visible)
    before = seen.view.before
    changes = changes_between(before, seen.view.tree, rows=seen.view.rows) if before else Changes()
    return Overview(with_objective_marks(drawn, marks), changes)


def _own(seen: _Home, scope: Scope, *, marks: Mapping[str, tuple[SlotContent, ...]]) -> OwnWork:
    return own_work(
        seen.placed,
        seen.book.definitions.initiatives,
        person=scope.person_key,
        home=seen.view,
        marks=marks,
    )


def _explained(own: OwnWork, scope: Scope, *, period: str) -> OwnWork:
    keys, units = {each.key for each in own.objectives}, {each.unit for each in own.objectives}
    return with_analyses(own, explained_objectives(scope, keys, units=units, period=period))


def _values(seen: _Home, scope: Scope, *, at: datetime) -> Values:
    """One's own measures; whoever stewards units without being named for a measure sees theirs whole."""
    may_import = scope.may(Act.IMPORT_VALUES)
    return Values(
        due=read_due(scope, DueFilter(), at=at),
        drafts=kept_drafts(scope),
        uploads=kept_uploads(scope) if may_import else (),
        runs=runs_listed(scope=scope, at_most=MOST_RUNS, is_standing_with_remarks=True).runs
        if may_import
        else None,
    )
