"""Where a page is: a unit and a period by their keys, and what is seen from there at the ledger's head."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import Evaluation, evaluate, last_complete
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, root_unit, visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["NotFounded", "Place", "Seen", "home_of", "looking"]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and a period by their keys, as an address names them."""

    unit: str
    period: str


def home_of(scope: Scope, *, at: datetime) -> Place:
    """Where somebody starts: their first role's unit at its last complete month.

    Raises:
        NotFounded, OutOfScope.
    """
    with known(at) as cube:
        unit = visible_unit(cube.book, scope.home or root_unit(), scope=scope)
        period = last_complete(cube.book, cube.cube, unit=unit)
        return Place(unit, cube.book.timeline.calendar.key_of(period))


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit's evaluation at the shown grain, and the units the viewer may go to."""

    evaluation: Evaluation
    shown: GrainPeriod
    visible: frozenset[str] | None


@contextmanager
def looking(scope: Scope, place: Place, *, at: datetime, depth: int | None = None) -> Iterator[Seen]:
    """Hold the cube while a page is read from it; a period outside it is refused."""
    with known(at) as cube:
        unit = visible_unit(cube.book, place.unit, scope=scope)
        shown = grain_period(cube.book, place.period)
        evaluation = evaluate(cube.book, cube.cube, grains=(shown.grain,), unit=unit, depth=depth)
        try:
            yield Seen(evaluation, shown, None if scope.sees_everything else scope.unit_keys)
        except IndexError as outside:
            raise PeriodNotCovered(period=place.period) from outside
