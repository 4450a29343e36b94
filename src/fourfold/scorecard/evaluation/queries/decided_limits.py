"""What was decided on limits, for the evaluations below: a higher app keeps it, and answers when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock

from fourfold.engine.limit_decisions import NO_DECISIONS, NONE_DECIDED, DecidedLimits, LimitDecisions

__all__ = ["Answer", "answer_for_limits", "decisions_known"]

Answer = Callable[[datetime | None], Mapping[tuple[str, str], DecidedLimits]]
"""From a past moment (None: now) to everything that stood, by measure and unit. One query."""

_answers: list[Answer] = []


def answer_for_limits(answer: Answer) -> None:
    """Tell who keeps decisions, from `AppConfig.ready`; the same again replaces."""
    _answers[:] = [answer]


def decisions_known(*, as_of: datetime | None = None) -> LimitDecisions:
    """What stands, or stood; costs a query once somebody asks, and none before."""
    return _Known(_answers[0], as_of) if _answers else NO_DECISIONS


class _Known:
    """Asked for the first measure that counts cases, and kept for the others of the same look."""

    def __init__(self, answer: Answer, as_of: datetime | None) -> None:
        self._answer, self._as_of = answer, as_of
        self._found: Mapping[tuple[str, str], DecidedLimits] | None = None
        self._lock = Lock()

    def of(self, measure: str, unit: str) -> DecidedLimits:
        """What stands there."""
        with self._lock:
            if self._found is None:
                self._found = self._answer(self._as_of)
        return self._found.get((measure, unit), NONE_DECIDED)
