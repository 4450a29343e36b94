"""What higher apps say beside the numbers of a report."""

from __future__ import annotations

from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.slots import REPORT_NOTES, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.scorecard_page import ScorecardPage

__all__ = ["notes_of"]


def notes_of(page: ScorecardPage, *, scope: Scope, at: datetime) -> dict[str, str]:
    """Plain words for each `measure/<key>` and `objective/<key>` that has any. Constant queries."""
    place = SlotPlace(page.place.unit, page.place.stepper.current.key, scope, at)
    contents = slot(REPORT_NOTES).contents(page.report_keys, place=place)
    return {key: "\n".join(each.text for each in said) for key, said in contents.items() if said}
