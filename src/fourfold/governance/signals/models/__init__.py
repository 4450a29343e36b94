"""Decisions on limits, append-only."""

from fourfold.governance.signals.models.limit_decision import (
    ChosenChart,
    DecisionKind,
    DecisionUnknown,
    LimitDecision,
    Withdrawal,
)

__all__ = ["ChosenChart", "DecisionKind", "DecisionUnknown", "LimitDecision", "Withdrawal"]
