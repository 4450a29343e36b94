"""Take in targets pasted from a spreadsheet: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from fourfold.engine.definitions import Definitions, Target, TargetPoint
from fourfold.governance.changes.actions.target_set import set_targets
from fourfold.governance.changes.pages.target_beside import PointBeside, points_beside
from fourfold.governance.changes.pages.target_page import targeted_measure
from fourfold.governance.changes.pages.target_paste import PastedTargets, read_paste
from fourfold.governance.changes.pages.target_spans import refuse_outside_spans
from fourfold.governance.changes.pages.target_typing import seq_seen
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import today
from fourfold.platform.refusals.refusal import ChangedMeanwhile
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.queries.known import known_targets

__all__ = ["TargetsOvertaken", "paste_targets", "refuse_overtaken"]


class TargetsOvertaken(ChangedMeanwhile):
    """Carries what was set meanwhile beside what was pasted, so that the page can show both."""

    def __init__(self, differences: tuple[PointBeside, ...]) -> None:
        super().__init__()
        self.differences = differences


@transaction.atomic
def paste_targets(
    measure: str, *, cells: str, origin: str, reason: str, edition_seen: str, scope: Scope, at: datetime
) -> PastedTargets:
    """Read the cells and set the targets; where a line cannot be read, nothing is set and the findings say why.

    `edition_seen` is the ledger's seq that the page showed. Only the pasted units count: whoever sets another unit's
    targets meanwhile is in nobody's way. One that says nothing has seen no target at all.

    Raises:
        TargetsOvertaken, TargetWithoutMeasure, MeasureUnknown, OutOfScope, and what `set_targets` refuses.
    """
    known = read_definitions()
    targeted = targeted_measure(known, measure, scope=scope)
    seen = [unit for unit in known.units if scope.sees(unit.key)]
    pasted = read_paste(cells, measure=measure, known=known, seen=seen, origin=origin, reason=reason)
    if not pasted.findings:
        refuse_outside_spans(pasted.given, measure=targeted, known=known)
        seen_targets = known_targets(seq_seen(edition_seen))
        refuse_overtaken(pasted.given, then=seen_targets, measure=measure, known=known, at=at)
        set_targets(pasted.drafts, scope=scope, at=at)
    return pasted


def refuse_overtaken(
    given: Mapping[str, Sequence[TargetPoint]],
    *,
    then: Sequence[Target],
    measure: str,
    known: Definitions,
    at: datetime,
) -> None:
    """Refuse where the own target of a unit that is `given` anew is another than it was `then`.

    Raises:
        TargetsOvertaken.
    """
    day = today(known.organisation, at=at)
    differences = points_beside(given, known=known, then=then, measure=measure, today=day)
    if differences:
        raise TargetsOvertaken(differences)
