"""One call per answer about a measure: the page, its rows, its chart, its table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import known_closing, known_organisation
from fourfold.platform.refusals import Refusal
from fourfold.platform.ui.components import change_between
from fourfold.scorecard.evaluation.pages.measure.building import MeasurePlace, measure_numbers, measure_page
from fourfold.scorecard.evaluation.pages.measure.history import LENGTHS, MeasureHistory
from fourfold.scorecard.evaluation.pages.measure.marked_points import with_marked_points
from fourfold.scorecard.evaluation.pages.measure.numbers import MeasureNumbers
from fourfold.scorecard.evaluation.pages.measure.observation_lines import (
    PAGE_LENGTH,
    ObservationList,
    ledger_place,
    observation_list,
    operands,
)
from fourfold.scorecard.evaluation.pages.measure.page import KnownThen, MeasurePage, Restatement
from fourfold.scorecard.evaluation.pages.measure.periods import measure_history
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube
from fourfold.scorecard.evaluation.queries.sight import units_in_sight
from fourfold.scorecard.measures.models import MeasureUnknown
from fourfold.scorecard.measures.queries.observation_pages import LedgerPage, observation_page, restated_at

__all__ = [
    "AsOfMalformed",
    "Asked",
    "NothingKnownYet",
    "moment_of",
    "read_history",
    "read_measure",
    "read_observations",
]


class AsOfMalformed(Refusal):
    code, status = "AS_OF_MALFORMED", 422
    sentence = _("“{text}” is not a day.")
    remedy = _("Write the day as 2026-08-16.")


class NothingKnownYet(Refusal):
    code, status = "NOTHING_KNOWN_YET", 404
    sentence = _("Nothing was known on {day} yet.")
    remedy = _("Choose a later day.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: whose number, how many periods of history, and as known when (empty: now)."""

    measure: str
    place: Place
    length: int = LENGTHS[1]
    as_of: str = ""

    @property
    def periods(self) -> int:
        """The offered length nearest to what was asked."""
        return min(LENGTHS, key=lambda offered: (abs(offered - self.length), offered))

    @property
    def query(self) -> str:
        """What the addresses of the page's parts say beside their place."""
        said = {"periods": str(self.periods), **({"as_of": self.as_of} if self.as_of else {})}
        return urlencode(said)


@dataclass(frozen=True, slots=True)
class _Found:
    """The measure evaluated where it was asked for, while the cube holds still."""

    cube: KnownCube
    evaluation: Evaluation
    place: MeasurePlace
    moment: datetime | None

    @property
    def as_of_seq(self) -> int | None:
        return None if self.moment is None else self.cube.seq


def read_measure(scope: Scope, asked: Asked, *, at: datetime, start: int = 0) -> MeasurePage:
    """The page of a measure as known now, or on the day asked for beside what is known now.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed,
        NothingKnownYet.
    """
    visible = None if scope.sees_everything else scope.unit_keys
    with _evaluated(scope, asked, at=at) as found:
        page = measure_page(found.evaluation, found.place, length=asked.periods, visible=visible)
        numbers = measure_numbers(found.evaluation, found.place)
        restated = _restatements(numbers, scope)
        observed = _observed(numbers, scope, start=start, as_of_seq=found.as_of_seq)
        day = None if found.moment is None else found.cube.today
    known_then = None if day is None else _beside_now(scope, asked, page=page, day=day, at=at)
    history = with_marked_points(page.history, asked.measure, place=asked.place, scope=scope, at=at)
    return replace(
        page,
        history=history,
        known_then=known_then,
        restatements=restated,
        observed=observed,
    )


def read_observations(scope: Scope, asked: Asked, *, start: int, at: datetime) -> ObservationList:
    """Some of the rows behind the number; for a computed measure, what it is computed from.

    Raises:
        As `read_measure`.
    """
    with _evaluated(scope, asked, at=at) as found:
        numbers = measure_numbers(found.evaluation, found.place)
        return _observed(numbers, scope, start=start, as_of_seq=found.as_of_seq)


def read_history(scope: Scope, asked: Asked, *, at: datetime) -> MeasureHistory:
    """The periods of the chart and the table.

    Raises:
        As `read_measure`.
    """
    with _evaluated(scope, asked, at=at) as found:
        history = measure_history(measure_numbers(found.evaluation, found.place), length=asked.periods)
    return with_marked_points(history, asked.measure, place=asked.place, scope=scope, at=at)


