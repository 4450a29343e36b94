"""A measure looked at in a unit and period, to be held against another: what the practices' pages begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Measure
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.reading import known_by_day, moment_of
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.sight import measure_in_sight

__all__ = ["AskedAgainst", "MeasureSeen", "measure_seen"]


@dataclass(frozen=True, slots=True)
class AskedAgainst:
    """What an address asks for: whose number, held against what, and as known when (empty: now)."""

    measure: str
    place: Place
    against: Against = Against.BEFORE
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class MeasureSeen:
    """The measure and all it reads, evaluated for the unit and those directly below, while the cube holds still.

    `moment` is when all this was known, None: now.
    """

    measure: Measure
    evaluation: Evaluation
    cube: Cube
    unit: str
    shown: GrainPeriod
    moment: datetime | None


@contextmanager
def measure_seen(asked: AskedAgainst, *, scope: Scope, at: datetime) -> Iterator[MeasureSeen]:
    """Look; holds the process's lock. One query where nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    moment = moment_of(asked.as_of, at=at)
    with known_by_day(at, moment, day=asked.as_of) as cube:
        unit = visible_unit(cube.book, asked.place.unit, scope=scope)
        measure = measure_in_sight(cube.book.definitions, asked.measure, scope=scope)
        shown = grain_period(cube.book, asked.place.period)
        evaluation = evaluate(
            cube.book,
            cube.cube,
            grains=(shown.grain,),
            unit=unit,
            measures=(asked.measure,),
            depth=1,
            rollups=False,
        )
        if not evaluation.has(shown):
            raise PeriodNotCovered(period=asked.place.period)
        yield MeasureSeen(measure, evaluation, cube.cube, unit, shown, moment)
