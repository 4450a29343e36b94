"""What every text here must be, and whom it names."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fourfold.governance.annotations.models import Annotation, Mention
from fourfold.governance.annotations.queries.anchors import Place
from fourfold.governance.annotations.queries.readers import known_readers, named_in
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import NotPermitted

__all__ = ["LONGEST", "Said", "TextMissing", "TextTooLong", "mention", "speaker", "worded"]

LONGEST = 4000
"""Characters of one text: more belongs in a document."""


class TextMissing(Refusal):
    code, status = "TEXT_MISSING", 422
    sentence = _("There is nothing to read yet.")
    remedy = _("Write a sentence.")


class TextTooLong(Refusal):
    code, status = "TEXT_TOO_LONG", 422
    sentence = _("That is {length} characters; {longest} fit.")
    remedy = _("Say the most important thing here, and keep the rest in a document.")


@dataclass(frozen=True, slots=True)
class Said:
    """What came of it: the annotation, whom it told, and the keys that name nobody who may see it."""

    annotation: int
    told: tuple[str, ...]
    untold: tuple[str, ...]


def worded(text: str) -> str:
    """The text as it is kept: one kind of line end, no blanks around it, no control characters.

    Raises:
        TextTooLong.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable()).strip()
    if len(kept) > LONGEST:
        raise TextTooLong(length=len(kept), longest=LONGEST)
    return kept


def required(text: str) -> str:
    """As `worded`, and something must remain.

    Raises:
        TextMissing, TextTooLong.
    """
    kept = worded(text)
    if not kept:
        raise TextMissing
    return kept


def speaker(scope: Scope) -> int:
    """The id of the person who speaks; the installation itself says nothing.

    Raises:
        NotPermitted.
    """
    if scope.person_id is None:
        raise NotPermitted(act="speak", unit="")
    return scope.person_id


def mention(text: str, annotation: Annotation, *, number: int, place: Place) -> Said:
    """Note whom the text names, once an annotation; who may not see the unit is not told and told of to nobody."""
    readers = known_readers(place.above)
    told, untold = named_in(text, readers=readers)
    ids = {readers[key][0]: key for key in told}
    before = set(annotation.mentions.values_list("person_id", flat=True)) if annotation.pk else set()
    fresh = [pk for pk in ids if pk not in before]
    Mention.objects.bulk_create(Mention(annotation=annotation, person_id=pk, number=number) for pk in fresh)
    return Said(annotation.pk, tuple(ids[pk] for pk in fresh), untold)
