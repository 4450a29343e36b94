"""Decisions on limits, append-only."""

from fourfold.governance.signals.models.limit_decision import (
    DecisionKind,
    DecisionUnknown,
    LimitDecision,
    Withdrawal,
)

__all__ = ["DecisionKind", "DecisionUnknown", "LimitDecision", "Withdrawal"]
