"""One call per page: look up the place, evaluate at the ledger's head, make the page's values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.evaluate import evaluate, last_complete
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded
from fourfold.scorecard.evaluation.pages.building import EVERYTHING, scorecard_page
from fourfold.scorecard.evaluation.pages.filters import Wanted
from fourfold.scorecard.evaluation.pages.scorecard_page import ScorecardPage
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, root_unit, visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["NotFounded", "Place", "home_of", "read_scorecard"]


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


def read_scorecard(scope: Scope, place: Place, *, at: datetime, wanted: Wanted = EVERYTHING) -> ScorecardPage:
    """The scorecard of a unit and period as known now.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with known(at) as cube:
        unit = visible_unit(cube.book, place.unit, scope=scope)
        shown = grain_period(cube.book, place.period)
        evaluation = evaluate(cube.book, cube.cube, grains=(shown.grain,), unit=unit, depth=1)
        visible = None if scope.sees_everything else scope.unit_keys
        try:
            return scorecard_page(evaluation, unit=unit, shown=shown, wanted=wanted, visible=visible)
        except IndexError as outside:
            raise PeriodNotCovered(period=place.period) from outside
