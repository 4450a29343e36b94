"""Everything said about one thing in a unit and period, as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fourfold.governance.annotations.models import Annotation, AnnotationType, Subject
from fourfold.governance.annotations.queries.analyses import AnalysisText, analyses_of
from fourfold.governance.annotations.queries.anchors import (
    Anchor,
    above,
    owners_of,
    place_of,
)
from fourfold.governance.annotations.queries.owning import Owner, refusal_to_judge
from fourfold.governance.annotations.queries.readers import known_readers
from fourfold.governance.annotations.queries.threads import (
    Thread,
    ThreadLine,
    threads_elsewhere,
    threads_of,
)
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals.refusal import NotPermitted

__all__ = ["Reader", "Talk", "TalkPage", "anchor_of", "read_talk", "talks"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody one can mention here."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Talk:
    """The panel of one thing. `readers` is empty for whoever may not write; `why_not_judge` None for its owner."""

    anchor: Anchor
    analysis: AnalysisText | None
    threads: tuple[Thread, ...]
    elsewhere: tuple[ThreadLine, ...]
    readers: tuple[Reader, ...]
    can_annotate: bool
    why_not_judge: NotPermitted | None

    @property
    def types(self) -> type[AnnotationType]:
        """What an annotation can be."""
        return AnnotationType

    @property
    def is_measure(self) -> bool:
        """Only a measure has a chart with points."""
        return self.anchor.subject is Subject.MEASURE

    @property
    def panel(self) -> str:
        """The id of its element: unique on a page of many things."""
        return f"talk-{self.anchor.subject.value}-{self.anchor.key}"

    @property
    def open_threads(self) -> int:
        """How many wait for somebody."""
        return sum(thread.is_open for thread in self.threads)


@dataclass(frozen=True, slots=True)
class TalkPage:
    """The same on a page of its own."""

    talk: Talk
    name: str
    unit_name: str
    period_label: str


def talks(
    subject: Subject, keys: Sequence[str], *, unit: str, period: str, scope: Scope, at: datetime
) -> dict[str, Talk]:
    """The panels of all these things; a constant number of queries, whatever the number of things."""
    said = threads_of(subject, keys, at=at, unit=unit, period=period, scope=scope)
    elsewhere = threads_elsewhere(subject, keys, unit=unit, period=period, scope=scope)
    analyses = analyses_of(subject, keys, unit=unit, period=period, scope=scope)
    owners = owners_of(subject, period=period, at=at)
    can_annotate = scope.may(Act.ANNOTATE, unit=unit)
    readers = _readers_at(unit, at=at) if can_annotate else ()
    return {
        key: Talk(
            anchor=Anchor(subject, key, unit, period),
            analysis=analyses.get(key),
            threads=said.get(key, ()),
            elsewhere=elsewhere.get(key, ()),
            readers=readers,
            can_annotate=can_annotate,
            why_not_judge=refusal_to_judge(
                Act.WRITE_ANALYSIS, owners.get(key, Owner()), unit=unit, scope=scope
            ),
        )
        for key in keys
    }


def _readers_at(unit: str, *, at: datetime) -> tuple[Reader, ...]:
    people = known_readers(above(unit, at=at))
    return tuple(Reader(key, name) for key, (_pk, name) in people.items())


def read_talk(anchor: Anchor, *, scope: Scope, at: datetime) -> TalkPage:
    """One thing's panel with what a page needs around it.

    Raises:
        What `place_of` raises.
    """
    place = place_of(anchor, scope=scope, at=at)
    here = place.anchor
    found = talks(here.subject, [here.key], unit=here.unit, period=here.period, scope=scope, at=at)
    return TalkPage(
        talk=found[here.key],
        name=place.name,
        unit_name=place.unit_name,
        period_label=place.period_label,
    )


def anchor_of(annotation: int, *, scope: Scope) -> Anchor:
    """Where an annotation stands. One query.

    Raises:
        AnnotationUnknown: there is none, or it lies outside what one sees.
    """
    row = Annotation.objects.visible_to(scope).select_related("unit").get_or_refuse(pk=annotation)
    return Anchor(Subject(row.subject), row.key, row.unit.key, row.period)
