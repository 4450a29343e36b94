"""What people wrote that has the words somebody looks for, as far as one's units reach.

The database compares, so every text in scope is looked through and only what answers is read: the newest of each sort,
and how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from fourfold.data.entry.models import ObservationNote, Restatement, RestatementClass, RestatementState
from fourfold.governance.annotations.models import Analysis, Remark, StatusOverride, Subject
from fourfold.governance.annotations.models.anchored import Anchored
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.signals.models import DecisionKind, LimitDecision
from fourfold.outward.home.queries.folding import having_words
from fourfold.platform.accounts.scope import Scope

__all__ = [
    "DecisionOnLimits",
    "ProposedRestatement",
    "Saying",
    "Sort",
    "TextWish",
    "Texts",
    "ValueNote",
    "texts_in_sight",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TextWish:
    """Words to be found, folded; the keys of things that still exist, for what is said about others has no page; how
    many of each sort are wanted."""

    words: tuple[str, ...]
    known: Mapping[Subject, Collection[str]]
    most: int


@dataclass(frozen=True, slots=True)
class Saying:
    """A text about a thing in a unit and period. `subject_name` comes from the definitions, not from here."""

    anchor: Anchor
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ValueNote:
    """What somebody said when they entered a value. `series` and `ordinal` name its period together."""

    measure: str
    series: int
    unit: str
    ordinal: int
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class DecisionOnLimits:
    """Why limits begin anew, a point is special, or a specification holds. `first` is a period's key."""

    kind: DecisionKind
    measure: str
    unit: str
    first: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposedRestatement:
    """Why final values should read otherwise, and what became of it."""

    number: int
    restatement_class: RestatementClass
    state: RestatementState
    unit: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Sort(Generic[T]):
    """Those of one sort that answer, the newest first; `total` counts also those beyond what was wanted."""

    rows: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Texts:
    """What people wrote, by sort."""

    analyses: Sort[Saying]
    remarks: Sort[Saying]
    overrides: Sort[Saying]
    notes: Sort[ValueNote]
    decisions: Sort[DecisionOnLimits]
    restatements: Sort[ProposedRestatement]


def texts_in_sight(scope: Scope, wish: TextWish) -> Texts:
    """Analyses and remarks in their latest wording, and every reason and note. Six queries, each over its whole table
    as far as the scope reaches."""
    return Texts(
        _sort(_analyses(scope, wish), wish, read=_analysis, columns=("happened", "why", "next")),
        _sort(_remarks(scope, wish), wish, read=_remark, columns=("text",)),
        _sort(_overrides(scope, wish), wish, read=_override, columns=("reason",)),
        _sort(_notes(scope, wish), wish, read=_note, columns=("text",)),
        _sort(_decisions(scope, wish), wish, read=_decision, columns=("reason",)),
        _sort(_restatements(scope), wish, read=_restatement, columns=("reason",)),
    )


def _sort(
    rows: QuerySet[Any], wish: TextWish, *, read: Callable[[Any], T], columns: Sequence[str]
) -> Sort[T]:
    found = having_words(rows, wish.words, columns=columns).annotate(total=Window(Count("pk")))
    wanted = tuple(found[: wish.most])
    return Sort(tuple(map(read, wanted)), wanted[0].total if wanted else 0)


def _of_known(wish: TextWish, *, through: str = "") -> Q:
    """What is said about a thing that still exists."""
    known = Q()
    for subject, keys in wish.known.items():
        known |= Q(**{f"{through}subject": subject, f"{through}key__in": list(keys)})
    return known


def _analyses(scope: Scope, wish: TextWish) -> QuerySet[Analysis]:
    place = {field: OuterRef(field) for field in ("subject", "key", "unit", "period")}
    later = Analysis.objects.visible_to(scope).filter(**place, edition__gt=OuterRef("edition"))
    rows = Analysis.objects.visible_to(scope).filter(_of_known(wish), ~Exists(later))
    return rows.select_related("unit", "author").order_by("-pk")


def _analysis(row: Analysis) -> Saying:
    texts = (row.happened, row.why, row.next)
    return Saying(_anchor(row), row.author.name, "\n".join(text for text in texts if text))


def _remarks(scope: Scope, wish: TextWish) -> QuerySet[Remark]:
    place = {field: OuterRef(field) for field in ("annotation", "number")}
    later = Remark.objects.visible_to(scope).filter(**place, edition__gt=OuterRef("edition"))
    rows = Remark.objects.visible_to(scope).filter(_of_known(wish, through="annotation__"), ~Exists(later))
    return rows.select_related("annotation__unit", "author").order_by("-annotation_id", "-number")


def _remark(row: Remark) -> Saying:
    return Saying(_anchor(row.annotation), row.author.name, row.text)


def _overrides(scope: Scope, wish: TextWish) -> QuerySet[StatusOverride]:
    rows = StatusOverride.objects.visible_to(scope).filter(_of_known(wish))
    return rows.select_related("unit", "author").order_by("-pk")


def _override(row: StatusOverride) -> Saying:
    return Saying(_anchor(row), row.author.name, row.reason)


def _notes(scope: Scope, wish: TextWish) -> QuerySet[ObservationNote]:
    measures = list(wish.known[Subject.MEASURE])
    rows = ObservationNote.objects.visible_to(scope).filter(observation__measure__key__in=measures)
    return rows.select_related("observation__unit", "observation__measure").order_by("-pk")


def _note(row: ObservationNote) -> ValueNote:
    value = row.observation
    return ValueNote(
        measure=value.measure.key,
        series=value.series,
        unit=value.unit.key,
        ordinal=value.period,
        person=row.person_key,
        text=row.text,
    )


def _decisions(scope: Scope, wish: TextWish) -> QuerySet[LimitDecision]:
    measures = list(wish.known[Subject.MEASURE])
    rows = LimitDecision.objects.visible_to(scope).filter(measure__in=measures)
    return rows.select_related("unit", "author").order_by("-pk")


def _decision(row: LimitDecision) -> DecisionOnLimits:
    return DecisionOnLimits(
        kind=DecisionKind(row.kind),
        measure=row.measure,
        unit=row.unit.key,
        first=row.first_period,
        author=row.author.name,
        text=row.reason,
    )


def _restatements(scope: Scope) -> QuerySet[Restatement]:
    return Restatement.objects.visible_to(scope).select_related("unit", "proposer").order_by("-pk")


def _restatement(row: Restatement) -> ProposedRestatement:
    return ProposedRestatement(
        number=row.pk,
        restatement_class=RestatementClass(row.restatement_class),
        state=RestatementState(row.state),
        unit=row.unit.key,
        author=row.proposer.name,
        text=row.reason,
    )


def _anchor(row: Anchored) -> Anchor:
    return Anchor(Subject(row.subject), row.key, row.unit.key, row.period)
