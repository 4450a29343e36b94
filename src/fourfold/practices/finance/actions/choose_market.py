"""Say which measures tell what the market did to another one (METHOD M4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.book import Book
from fourfold.engine.calendar import PeriodUnknown
from fourfold.engine.definitions import Measure
from fourfold.governance.annotations.actions.saying import required, speaker
from fourfold.governance.signals.actions.deciding import PeriodOutside
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.practices.finance.actions.events import MarketChosen
from fourfold.practices.finance.models import MarketChoice, MarketKind
from fourfold.practices.finance.queries.market_choices import candidates, may_choose, version_now
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.sight import measure_in_sight

__all__ = ["MarketIncomplete", "MarketMeasureUnfit", "MarketWanted", "choose_market"]


class MarketIncomplete(Refusal):
    code, status = "MARKET_INCOMPLETE", 422
    sentence = _("The market's size, one's own share and what one piece sold adds belong together.")
    remedy = _("Choose all three, or say that nothing from outside moves the measure.")


class MarketMeasureUnfit(Refusal):
    code, status = "MARKET_MEASURE_UNFIT", 422
    sentence = _("“{key}” cannot tell this of the market.")
    remedy = _("Choose one of the measures that the form offers: taken as often, and in the unit it needs.")


@dataclass(frozen=True, slots=True)
class MarketWanted:
    """From which period on, told by which measures (empty: none), what one piece sold adds, and why."""

    kind: MarketKind
    period: str
    reason: str
    size: str = ""
    share: str = ""
    margin: float | None = None
    other: str = ""


@transaction.atomic
def choose_market(measure: str, *, wanted: MarketWanted, scope: Scope, at: datetime) -> int:
    """It holds for every unit from its period on, until somebody chooses again.

    Raises:
        NotFounded, MeasureUnknown, NotPermitted, TextMissing, TextTooLong, PeriodOutside, and the refusals above.
    """
    author, reason = speaker(scope), required(wanted.reason)
    with known(at) as cube:
        book = cube.book
        _require_to_choose(book, measure_in_sight(book.definitions, measure, scope=scope), scope=scope)
        period = _period(book, measure, wanted.period)
        _check(book, measure, wanted, scope=scope)
    named = (wanted.size, wanted.share, wanted.margin, wanted.other)
    size, share, margin, other = named if wanted.kind is MarketKind.MEASURED else ("", "", None, "")
    row = MarketChoice.objects.create(
        measure=measure,
        kind=wanted.kind,
        first_period=period,
        size=size,
        share=share,
        margin=margin,
        other=other,
        reason=reason,
        author_id=author,
        recorded_at=at,
    )
    event = MarketChosen(
        f"measure/{measure}",
        kind=wanted.kind.value,
        period=period,
        size=size,
        share=share,
        margin=margin,
        other=other,
        reason=reason,
    )
    audit.record(event, scope=scope, at=at)
    return row.pk


def _require_to_choose(book: Book, measure: Measure, *, scope: Scope) -> None:
    if not may_choose(book, measure, scope=scope):
        raise NotPermitted(act=Act.DECIDE_LIMITS.value, unit=measure.units.unit)


def _period(book: Book, measure: str, text: str) -> str:
    """The one spelling of a period of the measure's own frequency."""
    calendar = book.timeline.calendar
    try:
        period = calendar.parse(text.strip())
    except PeriodUnknown:
        raise PeriodOutside(period=text) from None
    if period.frequency is not version_now(book, measure).frequency:
        raise PeriodOutside(period=text)
    return calendar.key(period)


def _check(book: Book, measure: str, wanted: MarketWanted, *, scope: Scope) -> None:
    if wanted.kind is not MarketKind.MEASURED:
        return
    numbers = (bool(wanted.size), bool(wanted.share), wanted.margin is not None)
    is_whole = all(numbers) or (not any(numbers) and bool(wanted.other))
    if not is_whole or (wanted.margin is not None and not isfinite(wanted.margin)):
        raise MarketIncomplete
    may = candidates(book, measure, scope=scope)
    for key, measures in ((wanted.size, may.size), (wanted.share, may.share), (wanted.other, may.other)):
        _require_fit(key, measures)


def _require_fit(key: str, measures: Iterable[Measure]) -> None:
    if key and key not in {measure.key for measure in measures}:
        raise MarketMeasureUnfit(key=key)
