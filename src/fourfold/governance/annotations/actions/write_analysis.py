"""Say what happened, why, and what next."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from fourfold.governance.annotations.actions.events import AnalysisWritten
from fourfold.governance.annotations.actions.saying import TextMissing, speaker, worded
from fourfold.governance.annotations.actions.telling import tell
from fourfold.governance.annotations.models import Analysis
from fourfold.governance.annotations.queries.analyses import AnalysisText, analysis_of
from fourfold.governance.annotations.queries.anchors import Anchor, Place, place_of
from fourfold.governance.annotations.queries.owning import require_to_judge
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals.refusal import ChangedMeanwhile

__all__ = ["AnalysisWords", "write_analysis"]


@dataclass(frozen=True, slots=True)
class AnalysisWords:
    """The three answers; one of them is enough."""

    happened: str = ""
    why: str = ""
    next: str = ""


@transaction.atomic
def write_analysis(anchor: Anchor, words: AnalysisWords, *, edition: int, scope: Scope, at: datetime) -> int:
    """Write the next edition and answer its number; the same words again write nothing.

    `edition` is the one that was read (0: there was none).

    Raises:
        NotPermitted, TextMissing, TextTooLong, ChangedMeanwhile, and what `place_of` raises.
    """
    place = place_of(anchor, scope=scope, at=at)
    require_to_judge(Act.WRITE_ANALYSIS, place.owner, unit=place.anchor.unit, scope=scope)
    kept = AnalysisWords(*(worded(getattr(words, field.name)) for field in fields(words)))
    if kept == AnalysisWords():
        raise TextMissing
    before = analysis_of(place.anchor, scope=scope)
    last = before.edition if before else 0
    if last != edition:
        raise ChangedMeanwhile(edition=last)
    if before is not None and kept == _words_of(before):
        return last
    return _write(place, kept, edition=last + 1, scope=scope, at=at)


def _write(place: Place, words: AnalysisWords, *, edition: int, scope: Scope, at: datetime) -> int:
    Analysis.objects.create(
        subject=place.anchor.subject,
        key=place.anchor.key,
        unit_id=place.unit_id,
        period=place.anchor.period,
        version=place.version,
        definitions_seq=place.definitions_seq,
        edition=edition,
        happened=words.happened,
        why=words.why,
        next=words.next,
        author_id=speaker(scope),
        written_at=at,
    )
    event = AnalysisWritten(
        place.anchor.object, unit=place.anchor.unit, period=place.anchor.period, edition=edition
    )
    tell(audit.record(event, scope=scope, at=at), place=place, scope=scope, at=at)
    return edition


def _words_of(text: AnalysisText) -> AnalysisWords:
    return AnalysisWords(text.happened, text.why, text.next)
