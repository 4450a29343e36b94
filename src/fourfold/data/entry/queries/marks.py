"""What entering and closing show on the scorecard's pages: how final a figure is, notes, and the way to the grid."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fourfold.data.entry.models import ObservationNote
from fourfold.data.entry.queries.board import BADGES
from fourfold.data.entry.queries.owing import natives_until, owing
from fourfold.data.entry.queries.restatements import pending_of_measures
from fourfold.engine.calendar import FiscalCalendar, Frequency, Grain, GrainPeriod, Period, PeriodUnknown
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import known_people
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded, PeriodState
from fourfold.platform.periods.queries import Closing, known_closing, known_organisation
from fourfold.platform.ui.slots import SlotContent, SlotPlace
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.measures.models import MeasureVersion, Observation, ReleaseStatus

__all__ = ["entry_actions", "period_chips", "period_marks", "release_marks", "value_panels"]

RECENT_NOTES = 5
RESTATED = "R"
ROWS_AT_ONCE = 20_000
"""SQLite takes 32,766 parameters in a statement; an import may have restated more rows than that."""


@dataclass(frozen=True, slots=True)
class _Here:
    """The unit and the calendar a page stands on."""

    calendar: FiscalCalendar
    path: str
    closing: Closing
    scope: Scope

    @property
    def below(self) -> tuple[str, str]:
        """The paths of the unit and everything below it."""
        return self.path, self.path.removesuffix("/") + "/\uffff"

    def state(self, page: GrainPeriod) -> PeriodState:
        """The least final of a page's months: a quarter is final once all of it is."""
        months = _months(self.calendar, page)
        return min(
            (self.closing.state(month, path=self.path) for month in months), key=lambda each: each.rank
        )


