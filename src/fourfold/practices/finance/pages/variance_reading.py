"""One call per answer about a variance: the page, its waterfall, its table."""

from __future__ import annotations

from datetime import datetime

from fourfold.governance.signals.pages.reading import read_standings
from fourfold.platform.accounts.scope import Scope
from fourfold.practices.finance.pages.variance_building import variance_page
from fourfold.practices.finance.pages.variance_page import VariancePage
from fourfold.practices.finance.queries.looking import Asked, looked_at
from fourfold.practices.finance.queries.market import MarketGiven

__all__ = ["MarketGiven", "read_variance"]


def read_variance(
    asked: Asked, *, scope: Scope, at: datetime, market: MarketGiven | None = None
) -> VariancePage:
    """The variance of a measure in a unit and period. Three queries where nothing changed.

    Args:
        market: what the reader knows of the market; None: nothing.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere.
    """
    visible = None if scope.sees_everything else scope.unit_keys
    with looked_at(asked, scope=scope, at=at) as looked:
        period = looked.evaluation.book.timeline.calendar.key_of(looked.shown)
        standings = read_standings(
            [asked.measure], unit=looked.unit, period=period, as_of="", scope=scope, at=at
        )
        standing = standings.get(asked.measure)
        is_signal = None if standing is None else standing.variation.is_special
        return variance_page(
            looked, is_signal=is_signal, outside=market.parts if market else None, visible=visible
        )
