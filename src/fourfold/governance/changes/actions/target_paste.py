"""Take in targets pasted from a spreadsheet: all of them, or none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fourfold.governance.changes.actions.target_set import set_targets
from fourfold.governance.changes.pages.target_page import targeted_measure
from fourfold.governance.changes.pages.target_paste import PastedTargets, read_paste
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.definitions import read_definitions

__all__ = ["paste_targets"]


@transaction.atomic
def paste_targets(
    measure: str, *, cells: str, origin: str, reason: str, scope: Scope, at: datetime
) -> PastedTargets:
    """Read the cells and set the targets; where a line cannot be read, nothing is set and the findings say why.

    Raises:
        MeasureUnknown, OutOfScope, and what `set_targets` refuses.
    """
    known = read_definitions()
    targeted_measure(known, measure, scope=scope)
    seen = [unit for unit in known.units if scope.sees(unit.key)]
    pasted = read_paste(cells, measure=measure, known=known, seen=seen, origin=origin, reason=reason)
    if not pasted.findings:
        set_targets(pasted.drafts, scope=scope, at=at)
    return pasted
