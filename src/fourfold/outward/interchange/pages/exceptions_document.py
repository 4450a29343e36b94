"""What deserves attention in a unit now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from fourfold.governance.signals.pages.exceptions_page import ExceptionLine
from fourfold.governance.signals.pages.exceptions_reading import read_exceptions
from fourfold.outward.interchange.pages.named import UnitNamed, number
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.place import Place

__all__ = ["ExceptionsDocument", "exceptions_document"]


@dataclass(frozen=True, slots=True)
class ExceptionTold:
    """One measure with its sentence; `told` says whether the page tells, folds or lists it.

    Where it `leans`, each value is much like the one before it, and its limits are tighter than they should be.
    """

    measure: str
    name: str
    objective: str
    kind: str
    other_kinds: tuple[str, ...]
    told: Literal["told", "folded", "listed"]
    follows_from: str
    sentence: str
    status: str
    value: float | None
    target: float | None
    unit_of_measure: str
    tier: str
    owner: str
    priority: float | None
    leans: bool


@dataclass(frozen=True, slots=True)
class NormalTold:
    """A measure with limits and nothing to report."""

    measure: str
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class ExceptionsDocument:
    """In the page's order; `closing` says how many false alarms are to be expected.

    `known_on` is the past day that it is as known on.
    """

    format: Literal["fourfold.exceptions/1"]
    unit: UnitNamed
    period: str
    known_on: date | None
    latest_points: int
    closing: str
    exceptions: tuple[ExceptionTold, ...]
    normal: tuple[NormalTold, ...]


def exceptions_document(place: Place, *, scope: Scope, at: datetime, as_of: str = "") -> ExceptionsDocument:
    """As the page reads them, as known now or on a day.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    page = read_exceptions(place, scope=scope, at=at, as_of=as_of)
    return ExceptionsDocument(
        format="fourfold.exceptions/1",
        unit=UnitNamed(page.place.unit, page.place.unit_name),
        period=place.period,
        known_on=page.known_on,
        latest_points=page.latest,
        closing=page.closing,
        exceptions=(*_lines(page.lines, told="told"), *_lines(page.rest, told="listed")),
        normal=tuple(NormalTold(each.key, each.name, each.mark.status.value) for each in page.normal),
    )


def _lines(lines: tuple[ExceptionLine, ...], *, told: Literal["told", "listed"]) -> tuple[ExceptionTold, ...]:
    found = []
    for line in lines:
        found.append(_line(line, told=told, follows=line.follows))
        found += [_line(each, told="folded", follows=line.name) for each in line.folded]
    return tuple(found)


def _line(line: ExceptionLine, *, told: Literal["told", "folded", "listed"], follows: str) -> ExceptionTold:
    return ExceptionTold(
        measure=line.key,
        name=line.name,
        objective=line.objective_name,
        kind=line.tag.code,
        other_kinds=tuple(tag.code for tag in line.others),
        told=told,
        follows_from=follows,
        sentence=line.sentence,
        status=line.mark.status.value,
        value=number(line.value),
        target=number(line.target),
        unit_of_measure=line.format.unit_of_measure,
        tier=line.tier,
        owner=line.owner_key,
        priority=number(line.priority),
        leans=line.leans,
    )
