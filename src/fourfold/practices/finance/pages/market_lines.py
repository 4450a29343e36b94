"""A choice of the measures that tell of a market, as its readers see it."""

from __future__ import annotations

from fourfold.engine.calendar import PeriodUnknown
from fourfold.engine.evaluate import Evaluation
from fourfold.practices.finance.pages.leaf_names import leaf_format, measure_names
from fourfold.practices.finance.pages.market_sentences import choice_sentence
from fourfold.practices.finance.pages.variance_page import MarketLine
from fourfold.practices.finance.queries.market_choices import ChosenMarket

__all__ = ["market_line"]


def market_line(evaluation: Evaluation, choice: ChosenMarket | None, *, measure: str) -> MarketLine | None:
    """None where nothing was ever chosen."""
    if choice is None:
        return None
    calendar = evaluation.book.timeline.calendar
    try:
        since = calendar.label(calendar.parse(choice.first))
    except PeriodUnknown:  # the calendar was another one when it was chosen
        since = choice.first
    names, form = measure_names(evaluation), leaf_format(evaluation, measure)
    return MarketLine(
        since=since,
        what=choice_sentence(choice, names=names, form=form),
        reason=choice.reason,
        author=choice.author,
        recorded_at=choice.recorded_at,
    )
