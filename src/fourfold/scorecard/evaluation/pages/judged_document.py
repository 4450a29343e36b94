"""The scorecard's document with what owners judged beside it."""

from __future__ import annotations

from datetime import datetime

from fourfold.engine.tree import canonical_json
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.judged import Judged, judged_here
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.queries.document import scorecard_members

__all__ = ["judged_document"]


def judged_document(scope: Scope, place: Place, *, at: datetime, as_of: datetime | None = None) -> bytes:
    """The canonical document; where an owner judged, with the member `judged` beside what is computed.

    Without a judgement the bytes are those of `fourfold evaluate --json`, which knows files and no judgements.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    members = scorecard_members(scope, place.unit, period=place.period, at=at, as_of=as_of)
    judged = judged_here(place, scope=scope, at=as_of or at)
    if judged:
        members["judged"] = [_judged(key, each) for key, each in sorted(judged.items())]
    return canonical_json(members)


def _judged(objective: str, judged: Judged) -> dict[str, str]:
    return {
        "objective": objective,
        "status_judged": judged.status.value,
        "judged_by": judged.by,
        "judged_reason": judged.reason,
    }
