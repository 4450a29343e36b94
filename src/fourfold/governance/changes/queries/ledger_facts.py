"""What the ledger holds, for the few changes that depend on it."""

from __future__ import annotations

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
