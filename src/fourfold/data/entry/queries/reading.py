"""The page of a grid: one call looks up the place, lays it out with the person's draft, and says what surrounds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np
from django.utils import timezone
from django.utils.formats import date_format

from fourfold.data.entry.models import EntryDraft
from fourfold.data.entry.pages.grid import DraftNote, EntryGrid, EntryPlace, GridAsked
from fourfold.data.entry.queries.grid import Sheet, read_sheet
from fourfold.data.entry.queries.owing import natives_in, owing
from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import known_closing
from fourfold.platform.refusals.refusal import NotSignedIn
from fourfold.platform.ui.unit_picker import unit_picker
from fourfold.scorecard.evaluation.queries import grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["draft_of", "grid_page", "person_of", "read_grid"]

MOST_UNITS = 60
"""Units named where the one asked for owes nothing itself."""


def read_grid(scope: Scope, place: EntryPlace, *, at: datetime) -> EntryGrid:
    """The grid with one's own draft typed into it, where one was kept.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    draft = draft_of(scope, place)
    asked = GridAsked(place, dict(draft.texts) if draft else {})
    note = DraftNote(draft.edition, _told(draft.at)) if draft else None
    return grid_page(scope, asked, draft=note, at=at)


def grid_page(
    scope: Scope, asked: GridAsked, *, draft: DraftNote | None, at: datetime, is_contested: bool = False
) -> EntryGrid:
    """The grid with these texts typed into it; nothing is kept."""
    place = asked.place
    with known(at) as cube:
        visible_unit(cube.book, place.unit, scope=scope)
        shown = grain_period(cube.book, place.period)
        sheet = read_sheet(cube, place, shown=shown, texts=asked.texts, scope=scope)
        return _page(cube, sheet, asked, shown=shown, scope=scope, draft=draft, is_contested=is_contested)


def draft_of(scope: Scope, place: EntryPlace) -> EntryDraft | None:
    """One's own draft of this grid."""
    mine = EntryDraft.objects.visible_to(scope).filter(person_id=person_of(scope), unit__key=place.unit)
    return mine.filter(place=place.name).first()


def person_of(scope: Scope) -> int:
    """Whose draft or word it is: only a person types and decides.

    Raises:
        NotSignedIn: the installation itself acts.
    """
    if scope.person_id is None:
        raise NotSignedIn
    return scope.person_id


def _page(
    cube: KnownCube,
    sheet: Sheet,
    asked: GridAsked,
    *,
    shown: GrainPeriod,
    scope: Scope,
    draft: DraftNote | None,
    is_contested: bool,
) -> EntryGrid:
    calendar, unit = cube.cube.timeline.calendar, asked.place.unit
    picker = unit_picker(
        cube.book.definitions.units, current=unit, visible=None if scope.sees_everything else scope.unit_keys
    )
    following = shown.shifted(1)
    month = calendar.page_of(Grain.MONTH, calendar.last_day(shown)).ordinal
    path = "".join(f"{branch.key}/" for branch in picker.path)
    state = known_closing([month]).state(month, path=path)
    return EntryGrid(
        place=asked.place,
        unit_name=picker.current.name,
        units=picker,
        period=calendar.label(shown),
        previous=calendar.key_of(shown.shifted(-1)),
        following=calendar.key_of(following) if calendar.first_day(following) <= cube.today else "",
        rows=sheet.rows,
        more=sheet.more,
        state=state.value,
        state_label=str(state.label),
        may_restate=scope.may(Act.RESTATE_VALUES, unit=unit),
        known_seq=asked.known_seq or cube.seq,
        draft=draft,
        elsewhere=() if sheet.rows else _elsewhere(cube, shown, unit=unit, scope=scope),
        is_contested=is_contested,
    )


def _elsewhere(
    cube: KnownCube, shown: GrainPeriod, *, unit: str, scope: Scope
) -> tuple[tuple[str, str, int], ...]:
    """The units below that owe something in this period: key, name, how many values."""
    counts = np.zeros(len(cube.book.units), dtype=np.int64)
    for each in owing(cube, natives_in(cube.cube.timeline.calendar, shown)):
        counts += each.owed
    names: Mapping[str, str] = {each.key: each.name for each in cube.book.definitions.units}
    below = cube.book.units.below(unit).keys
    found = ((key, names[key], int(counts[cube.book.units.index(key)])) for key in below if scope.sees(key))
    return tuple(each for each in found if each[2])[:MOST_UNITS]


def _told(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j M, H:i")
