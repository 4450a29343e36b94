"""What the ledger holds, for the few changes that depend on it."""

from __future__ import annotations

from collections.abc import Mapping

from fourfold.engine.calendar import FiscalCalendar
from fourfold.scorecard.evaluation.queries.final_months import (
    FinalValuesChange,
    Span,
    refuse_in_final_months,
)
from fourfold.scorecard.measures.models import Observation

__all__ = ["LedgerFacts", "known_any_values", "known_values_of"]


def known_any_values() -> bool:
    """Whether a single observation was ever taken; one query."""
    return Observation.objects.exists()


def known_values_of(unit: str) -> bool:
    """Whether the unit of this key ever had an observation; one query."""
    return Observation.objects.filter(unit__key=unit).exists()


class LedgerFacts:
    """Asks when it is asked: most changes need no answer."""

    def any_values(self) -> bool:
        """Whether a single observation was ever taken."""
        return known_any_values()

    def values_of_unit(self, key: str) -> bool:
        """Whether a unit ever had one."""
        return known_values_of(key)

    def refuse_in_final_months(
        self, spans: Mapping[str, Span], *, calendar: FiscalCalendar, refusal: type[FinalValuesChange]
    ) -> None:
        """Refuse days between which a final month of one of these units would change."""
        refuse_in_final_months(spans, calendar=calendar, refusal=refusal)
