"""Why a computed measure moved: exact parts, and estimated ones behind a leaf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from fourfold.outward.interchange.pages.named import About, about, number
from fourfold.platform.accounts.scope import Scope
from fourfold.practices.finance.pages.driver_page import DriverPage, EstimatedCard
from fourfold.practices.finance.pages.driver_reading import read_drivers
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst

__all__ = ["DriversDocument", "drivers_document"]


@dataclass(frozen=True, slots=True)
class DriverPart:
    """One leaf of the tree; `part` is in the unit of the whole. `error` tells how sure a sampled part is."""

    name: str
    measure: str | None
    before: float | None
    after: float | None
    unit_of_measure: str
    part: float | None
    kind: Literal["exact", "sampled"]
    error: str


@dataclass(frozen=True, slots=True)
class EstimatedPart:
    """One linked measure's estimated part with its interval at 95 %."""

    name: str
    measure: str
    lag: str
    elasticity: str
    part: float | None
    low: float | None
    high: float | None
    points: int


@dataclass(frozen=True, slots=True)
class EstimatedParts:
    """What may stand behind the opened leaf; the rest is unexplained."""

    measure: str
    reason: str
    sentence: str
    warning: str
    unexplained: float | None
    parts: tuple[EstimatedPart, ...]
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DriversDocument:
    """The driver tree of a measure; without parts `reason` says why."""

    format: Literal["fourfold.drivers/1"]
    about: About
    known_on: date | None
    against: str
    before_label: str
    after_label: str
    before: float | None
    after: float | None
    formula: str
    method: str
    reason: str
    sentences: tuple[str, ...]
    parts: tuple[DriverPart, ...]
    estimated: EstimatedParts | None


def drivers_document(asked: AskedAgainst, *, leaf: str = "", scope: Scope, at: datetime) -> DriversDocument:
    """One query where nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    page = read_drivers(asked, leaf=leaf, scope=scope, at=at)
    return DriversDocument(
        format="fourfold.drivers/1",
        about=about(page.place, key=page.key, name=page.name, form=page.format, period=asked.place.period),
        known_on=page.known.day,
        against=page.against,
        before_label=page.before_label,
        after_label=page.after_label,
        before=number(page.before),
        after=number(page.after),
        formula=page.formula,
        method=page.method,
        reason=page.reason,
        sentences=page.sentences,
        parts=_parts(page),
        estimated=_estimated(page.estimated) if page.estimated else None,
    )


def _parts(page: DriverPage) -> tuple[DriverPart, ...]:
    return tuple(
        DriverPart(
            name=row.name,
            measure=row.measure or None,
            before=number(row.before),
            after=number(row.after),
            unit_of_measure=row.format.unit_of_measure,
            part=number(row.part),
            kind="sampled" if row.error else "exact",
            error=row.error,
        )
        for row in page.rows
    )


def _estimated(card: EstimatedCard) -> EstimatedParts:
    return EstimatedParts(
        measure=card.measure,
        reason=card.reason,
        sentence=card.sentence,
        warning=card.warning,
        unexplained=number(card.unexplained_part),
        parts=tuple(
            EstimatedPart(
                row.name,
                row.measure,
                row.lag,
                row.elasticity,
                number(row.part),
                number(row.low),
                number(row.high),
                row.points,
            )
            for row in card.rows
        ),
        skipped=card.skipped,
    )
