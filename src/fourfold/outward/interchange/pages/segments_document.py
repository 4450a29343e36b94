"""What a total hides: own values and mix, segment by segment, as far as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from fourfold.outward.interchange.pages.named import About, about, number
from fourfold.platform.accounts.scope import Scope
from fourfold.practices.customers.pages.segments_reading import read_segments
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst

__all__ = ["SegmentsDocument", "segments_document"]


@dataclass(frozen=True, slots=True)
class SegmentPart:
    """One segment, or the small ones together: values and shares at both ends, and what both did to the total.

    Shares are in per cent.
    """

    name: str
    before: float | None
    after: float | None
    share_before: float | None
    share_after: float | None
    rate: float | None
    mix: float | None
    cohen_h: float | None
    q: float | None


@dataclass(frozen=True, slots=True)
class SegmentsDocument:
    """The split of a measure's change; without parts `reason` says why. `hidden` tells what is withheld."""

    format: Literal["fourfold.segments/1"]
    about: About
    known_on: date | None
    dimension: str
    against: str
    before_label: str
    after_label: str
    before: float | None
    after: float | None
    headline: str
    alarm: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    reason: str
    hidden: str
    parts: tuple[SegmentPart, ...]


def segments_document(asked: AskedAgainst, *, scope: Scope, at: datetime) -> SegmentsDocument:
    """As the page reads them.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    page = read_segments(asked, scope=scope, at=at)
    return SegmentsDocument(
        format="fourfold.segments/1",
        about=about(page.place, key=page.key, name=page.name, form=page.format, period=asked.place.period),
        known_on=page.known.day,
        dimension=page.dimension,
        against=page.against,
        before_label=page.before_label,
        after_label=page.after_label,
        before=number(page.before),
        after=number(page.after),
        headline=page.headline,
        alarm=page.alarm,
        sentences=page.sentences,
        warnings=page.warnings,
        reason=page.reason,
        hidden=page.hidden,
        parts=tuple(
            SegmentPart(
                name=each.name,
                before=number(each.before),
                after=number(each.after),
                share_before=number(each.numbers.share_before),
                share_after=number(each.numbers.share_after),
                rate=number(each.rate),
                mix=number(each.mix),
                cohen_h=number(each.numbers.effect),
                q=number(each.numbers.q),
            )
            for each in page.parts
        ),
    )
