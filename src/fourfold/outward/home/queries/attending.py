"""What waits for one person: begun entries, handed-in files, mentions, and analyses that stand already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from fourfold.data.entry.models.draft import EntryDraft
from fourfold.data.entry.pages.grid import EntryPlace
from fourfold.data.imports.queries import files_waiting
from fourfold.governance.annotations.models import Analysis, Mention, Remark, Subject
from fourfold.governance.annotations.pages.addresses import back_to
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.annotations.queries.threads import first_line
from fourfold.platform.accounts.scope import Scope

__all__ = [
    "KeptDraft",
    "KeptUpload",
    "OpenMention",
    "explained_objectives",
    "kept_drafts",
    "kept_uploads",
    "open_mentions",
]

MOST = 6
"""Lines of each list."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A grid that was begun; `place` is where it goes on."""

    place: EntryPlace
    unit_name: str
    at: datetime
    texts: int


@dataclass(frozen=True, slots=True)
class KeptUpload:
    """A file that was handed in and not imported."""

    reference: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenMention:
    """Somebody asks for one's word. `key` and the rest name the thing it is about."""

    anchor: Anchor
    unit_name: str
    author: str
    at: datetime
    first_line: str

    @property
    def address(self) -> str:
        """The thing's page, at what is said there."""
        return back_to(self.anchor)


def kept_drafts(scope: Scope) -> tuple[KeptDraft, ...]:
    """One's own, the latest first. One query."""
    mine = EntryDraft.objects.visible_to(scope).filter(person__key=scope.person_key).select_related("unit")
    return tuple(
        KeptDraft(_place_of(draft), draft.unit.name, draft.at, len(draft.texts))
        for draft in mine.order_by("-at", "-pk")[:MOST]
    )


def _place_of(draft: EntryDraft) -> EntryPlace:
    """The way back from the name that a draft is kept under."""
    period, *narrowed = draft.place.split("/")
    if len(narrowed) != 2 or not narrowed[1].isdecimal():
        return EntryPlace(draft.unit.key, period)
    return EntryPlace(draft.unit.key, period, narrowed[0], int(narrowed[1]))


def kept_uploads(scope: Scope) -> tuple[KeptUpload, ...]:
    """One's own that are not imported, the latest first. One query."""
    waiting = files_waiting(scope, at_most=MOST)
    return tuple(KeptUpload(file.reference, file.name, file.kept_at) for file in waiting)


def open_mentions(scope: Scope) -> tuple[OpenMention, ...]:
    """Where somebody names this person and it is not resolved, the latest first. Three queries at most."""
    mine = list(
        Mention.objects.visible_to(scope)
        .filter(person__key=scope.person_key, annotation__resolved_at=None)
        .select_related("annotation__unit")
        .order_by("-pk")[:MOST]
    )
    said = _latest_wordings(scope, {mention.annotation_id for mention in mine}) if mine else {}
    return tuple(
        _mention(mention, said[mention.annotation_id, mention.number])
        for mention in mine
        if (mention.annotation_id, mention.number) in said
    )


def _latest_wordings(scope: Scope, annotations: Collection[int]) -> dict[tuple[int, int], Remark]:
    rows = Remark.objects.visible_to(scope).filter(annotation_id__in=annotations).select_related("author")
    return {(row.annotation_id, row.number): row for row in rows.order_by("edition")}


def _mention(mention: Mention, remark: Remark) -> OpenMention:
    row = mention.annotation
    return OpenMention(
        anchor=Anchor(Subject(row.subject), row.key, row.unit.key, row.period),
        unit_name=row.unit.name,
        author=remark.author.name,
        at=remark.written_at,
        first_line=first_line(remark.text),
    )


def explained_objectives(
    scope: Scope, keys: Collection[str], *, units: Collection[str], period: str
) -> frozenset[tuple[str, str]]:
    """(objective, unit) for each that has an analysis of the period. One query."""
    rows = Analysis.objects.visible_to(scope).filter(
        subject=Subject.OBJECTIVE, key__in=list(keys), unit__key__in=list(units), period=period
    )
    grouped = (
        rows.values_list("key", "unit__key").annotate(latest=Max("edition")).order_by("key", "unit__key")
    )
    return frozenset((key, unit) for key, unit, _latest in grouped)
