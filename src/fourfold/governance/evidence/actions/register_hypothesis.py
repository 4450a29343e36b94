"""Write down what is expected of a link, before its data are looked at (METHOD §3.8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.book import Book
from fourfold.engine.calendar import Grain, PeriodUnknown
from fourfold.governance.evidence.actions.events import HypothesisRegistered
from fourfold.governance.evidence.actions.saying import kept_words
from fourfold.governance.evidence.models import LinkTest, Registration
from fourfold.governance.evidence.queries.links import LinkUnknown
from fourfold.governance.evidence.queries.pairing import links_of_unit
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile, NotPermitted
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.evaluation.queries import visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = [
    "Expected",
    "LagsWrong",
    "LinkEnds",
    "MeasureNotHere",
    "OneMeasureTwice",
    "WindowWrong",
    "register_hypothesis",
]

MOST_LAG = 36  # months: three years; the test reaches no further than twelve periods


class MeasureNotHere(Refusal):
    code, status = "MEASURE_NOT_HERE", 422
    sentence = _("This unit has no measure “{measure}”.")
    remedy = _("Choose one from the list.")


class OneMeasureTwice(Refusal):
    code, status = "MEASURE_TWICE", 422
    sentence = _("A measure always follows itself.")
    remedy = _("Choose two different measures.")


class LagsWrong(Refusal):
    code, status = "LAGS_WRONG", 422
    sentence = _("A lag window runs from 0 to {most} months, and not backwards.")
    remedy = _("Write the first month in which you expect an effect, and the last.")


class WindowWrong(Refusal):
    code, status = "WINDOW_WRONG", 422
    sentence = _("“{since}” to “{until}” names no months in order.")
    remedy = _("Write months as 2026-09, or leave both empty for all there are.")


@dataclass(frozen=True, slots=True)
class LinkEnds:
    """Which link of which unit's map."""

    source: str
    target: str
    unit: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What somebody expects; see `Registration`."""

    x: str
    y: str
    sign: int
    lag_from: int
    lag_to: int
    since: str = ""
    until: str = ""
    mechanism: str = ""


@transaction.atomic
def register_hypothesis(
    ends: LinkEnds, expected: Expected, *, edition: int, scope: Scope, at: datetime
) -> Registration:
    """Write the next edition; the same expectation again writes nothing. `edition` is the one that was read.

    Raises:
        NotPermitted, ChangedMeanwhile, LinkUnknown, MeasureNotHere, OneMeasureTwice, LagsWrong, WindowWrong, and what
        `visible_unit` raises.
    """
    with known(at) as cube:
        unit = visible_unit(cube.book, ends.unit, scope=scope)
        scope.require_to(Act.EDIT_LINKS, unit=unit)
        _check(cube.book, ends, expected)
        seq = cube.seq
    if scope.person_id is None:
        raise NotPermitted(act=Act.EDIT_LINKS.value, unit=unit)
    before = _standing(ends, scope=scope)
    if (before.edition if before else 0) != edition:
        raise ChangedMeanwhile(edition=before.edition if before else 0)
    if before is not None and replace(expected, mechanism=kept_words(expected.mechanism)) == _expected(
        before
    ):
        return before
    tests = LinkTest.objects.visible_to(scope).filter(unit__key=unit, source=ends.source, target=ends.target)
    row = Registration.objects.create(
        unit_id=unit_ids_by_key()[unit],
        source=ends.source,
        target=ends.target,
        edition=edition + 1,
        x=expected.x,
        y=expected.y,
        sign=expected.sign,
        lag_from=expected.lag_from,
        lag_to=expected.lag_to,
        since=expected.since,
        until=expected.until,
        mechanism=kept_words(expected.mechanism),
        seq=seq,
        is_late=tests.exists(),
        author_id=scope.person_id,
        written_at=at,
    )
    audit.record(_event(row, unit=unit), scope=scope, at=at)
    return row


def _check(book: Book, ends: LinkEnds, expected: Expected) -> None:
    if (ends.source, ends.target) not in {
        (link.source, link.target) for link in links_of_unit(book, ends.unit)
    }:
        raise LinkUnknown(source=ends.source, target=ends.target)
    if expected.x == expected.y:
        raise OneMeasureTwice
    place = book.units.positions[ends.unit]
    measures = {
        each.key for index, each in enumerate(book.definitions.measures) if book.selected[index, place]
    }
    for measure in (expected.x, expected.y):
        if measure not in measures:
            raise MeasureNotHere(measure=measure)
    if expected.sign not in (1, -1) or not 0 <= expected.lag_from <= expected.lag_to <= MOST_LAG:
        raise LagsWrong(most=MOST_LAG)
    _check_window(book, expected)


def _check_window(book: Book, expected: Expected) -> None:
    wrong = WindowWrong(since=expected.since, until=expected.until)
    months = []
    for text in (expected.since, expected.until):
        if not text:
            continue
        try:
            page = book.timeline.calendar.parse_grain(text)
        except PeriodUnknown as unknown:
            raise wrong from unknown
        if page.grain is not Grain.MONTH:
            raise wrong
        months.append(page.ordinal)
    if months != sorted(months):
        raise wrong


def _standing(ends: LinkEnds, *, scope: Scope) -> Registration | None:
    rows = Registration.objects.visible_to(scope).filter(
        unit__key=ends.unit, source=ends.source, target=ends.target
    )
    return rows.order_by("-edition").first()


def _expected(row: Registration) -> Expected:
    return Expected(row.x, row.y, row.sign, row.lag_from, row.lag_to, row.since, row.until, row.mechanism)


def _event(row: Registration, *, unit: str) -> HypothesisRegistered:
    return HypothesisRegistered(
        f"link/{row.link}",
        unit=unit,
        edition=row.edition,
        x=row.x,
        y=row.y,
        sign=row.sign,
        lag_from=row.lag_from,
        lag_to=row.lag_to,
        is_late=row.is_late,
    )
