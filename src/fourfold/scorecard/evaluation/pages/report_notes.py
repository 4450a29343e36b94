"""What higher apps say about a report and beside its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.slots import REPORT_NOTES, SCORECARD_NOTES, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.place import Place

__all__ = ["notes_of", "state_of"]


def notes_of(keys: Sequence[str], place: Place, *, scope: Scope, at: datetime) -> dict[str, str]:
    """Plain words for each `<subject>/<key>[@<period>]` that has any. Constant queries."""
    here = SlotPlace(place.unit, place.period, scope, at)
    contents = slot(REPORT_NOTES).contents(keys, place=here)
    return {key: "\n".join(each.text for each in said) for key, said in contents.items() if said}


def state_of(context: PageContext, *, scope: Scope, at: datetime) -> str:
    """How far the shown period is closed, in a word; empty where nobody says. Constant queries."""
    place = SlotPlace(context.unit, context.stepper.current.key, scope, at)
    said = slot(SCORECARD_NOTES).contents([context.unit], place=place)[context.unit]
    return ", ".join(each.text for each in said if each.text)
