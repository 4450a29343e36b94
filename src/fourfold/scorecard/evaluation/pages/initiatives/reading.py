"""The initiatives, read at the ledger's head."""

from __future__ import annotations

from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.initiatives.building import initiatives_page
from fourfold.scorecard.evaluation.pages.initiatives.page import InitiativesPage
from fourfold.scorecard.evaluation.pages.place import Place, looking

__all__ = ["read_initiatives"]


def read_initiatives(scope: Scope, place: Place, *, at: datetime) -> InitiativesPage:
    """What a unit undertakes, with how its objectives stand in a period.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with looking(scope, place, at=at) as seen:
        return initiatives_page(seen.evaluation, unit=place.unit, shown=seen.shown, visible=seen.visible)
