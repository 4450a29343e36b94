"""What the database holds, evaluated for the command."""

from __future__ import annotations

from fourfold.cli.database import brought_up_to_date, now
from fourfold.cli.scorecard.evaluated import EvaluatedScorecard

__all__ = ["from_database"]


def from_database(*, unit: str | None, period: str | None) -> EvaluatedScorecard:
    """Evaluate what the database holds, in the installation's own name.

    Raises:
        NotFounded, UnitUnknown, PeriodUnknown.
    """
    brought_up_to_date()
    from fourfold.platform.accounts.scope import INSTALLATION
    from fourfold.platform.periods.queries import known_organisation
    from fourfold.scorecard.evaluation.queries import current_evaluation, last_complete_period, root_unit

    at = now()
    calendar = known_organisation().calendar
    shown = unit or root_unit()
    page = calendar.parse_grain(period) if period else last_complete_period(INSTALLATION, shown, at=at)
    known = current_evaluation(INSTALLATION, shown, at=at, grains=(page.grain,))
    return EvaluatedScorecard(known.evaluation, shown, page)
