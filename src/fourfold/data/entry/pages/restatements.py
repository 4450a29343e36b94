"""Restatements as one reads and decides them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["RestatementLine", "RestatementPage", "RestatementView", "VerdictLine"]


@dataclass(frozen=True, slots=True)
class RestatementLine:
    """One value: what it reads and what it should read, as typed; `value` where that is one number."""

    measure: str
    measure_name: str
    segment: str
    period: str
    before: str
    after: str
    value: float | None


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """What an approver said; `is_standing`: they may still say so."""

    person: str
    is_approval: bool
    is_standing: bool
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RestatementView:
    """One restatement, and what the person reading may do with it; `reopened` names a period that is final no more."""

    pk: int
    unit: str
    unit_name: str
    class_label: str
    reason: str
    proposer: str
    proposed_at: datetime
    state: str
    state_label: str
    lines: tuple[RestatementLine, ...]
    verdicts: tuple[VerdictLine, ...]
    approvals_left: int
    may_decide: bool
    may_withdraw: bool
    why_not: str
    reopened: str


@dataclass(frozen=True, slots=True)
class RestatementPage:
    """All restatements in sight: those waiting first."""

    pending: tuple[RestatementView, ...]
    decided: tuple[RestatementView, ...]
