"""The scorecard, read at the ledger's head."""

from __future__ import annotations

from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.place import Place, looking
from fourfold.scorecard.evaluation.pages.scorecard.building import EVERYTHING, scorecard_page
from fourfold.scorecard.evaluation.pages.scorecard.filters import Wanted
from fourfold.scorecard.evaluation.pages.scorecard.page import ScorecardPage

__all__ = ["read_scorecard"]


def read_scorecard(scope: Scope, place: Place, *, at: datetime, wanted: Wanted = EVERYTHING) -> ScorecardPage:
    """The scorecard of a unit and period as known now.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with looking(scope, place, at=at, depth=1) as seen:
        return scorecard_page(
            seen.evaluation, unit=place.unit, shown=seen.shown, wanted=wanted, visible=seen.visible
        )
