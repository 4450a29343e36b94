"""The page on which somebody says which measures tell of a measure's market."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.calendar import Period
from fourfold.engine.definitions import Measure
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.platform.ui.numbers import plain_digits, unit_label
from fourfold.platform.ui.region import region_now
from fourfold.practices.finance.pages.market_lines import market_line
from fourfold.practices.finance.pages.variance_page import MarketLine
from fourfold.practices.finance.queries.looking import Looked, looked_at
from fourfold.practices.finance.queries.market_choices import (
    ChosenMarket,
    MarketKind,
    candidates,
    choices_of,
    may_choose,
    version_now,
)
from fourfold.scorecard.evaluation.pages.context import PageContext, page_context
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst

__all__ = ["MarketPage", "read_market"]

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MarketPage:
    """What the form needs; `lines` is everything that was ever chosen, the latest first."""

    place: PageContext
    key: str
    name: str
    unit_of_measure: str
    periods: Choices
    sizes: Choices
    shares: Choices
    others: Choices
    initial: Mapping[str, str]
    lines: tuple[MarketLine, ...]


def read_market(asked: AskedAgainst, *, scope: Scope, at: datetime) -> MarketPage:
    """The page, for whoever may choose. Two queries where nothing changed.

    Raises:
        NotPermitted, NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere.
    """
    with looked_at(asked, scope=scope, at=at) as looked:
        book, key = looked.evaluation.book, looked.measure.key
        if not may_choose(book, looked.measure, scope=scope):
            raise NotPermitted(act=Act.DECIDE_LIMITS.value, unit=looked.measure.units.unit)
        chosen, may = choices_of(key, scope=scope), candidates(book, key, scope=scope)
        lines = (market_line(looked.evaluation, choice, measure=key) for choice in reversed(chosen))
        periods = _periods(looked)
        return MarketPage(
            place=page_context(looked.evaluation, unit=looked.unit, shown=looked.shown),
            key=key,
            name=looked.measure.name,
            unit_of_measure=unit_label(version_now(book, key).unit_of_measure),
            periods=periods,
            sizes=_named(may.size),
            shares=_named(may.share),
            others=_named(may.other),
            initial=_initial(chosen[-1] if chosen else None, first=periods[-1][0]),
            lines=tuple(line for line in lines if line is not None),
        )


def _named(measures: tuple[Measure, ...]) -> Choices:
    return tuple((measure.key, measure.name) for measure in measures)


def _periods(looked: Looked) -> Choices:
    """Of the measure's own frequency, the latest first, back to the first that the book lays out."""
    book = looked.evaluation.book
    calendar, frequency = book.timeline.calendar, version_now(book, looked.measure.key).frequency
    ordinals = looked.evaluation.at(looked.shown.grain).ordinals
    first = calendar.first_day(looked.shown.shifted(ordinals.start - looked.shown.ordinal).period)
    span = calendar.ordinals(frequency, first=first, last=max(book.today, first))
    found = [Period(frequency, ordinal) for ordinal in reversed(span)]
    return tuple((calendar.key(period), calendar.label(period)) for period in found)


def _initial(choice: ChosenMarket | None, *, first: str) -> dict[str, str]:
    """What stands now; without a choice, measures from the beginning on."""
    if choice is None:
        return {"kind": MarketKind.MEASURED.value, "period": first}
    margin = "" if choice.margin is None else plain_digits(choice.margin).replace(".", region_now().decimal)
    return {
        "kind": choice.kind.value,
        "period": choice.first,
        "size": choice.size,
        "share": choice.share,
        "margin": margin,
        "other": choice.other,
        "reason": choice.reason,
    }
