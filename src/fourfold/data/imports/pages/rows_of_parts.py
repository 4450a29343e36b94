"""Rows of values and rows of targets in one file: what each word of their column means, shown and said by a form."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.folder.mapping import LEAVE_OUT, part_said
from fourfold.folder.mapping.look import FileLook, MappingDraft, PartText

__all__ = ["PARTS_OF_ROWS", "parts_shown", "said_parts"]

PARTS_OF_ROWS: tuple[tuple[str, str | Promise], ...] = (
    ("value", _("values")),
    ("target", _("targets")),
    (LEAVE_OUT, _("left out")),
)
MOST = 200
"""Of words in one form."""


def parts_shown(look: FileLook, draft: MappingDraft) -> tuple[PartText, ...]:
    """The words of the column that `draft` takes for it; of any but the guessed one as far as the first rows show."""
    column = draft.columns.get("part", "")
    said = draft.translate.get("part", {})
    if column == look.draft.columns.get("part"):
        texts = [each.text for each in look.parts]
        said = said or look.draft.translate.get("part", {})
    else:
        texts = [text for each in look.columns if each.name == column for text in each.texts]
    return tuple(PartText(text, said.get(text) or part_said(text)) for text in texts[:MOST])


def said_parts(form: Mapping[str, str]) -> dict[str, str]:
    """Word → part, where the word does not say it by itself: so that next year's words are read too."""
    known, said = dict(PARTS_OF_ROWS), {}
    for place in range(MOST):
        text = form.get(f"part-{place}-text")
        if text is None:
            break
        part = form.get(f"part-{place}-is", "")
        if part in known and part != part_said(text):
            said[text] = part
    return said
