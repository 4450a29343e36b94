"""Take in targets typed into the grid: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fourfold.engine.definitions import Definitions
from fourfold.governance.changes.actions.target_paste import refuse_overtaken
from fourfold.governance.changes.actions.target_set import set_targets
from fourfold.governance.changes.pages.target_beside import own_targets
from fourfold.governance.changes.pages.target_draft import TargetDraft, merged_draft
from fourfold.governance.changes.pages.target_page import targeted_measure
from fourfold.governance.changes.pages.target_spans import refuse_outside_spans
from fourfold.governance.changes.pages.target_typing import (
    TypedTargets,
    changed_texts,
    read_typed_targets,
    seq_seen,
)
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.evaluation.queries.wanted_targets import target_of
from fourfold.scorecard.measures.queries.known import known_targets

__all__ = ["type_targets"]


@transaction.atomic
def type_targets(
    measure: str,
    texts: Mapping[str, str],
    *,
    origin: str,
    reason: str,
    edition_seen: str,
    scope: Scope,
    at: datetime,
) -> TypedTargets:
    """Set what the fields say otherwise than at the seq the page showed; where one cannot be read, nothing is set.

    Only units with a changed field count: whoever sets another unit's targets meanwhile is in nobody's way. A unit
    whose last value is taken away has no target of its own any more.

    Raises:
        NotPermitted, TargetWithoutMeasure, TargetsOvertaken, MeasureUnknown, OutOfScope, and what `set_targets`
        refuses.
    """
    known = read_definitions()
    targeted = targeted_measure(known, measure, scope=scope)
    calendar = known.organisation.calendar
    for unit in {name.rpartition(".")[0] for name in texts}:  # not even whether a guess is what stands there
        scope.require_to(Act.EDIT_TARGETS, unit=unit)
    seen = known_targets(seq_seen(edition_seen))
    changed = changed_texts(texts, then=own_targets(seen, measure), calendar=calendar)
    typed = read_typed_targets(changed, frequency=targeted.versions[-1].frequency, calendar=calendar)
    if not typed.rows or typed.told:
        return typed
    given = {unit: row.given for unit, row in typed.rows.items()}
    refuse_outside_spans(given, measure=targeted, known=known)
    refuse_overtaken(given, then=seen, measure=measure, known=known, at=at)
    drafts = _drafts(typed, measure=measure, known=known, origin=origin, reason=reason)
    set_targets(drafts, may_clear=True, scope=scope, at=at)
    return typed


def _drafts(
    typed: TypedTargets, *, measure: str, known: Definitions, origin: str, reason: str
) -> list[TargetDraft]:
    return [
        merged_draft(
            target_of(known, measure, unit=unit),
            measure=measure,
            unit=unit,
            points=row.points,
            bounds=row.bounds,
            origin=origin,
            reason=reason,
        )
        for unit, row in typed.rows.items()
    ]