def _observed(numbers: MeasureNumbers, scope: Scope, *, start: int, as_of_seq: int | None) -> ObservationList:
    if read := operands(numbers):
        return observation_list(LedgerPage((), 0, 0), numbers=numbers, operands=read)
    where = ledger_place(numbers, as_of_seq=as_of_seq)
    page = observation_page(where, scope=scope, start=max(0, start), at_most=PAGE_LENGTH)
    return observation_list(page, numbers=numbers, closing=known_closing(upto_seq=as_of_seq))


def _restatements(numbers: MeasureNumbers, scope: Scope) -> tuple[Restatement, ...]:
    """The days on which the number's own rows changed, the latest first; each once."""
    if operands(numbers):
        return ()
    zone = ZoneInfo(numbers.seen.evaluation.book.definitions.organisation.time_zone)
    moments = restated_at(ledger_place(numbers, as_of_seq=None), scope=scope)
    days = dict.fromkeys(moment.astimezone(zone).date() for moment in moments)
    return tuple(Restatement(day, day - timedelta(days=1)) for day in days)


@contextmanager
def _evaluated(scope: Scope, asked: Asked, *, at: datetime) -> Iterator[_Found]:
    moment = moment_of(asked.as_of, at=at)
    with known_by_day(at, moment, day=asked.as_of) as cube:
        unit = visible_unit(cube.book, asked.place.unit, scope=scope)
        readable = units_in_sight(cube.book.definitions, scope)
        measures = {each.key for each in cube.book.definitions.measures if each.units.unit in readable}
        if asked.measure not in measures:  # one that others declare is not even known to be there
            raise MeasureUnknown(key=asked.measure)
        shown = grain_period(cube.book, asked.place.period)
        evaluation = evaluate(
            cube.book, cube.cube, grains=(shown.grain,), unit=unit, measures=(asked.measure,)
        )
        if not evaluation.has(shown):
            raise PeriodNotCovered(period=asked.place.period)
        yield _Found(cube, evaluation, MeasurePlace(asked.measure, unit, shown), moment)


@contextmanager
def known_by_day(at: datetime, moment: datetime | None, *, day: str) -> Iterator[KnownCube]:
    """The cube now or then; a day before the founding is refused as such, not as an empty installation."""
    with ExitStack() as held:
        try:
            cube = held.enter_context(known(at, as_of=moment))
        except NotFounded as unfounded:
            if moment is None:
                raise
            raise NothingKnownYet(day=day) from unfounded
        yield cube


def moment_of(text: str, *, at: datetime) -> datetime | None:
    """The last instant of the day in the organisation's zone; None for an empty text.

    Raises:
        AsOfMalformed.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as malformed:
        raise AsOfMalformed(text=text) from malformed
    zone = ZoneInfo(known_organisation().time_zone)
    # No later than tomorrow: what is to come is not known, and the last days of the calendar leave no room for a zone.
    return datetime.combine(min(day, at.date() + timedelta(days=1)), time.max, tzinfo=zone)


def _beside_now(scope: Scope, asked: Asked, *, page: MeasurePage, day: date, at: datetime) -> KnownThen:
    with _evaluated(scope, replace(asked, as_of=""), at=at) as found:
        numbers = measure_numbers(found.evaluation, found.place)
        return _known_then(numbers, page=page, day=day, today=found.cube.today)


def _known_then(numbers: MeasureNumbers, *, page: MeasurePage, day: date, today: date) -> KnownThen:
    then, unit = page.figure.value, numbers.seen.unit
    now = numbers.number(numbers.results.value, unit)
    change = change_between(
        then,
        now,
        polarity=numbers.version.goal.polarity,
        decimals=numbers.version.decimals,
        unit_of_measure=numbers.version.unit_of_measure,
    )
    share = None if then is None or now is None or now == 0.0 else 100.0 * (then - now) / abs(now)
    return KnownThen(
        day=day,
        today=today,
        now=now,
        now_mark=numbers.mark(unit),
        now_score=numbers.number(numbers.results.score, unit),
        is_restated=then != now,
        change=change,
        share=share,
    )
