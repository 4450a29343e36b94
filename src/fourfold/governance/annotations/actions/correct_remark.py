"""Put one's own words right, shortly after they were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.governance.annotations.actions.annotate import place_of_annotation
from fourfold.governance.annotations.actions.events import RemarkCorrected
from fourfold.governance.annotations.actions.saying import Said, mention, required
from fourfold.governance.annotations.actions.telling import tell
from fourfold.governance.annotations.models import Annotation, Remark
from fourfold.governance.annotations.models.annotation import AnnotationUnknown
from fourfold.governance.annotations.queries.threads import CORRECTABLE_FOR
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile

__all__ = ["Correction", "CorrectionTooLate", "SomebodyElsesWords", "correct_remark"]


class SomebodyElsesWords(Refusal):
    code, status = "SOMEBODY_ELSES_WORDS", 403
    sentence = _("Only {author} may put these words right.")
    remedy = _("Reply instead.")


class CorrectionTooLate(Refusal):
    code, status = "CORRECTION_TOO_LATE", 409
    sentence = _("Words are put right within an hour; these are older.")
    remedy = _("Reply instead, so that everybody sees what changed.")


@dataclass(frozen=True, slots=True)
class Correction:
    """Which remark of which annotation, the wording that was read, and how it should read."""

    annotation: int
    number: int
    edition: int
    text: str


@transaction.atomic
def correct_remark(correction: Correction, *, scope: Scope, at: datetime) -> Said:
    """Add a wording; the former one stays readable.

    Raises:
        AnnotationUnknown, NotPermitted, SomebodyElsesWords, CorrectionTooLate, ChangedMeanwhile, TextMissing,
        TextTooLong, OutOfScope.
    """
    annotation = (
        Annotation.objects.visible_to(scope)
        .select_for_update(of=("self",))
        .select_related("unit")
        .get_or_refuse(pk=correction.annotation)
    )
    scope.require_to(Act.ANNOTATE, unit=annotation.unit.key)
    first, last = _wordings(annotation, correction.number)
    if first.author_id != scope.person_id:
        raise SomebodyElsesWords(author=first.author.name)
    if at - first.written_at > CORRECTABLE_FOR:
        raise CorrectionTooLate
    if last.edition != correction.edition:
        raise ChangedMeanwhile(edition=last.edition)
    text = required(correction.text)
    if text == last.text:
        return Said(annotation.pk, (), ())
    return _correct(annotation, last, text=text, scope=scope, at=at)


def _correct(annotation: Annotation, last: Remark, *, text: str, scope: Scope, at: datetime) -> Said:
    place = place_of_annotation(annotation, scope=scope, at=at)
    edition = last.edition + 1
    annotation.remarks.create(
        number=last.number, edition=edition, text=text, author_id=last.author_id, written_at=at
    )
    said = mention(text, annotation, number=last.number, place=place)
    event = RemarkCorrected(
        place.anchor.object,
        annotation.pk,
        number=last.number,
        edition=edition,
        unit=place.anchor.unit,
        period=place.anchor.period,
        told=said.told,
    )
    tell(audit.record(event, scope=scope, at=at), place=place, scope=scope, at=at)
    return said


def _wordings(annotation: Annotation, number: int) -> tuple[Remark, Remark]:
    rows = list(annotation.remarks.filter(number=number).select_related("author").order_by("edition"))
    if not rows:
        raise AnnotationUnknown(number=number)
    return rows[0], rows[-1]
