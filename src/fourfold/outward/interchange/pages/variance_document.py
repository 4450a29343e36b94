"""Execution or strategy: the verdict on a variance, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from fourfold.outward.interchange.pages.named import About, about, number
from fourfold.outward.interchange.pages.prices_told import PricesTold, prices_told
from fourfold.platform.accounts.scope import Scope
from fourfold.practices.finance.pages.variance_page import VariancePage
from fourfold.practices.finance.pages.variance_reading import read_variance
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst

__all__ = ["VarianceDocument", "variance_document"]


@dataclass(frozen=True, slots=True)
class VarianceStep:
    """One node of the decision path; `is_reached` false: nothing hangs on it."""

    name: str
    question: str
    answer: str
    evidence: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class VariancePart:
    """A part of the variance: a driver's, estimated with its interval at 95 %, or one from outside."""

    name: str
    measure: str | None
    kind: Literal["driver", "outside", "residual"]
    part: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class VarianceDocument:
    """A measure against its target; without steps `reason` says why there is no verdict."""

    format: Literal["fourfold.variance/1"]
    about: About
    known_on: date | None
    value: float | None
    target: float | None
    verdict: str
    verdict_words: str
    advice: str
    opens_review: bool
    reason: str
    is_market_known: bool
    steps: tuple[VarianceStep, ...]
    parts: tuple[VariancePart, ...]
    skipped: tuple[str, ...]
    prices: PricesTold


def variance_document(
    asked: AskedAgainst, *, prices: Against | None = None, scope: Scope, at: datetime
) -> VarianceDocument:
    """As the page reads it; `prices` is what price, volume and mix are held against.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    page = read_variance(asked, prices=prices, scope=scope, at=at)
    return VarianceDocument(
        format="fourfold.variance/1",
        about=about(page.place, key=page.key, name=page.name, form=page.format, period=asked.place.period),
        known_on=page.known.day,
        value=number(page.value),
        target=number(page.target),
        verdict=page.verdict_code,
        verdict_words=page.verdict,
        advice=page.advice,
        opens_review=page.opens_review,
        reason=page.reason,
        is_market_known=page.is_market_known,
        steps=tuple(
            VarianceStep(each.name, each.question, each.answer, each.evidence, each.is_reached)
            for each in page.steps
        ),
        parts=_parts(page) if page.has_verdict else (),
        skipped=page.skipped,
        prices=prices_told(page.prices),
    )


def _parts(page: VariancePage) -> tuple[VariancePart, ...]:
    outside = [VariancePart(row.name, None, "outside", number(row.part), None, None) for row in page.outside]
    drivers = [
        VariancePart(row.name, row.measure, "driver", number(row.part), number(row.low), number(row.high))
        for row in page.parts
    ]
    rest = VariancePart(page.residual_name, None, "residual", number(page.residual), None, None)
    return (*outside, *drivers, rest)
