"""Annotations as their readers see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fourfold.governance.annotations.models import Annotation, AnnotationType, Mention, Remark, Subject
from fourfold.governance.annotations.queries.readers import MENTION
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope

__all__ = [
    "CORRECTABLE_FOR",
    "Piece",
    "RemarkLine",
    "Thread",
    "ThreadLine",
    "threads_elsewhere",
    "threads_of",
]

CORRECTABLE_FOR = timedelta(hours=1)
"""How long one's own words may be put right: long enough for a slip of the pen, too short to rewrite a discussion."""

MOST_ELSEWHERE = 60
"""Threads of other periods that one page lists, over all its things."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Plain words, or the key of somebody who is mentioned."""

    text: str
    is_mention: bool = False


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """What somebody said, as it reads now; `former` are its earlier wordings, oldest first."""

    number: int
    edition: int
    author: str
    written_at: datetime
    text: str
    pieces: tuple[Piece, ...]
    former: tuple[str, ...]
    can_correct: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """An annotation with everything said under it."""

    pk: int
    type: AnnotationType
    author: str
    written_at: datetime
    version: int | None
    is_point: bool
    is_open: bool
    resolved_by: str
    resolved_at: datetime | None
    remarks: tuple[RemarkLine, ...]
    can_reply: bool
    can_resolve: bool

    @property
    def opening(self) -> RemarkLine:
        """What began it."""
        return self.remarks[0]

    @property
    def replies(self) -> tuple[RemarkLine, ...]:
        """What was answered."""
        return self.remarks[1:]


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread of another period, in one line."""

    pk: int
    period: str
    type: AnnotationType
    first_line: str
    is_open: bool
    is_point: bool


def threads_of(
    subject: Subject, keys: Sequence[str], *, unit: str, period: str, scope: Scope, at: datetime
) -> dict[str, tuple[Thread, ...]]:
    """The threads of each thing in this unit and period, oldest first. Three queries, whatever the number."""
    rows = list(
        Annotation.objects.visible_to(scope)
        .filter(subject=subject, key__in=keys, unit__key=unit, period=period)
        .select_related("author", "resolved_by")
        .order_by("pk")
    )
    said = _remarks([row.pk for row in rows], scope=scope)
    told = _told([row.pk for row in rows], scope=scope)
    found: dict[str, tuple[Thread, ...]] = {}
    for row in rows:
        thread = _thread(
            row, _lines(said[row.pk], told=told[row.pk], scope=scope, at=at), unit=unit, scope=scope
        )
        found[row.key] = (*found.get(row.key, ()), thread)
    return found


def threads_elsewhere(
    subject: Subject, keys: Sequence[str], *, unit: str, period: str, scope: Scope
) -> dict[str, tuple[ThreadLine, ...]]:
    """What was said about the same things in the same unit's other periods, the latest first. Two queries."""
    rows = list(
        Annotation.objects.visible_to(scope)
        .filter(subject=subject, key__in=keys, unit__key=unit)
        .exclude(period=period)
        .order_by("-pk")[:MOST_ELSEWHERE]
    )
    said = _remarks([row.pk for row in rows], scope=scope, opening_only=True)
    found: dict[str, tuple[ThreadLine, ...]] = {}
    for row in rows:
        line = ThreadLine(
            pk=row.pk,
            period=row.period,
            type=AnnotationType(row.type),
            first_line=first_line(said[row.pk][-1].text),
            is_open=row.is_open,
            is_point=row.is_point,
        )
        found[row.key] = (*found.get(row.key, ()), line)
    return found


def first_line(text: str, *, longest: int = 120) -> str:
    """The first line with words in it, cut at a word's end.

    >>> first_line("  \\nRain all week.\\nThen sun.")
    'Rain all week.'
    """
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def pieces_of(text: str, *, told: Collection[str]) -> tuple[Piece, ...]:
    """The text with the mentions of whoever was told set apart; joined together it is the text again."""
    pieces: list[Piece] = []
    end = 0
    for match in MENTION.finditer(text):
        if match.group(1) not in told:
            continue
        pieces += [Piece(text[end : match.start()]), Piece(match.group(), is_mention=True)]
        end = match.end()
    return tuple(piece for piece in (*pieces, Piece(text[end:])) if piece.text)


def _remarks(
    annotations: Iterable[int], *, scope: Scope, opening_only: bool = False
) -> Mapping[int, list[Remark]]:
    rows = Remark.objects.visible_to(scope).filter(annotation__in=list(annotations)).select_related("author")
    if opening_only:
        rows = rows.filter(number=0)
    found: dict[int, list[Remark]] = defaultdict(list)
    for row in rows.order_by("annotation", "number", "edition"):
        found[row.annotation_id].append(row)
    return found


def _told(annotations: Collection[int], *, scope: Scope) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Mention.objects.visible_to(scope).filter(annotation__in=list(annotations))
    for annotation, person in rows.values_list("annotation", "person__key"):
        found[annotation].add(person)
    return found


def _thread(row: Annotation, remarks: tuple[RemarkLine, ...], *, unit: str, scope: Scope) -> Thread:
    can_reply = scope.may(Act.ANNOTATE, unit=unit)
    is_mine = row.author_id == scope.person_id
    return Thread(
        pk=row.pk,
        type=AnnotationType(row.type),
        author=row.author.name,
        written_at=row.written_at,
        version=row.version,
        is_point=row.is_point,
        is_open=row.is_open,
        resolved_by=row.resolved_by.name if row.resolved_by else "",
        resolved_at=row.resolved_at,
        remarks=remarks,
        can_reply=can_reply and row.is_open,
        can_resolve=is_mine or scope.may(Act.RESOLVE_ANNOTATION, unit=unit),
    )


def _lines(
    said: Sequence[Remark], *, told: Collection[str], scope: Scope, at: datetime
) -> tuple[RemarkLine, ...]:
    wordings: dict[int, list[Remark]] = defaultdict(list)
    for row in said:
        wordings[row.number].append(row)
    return tuple(_line(rows, told=told, scope=scope, at=at) for _number, rows in sorted(wordings.items()))


def _line(rows: Sequence[Remark], *, told: Collection[str], scope: Scope, at: datetime) -> RemarkLine:
    first, last = rows[0], rows[-1]
    return RemarkLine(
        number=last.number,
        edition=last.edition,
        author=first.author.name,
        written_at=first.written_at,
        text=last.text,
        pieces=pieces_of(last.text, told=told),
        former=tuple(row.text for row in rows[:-1]),
        can_correct=first.author_id == scope.person_id and at - first.written_at <= CORRECTABLE_FOR,
    )
