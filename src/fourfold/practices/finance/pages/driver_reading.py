"""One call per answer about a driver tree: the page, its waterfall, its table."""

from __future__ import annotations

from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.practices.finance.pages.driver_building import driver_page
from fourfold.practices.finance.pages.driver_page import DriverPage
from fourfold.practices.finance.queries.looking import looked_at
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst

__all__ = ["read_drivers"]


def read_drivers(asked: AskedAgainst, *, leaf: str = "", scope: Scope, at: datetime) -> DriverPage:
    """The driver tree of a measure in a unit and period. One query where nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    visible = None if scope.sees_everything else scope.unit_keys
    with looked_at(asked, scope=scope, at=at) as looked:
        return driver_page(looked, leaf=leaf, visible=visible)