def release_marks(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """F, P, ✓ or R beside the figures of one page; nothing while the period is open. At most five queries."""
    here, page = _here(place)
    if here is None or page is None:
        return {}
    state = here.state(page)
    restated = _restated(keys, [page], here)
    marks = {key: _mark(state, is_restated=bool(restated.get(key))) for key in keys}
    return {key: mark for key, mark in marks.items() if mark is not None}


def period_marks(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The same for `measure@period`, a table of periods. At most five queries."""
    here, _page = _here(place)
    if here is None or not keys:
        return {}
    measure = keys[0].partition("@")[0]
    pages = {
        key: page for key in keys if (page := _page_of(here.calendar, key.partition("@")[2])) is not None
    }
    restated = _restated([measure], list(pages.values()), here).get(measure, set())
    marks = {key: _mark(here.state(page), is_restated=page in restated) for key, page in pages.items()}
    return {key: mark for key, mark in marks.items() if mark is not None}


def period_chips(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """How far the shown period is closed, at the head of a unit's scorecard, with the way to the board."""
    here, page = _here(place)
    if here is None or page is None:
        return {}
    state = here.state(page)
    month = here.calendar.key_of(here.calendar.page_of(Grain.MONTH, here.calendar.last_day(page)))
    values = {
        "state": state.value,
        "label": state.label,
        "badge": BADGES[state],
        "month": month,
        "text": state.label,
    }
    return {key: SlotContent("entry/_chip.html", {**values, "unit": key}) for key in keys}


def value_panels(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The last notes on a measure's values here and below, and restatements that wait. Six queries."""
    here, _page = _here(place)
    if here is None or place.as_of:
        return {}
    pending = pending_of_measures(keys, place.unit, scope=place.scope)
    names = {person.key: person.name for person in known_people()}
    panels = {}
    for key in keys:
        notes = _notes(key, place, here=here, names=names)
        if notes or key in pending:
            values = {"notes": notes, "pending": pending.get(key, [])}
            panels[key] = SlotContent("entry/_panel.html", values)
    return panels


def entry_actions(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """“Enter a value”, where the measure is entered at this unit and the person may."""
    if place.at is None or place.as_of or place.scope.person_id is None:
        return {}
    with known(place.at) as cube:
        page = _page_of(cube.cube.timeline.calendar, place.period)
        if page is None or place.unit not in cube.book.units.positions:
            return {}
        at = cube.book.units.index(place.unit)
        entered = {
            cube.book.definitions.measures[each.line.rule.measure].key: each.line.rule.version
            for each in owing(cube, natives_until(cube.cube.timeline.calendar, page, count=1))
            if each.owed[at]
        }
        return {
            key: SlotContent(
                "entry/_action.html", {"measure": key, "unit": place.unit, "period": place.period}
            )
            for key in keys
            if key in entered
            and place.scope.may(
                Act.ENTER_VALUES, unit=place.unit, assigned=(entered[key].owner, entered[key].steward)
            )
        }


def _here(place: SlotPlace) -> tuple[_Here | None, GrainPeriod | None]:
    """Once a page; four queries at most. Nothing for a page of the past: its state is another."""
    if "entry" not in place.kept:
        place.kept["entry"] = _looked_up(place)
    found: tuple[_Here | None, GrainPeriod | None] = place.kept["entry"]
    return found


def _looked_up(place: SlotPlace) -> tuple[_Here | None, GrainPeriod | None]:
    if place.as_of:
        return None, None
    unit = Unit.objects.visible_to(place.scope).filter(key=place.unit).values_list("path", flat=True).first()
    if unit is None:
        return None, None
    try:
        calendar = known_organisation().calendar
    except NotFounded:
        return None, None
    return _Here(calendar, unit, known_closing(), place.scope), _page_of(calendar, place.period)


def _page_of(calendar: FiscalCalendar, period: str) -> GrainPeriod | None:
    try:
        return calendar.parse_grain(period)
    except PeriodUnknown:
        return None


def _months(calendar: FiscalCalendar, page: GrainPeriod) -> Iterable[int]:
    if page.grain is Grain.YTD:
        year = calendar.containing(page.period, Frequency.YEAR)
        return range(calendar.inside(year, Frequency.MONTH).start, page.ordinal + 1)
    if page.period.frequency.is_coarser_than(Frequency.MONTH):
        return calendar.inside(page.period, Frequency.MONTH)
    return [calendar.page_of(Grain.MONTH, calendar.last_day(page)).ordinal]


def _restated(
    measures: Collection[str], pages: Sequence[GrainPeriod], here: _Here
) -> dict[str, set[GrainPeriod]]:
    """Which pages hold a restated value, by measure. Three queries at most, one where nothing was ever restated."""
    # The restated rows alone first, from their small index: asked for the viewer's units at the same time, SQLite
    # goes through all rows of these units instead (12 million: a minute).
    restated = Observation.objects.filter(measure__key__in=list(measures)).extra(
        where=["measures_observation.release_status = 'R'"]
    )
    if not (known := list(restated.values_list("pk", flat=True))):
        return {}
    found: dict[str, set[GrainPeriod]] = {}
    listed = set(_in_sight(known, here))
    if not listed:
        return found
    frequency = _known_frequencies({row[1] for row in listed})
    for key, pk, series, period in listed:
        for page in pages:
            if period in _natives(here.calendar, page, frequency[pk, series]):
                found.setdefault(key, set()).add(page)
    return found


def _in_sight(known: Sequence[int], here: _Here) -> Iterator[tuple[str, int, int, int]]:
    """Key, measure, series and period of these rows, as far as they are seen; one query for very many of them."""
    for start in range(0, len(known), ROWS_AT_ONCE):
        yield from (
            Observation.objects.visible_to(here.scope)
            .filter(pk__in=known[start : start + ROWS_AT_ONCE], unit__path__range=here.below)
            .values_list("measure__key", "measure_id", "series", "period")
            .distinct()
        )


def _natives(calendar: FiscalCalendar, page: GrainPeriod, frequency: Frequency) -> range:
    first, last = calendar.first_day(page), calendar.last_day(page)
    return range(
        calendar.period_of(frequency, first).ordinal, calendar.period_of(frequency, last).ordinal + 1
    )


def _mark(state: PeriodState, *, is_restated: bool) -> SlotContent | None:
    if is_restated:
        return SlotContent(
            "entry/_mark.html", {"badge": RESTATED, "name": "restated", "label": _("Restated")}
        )
    if state is PeriodState.OPEN:
        return None
    return SlotContent(
        "entry/_mark.html", {"badge": BADGES[state], "name": state.value, "label": state.label}
    )


def _notes(
    key: str, place: SlotPlace, *, here: _Here, names: Mapping[str, str]
) -> list[Mapping[str, object]]:
    rows = ObservationNote.objects.visible_to(place.scope).filter(
        observation__measure__key=key, observation__unit__path__range=here.below
    )
    listed = list(rows.select_related("observation__unit").order_by("-pk")[:RECENT_NOTES])
    frequency = _known_frequencies({row.observation.measure_id for row in listed})
    return [
        {
            "text": row.text,
            "person": names.get(row.person_key, row.person_key),
            "at": row.at,
            "unit": row.observation.unit.name,
            "period": here.calendar.label(
                Period(frequency[row.observation.measure_id, row.observation.series], row.observation.period)
            ),
            "release": ReleaseStatus(row.observation.release_status).label,
        }
        for row in listed
    ]


def _known_frequencies(measures: Collection[int]) -> dict[tuple[int, int], Frequency]:
    """How often each series of these measures is taken: wording, no value."""
    rows = MeasureVersion.objects.filter(measure_id__in=measures)
    named = rows.values_list("measure_id", "series", "frequency")
    return {(measure, series): Frequency(name) for measure, series, name in named}
