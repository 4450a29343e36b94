"""Which measures were chosen as the market behind one, who may choose, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fourfold.engine.book import Book
from fourfold.engine.calendar import FiscalCalendar, PeriodUnknown
from fourfold.engine.definitions import Measure, MeasureVersion
from fourfold.engine.quantities import AggregationKind
from fourfold.governance.signals.queries.deciding import may_decide
from fourfold.platform.accounts.scope import Scope
from fourfold.practices.finance.models import MarketChoice, MarketKind
from fourfold.scorecard.evaluation.queries.sight import units_in_sight

__all__ = [
    "Candidates",
    "ChosenMarket",
    "MarketKind",
    "candidates",
    "choices_of",
    "may_choose",
    "version_now",
]


@dataclass(frozen=True, slots=True)
class ChosenMarket:
    """One choice as pages show it."""

    kind: MarketKind
    first: str
    size: str
    share: str
    margin: float | None
    other: str
    reason: str
    author: str
    recorded_at: datetime

    def begins(self, calendar: FiscalCalendar) -> date:
        """The day it counts from; from ever on where the calendar knows the period no more."""
        try:
            return calendar.first_day(calendar.parse(self.first))
        except PeriodUnknown:
            return date.min


def choices_of(measure: str, *, scope: Scope, as_of: datetime | None = None) -> tuple[ChosenMarket, ...]:
    """All that was ever chosen for the measure, or by a moment, oldest first. One query."""
    rows = MarketChoice.objects.visible_to(scope).filter(measure=measure).select_related("author")
    if as_of is not None:
        rows = rows.filter(recorded_at__lte=as_of)
    return tuple(
        ChosenMarket(
            kind=MarketKind(row.kind),
            first=row.first_period,
            size=row.size,
            share=row.share,
            margin=row.margin,
            other=row.other,
            reason=row.reason,
            author=row.author.name,
            recorded_at=row.recorded_at,
        )
        for row in rows.order_by("pk")
    )


def may_choose(book: Book, measure: Measure, *, scope: Scope) -> bool:
    """Whoever decides on the measure's limits where it is declared: the choice holds there and below."""
    return may_decide(version_now(book, measure.key), unit=measure.units.unit, scope=scope)


def version_now(book: Book, key: str) -> MeasureVersion:
    """What a measure means today; before its first day, what it will mean."""
    return book.version_on(key, day=book.today) or book.measure(key).versions[0]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The measures that may tell of a market, in listed order."""

    size: tuple[Measure, ...]
    share: tuple[Measure, ...]
    other: tuple[Measure, ...]


def candidates(book: Book, key: str, *, scope: Scope) -> Candidates:
    """Those in sight, by what they are: all taken as often as the outcome; sizes are no quotients, shares are in per
    cent, and what currency and prices did is a sum in the outcome's own unit of measure.
    """
    outcome, readable = version_now(book, key), units_in_sight(book.definitions, scope)
    others = [
        (measure, version_now(book, measure.key))
        for measure in book.definitions.measures
        if measure.key != key and measure.retired_on is None and measure.units.unit in readable
    ]
    alike = [(measure, version) for measure, version in others if version.frequency is outcome.frequency]
    return Candidates(
        size=tuple(m for m, v in alike if not v.kind.has_denominator and v.unit_of_measure != "%"),
        share=tuple(m for m, v in alike if v.unit_of_measure == "%"),
        other=tuple(
            m
            for m, v in alike
            if v.kind is AggregationKind.FLOW and v.unit_of_measure == outcome.unit_of_measure
        ),
    )
