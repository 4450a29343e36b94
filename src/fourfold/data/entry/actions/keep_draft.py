"""Keep what somebody typed, until it is saved or thrown away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from fourfold.data.entry.models import EntryDraft
from fourfold.data.entry.pages.grid import DraftNote, EntryGrid, GridAsked
from fourfold.data.entry.queries.reading import draft_of, grid_page, person_of
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.units.models import Unit

__all__ = ["discard_draft", "keep_draft"]


def keep_draft(asked: GridAsked, *, scope: Scope, at: datetime) -> EntryGrid:
    """Keep the texts and answer the grid with what they would score.

    A draft is nobody else's business and changes no number, so it has no audit record. Where another window of the
    same person saved it meanwhile, that one stands and the answer says so. Where nothing is theirs to enter, nothing
    is kept.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    page = grid_page(scope, asked, draft=None, at=at)
    if not page.is_editable:
        return page
    kept = {
        name: text for row in page.rows for name, text in _texts(asked, row.name_of_fields) if row.is_editable
    }
    return replace(page, draft=_keep(asked, kept, scope=scope, at=at))


def _texts(asked: GridAsked, beginning: str) -> list[tuple[str, str]]:
    return [(name, text) for name, text in asked.texts.items() if name.startswith(f"{beginning}.")]


@transaction.atomic
def _keep(asked: GridAsked, texts: dict[str, str], *, scope: Scope, at: datetime) -> DraftNote:
    draft = draft_of(scope, asked.place)
    edition = draft.edition if draft else 0
    if edition != asked.draft_edition:
        return DraftNote(asked.draft_edition, "", is_contested=True)
    if draft is None:
        unit = Unit.objects.visible_to(scope).get_or_refuse(key=asked.place.unit)
        draft = EntryDraft(person_id=person_of(scope), unit=unit, place=asked.place.name, edition=0)
    draft.texts, draft.edition, draft.at = texts, edition + 1, at
    draft.save()
    return DraftNote(draft.edition, "")


def discard_draft(asked: GridAsked, *, scope: Scope) -> None:
    """Throw one's own draft away; the ledger was never told of it."""
    EntryDraft.objects.visible_to(scope).filter(
        person_id=person_of(scope), unit__key=asked.place.unit, place=asked.place.name
    ).delete()
