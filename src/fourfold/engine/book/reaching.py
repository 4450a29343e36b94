"""How far back windows begin, so that a page has the same digits wherever its time axis begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fourfold.engine.book.value_rules import ValueRule
from fourfold.engine.calendar import FiscalCalendar, Period
from fourfold.engine.formula.syntax import Rolling, every_node

__all__ = ["first_day_needed"]


def first_day_needed(
    rules: Sequence[Sequence[ValueRule]], *, order: Sequence[int], calendar: FiscalCalendar, shown_from: date
) -> date:
    """The first day of any rolling window on pages from `shown_from` on.

    A window is not laid out further than to where its measure became known: from there on it is TOO_FEW_POINTS anyway.

    Source: decision 0008.
    """
    needed = dict.fromkeys(range(len(rules)), shown_from)
    earliest = shown_from
    for measure in reversed(order):
        for rule in rules[measure]:
            steps = _steps_back(rule)
            for read in rule.reads:
                first = _earlier(needed[measure], rules[read], calendar=calendar, steps=steps)
                needed[read] = min(needed[read], first)
                earliest = min(earliest, first)
    return earliest


def _steps_back(rule: ValueRule) -> int:
    """How many native periods lie before a page that a formula adds up, at most."""
    if rule.formula is None:
        return 0
    steps = [node.periods for node, _ in every_node(rule.formula) if isinstance(node, Rolling)]
    return sum(steps)


def _earlier(day: date, rules: Sequence[ValueRule], *, calendar: FiscalCalendar, steps: int) -> date:
    if not steps:
        return day
    found = day
    for rule in rules:
        at = calendar.ordinals(rule.frequency, first=day, last=day).start
        first = calendar.first_day(Period(rule.frequency, at - steps))
        found = min(found, max(first, rule.known_from or date.min))
    return found
