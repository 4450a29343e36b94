"""One call per answer about a variance: the page, its waterfall, its table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fourfold.governance.signals.pages.reading import read_standings
from fourfold.platform.accounts.scope import Scope
from fourfold.practices.finance.pages.price_building import price_card
from fourfold.practices.finance.pages.variance_building import variance_page
from fourfold.practices.finance.pages.variance_page import VariancePage
from fourfold.practices.finance.queries.looking import looked_at
from fourfold.practices.finance.queries.market import outside_of
from fourfold.practices.finance.queries.market_choices import choices_of, may_choose
from fourfold.practices.finance.queries.prices import price_split
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.queries.sight import units_in_sight

__all__ = ["read_variance"]


def read_variance(
    asked: AskedAgainst, *, prices: Against | None = None, scope: Scope, at: datetime
) -> VariancePage:
    """The variance of a measure in a unit and period. Four queries where nothing changed.

    Args:
        prices: what price, volume and mix are held against; None: the first that can be, the plan before the past.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    visible = None if scope.sees_everything else scope.unit_keys
    with looked_at(asked, scope=scope, at=at) as looked:
        book = looked.evaluation.book
        period = book.timeline.calendar.key_of(looked.shown)
        standings = read_standings(
            [asked.measure], unit=looked.unit, period=period, as_of=asked.as_of, scope=scope, at=at
        )
        standing = standings.get(asked.measure)
        page = variance_page(
            looked,
            is_signal=None if standing is None else standing.variation.is_special,
            outside=outside_of(looked, choices_of(asked.measure, scope=scope, as_of=looked.moment)),
            prices=price_card(
                looked,
                price_split(looked, prices, readable=units_in_sight(book.definitions, scope)),
            ),
            visible=visible,
        )
        may = not asked.as_of and may_choose(book, looked.measure, scope=scope)
        return replace(page, may_choose_market=may)
