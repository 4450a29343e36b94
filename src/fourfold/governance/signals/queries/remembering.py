"""What charts with a memory say to the list of exceptions: their signals, and how often chance alone makes one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fourfold.engine import spc
from fourfold.engine.exceptions import Marked
from fourfold.governance.signals.queries.judging import Group, Rules

__all__ = ["marked_of"]

MOST_FRESH = 60
"""Points after those that limits are made of, beyond which the chance is taken to rise no more."""


def marked_of(group: Group, rows: Sequence[int], *, latest: int, rules: Rules) -> Marked | None:
    """The signals of these rows of an EWMA or a CUSUM; None for charts that remember nothing. Simulated once a size."""
    if group.remembered is None:
        return None
    found = group.remembered.signals
    chance = [_chance(group, row, latest=latest, rules=rules) for row in rows]
    return Marked(spc.Signals(found.rules, found.marks[list(rows)]), np.array(chance))


def _chance(group: Group, row: int, *, latest: int, rules: Rules) -> float:
    """Of the last segment: how many points its limits are made of, and how many came since."""
    used = int(group.chart.over_points(group.chart.used)[row, -1])
    if used < spc.TRIAL_POINTS:
        return float("nan")
    number = np.broadcast_to(group.chart.segments.number, group.chart.points.shape)[row]
    there = np.isfinite(group.chart.points[row]) & ~group.excluded[row] & (number == number[-1])
    fresh = min(max(int(there.sum()) - used, 0), MOST_FRESH)
    return spc.memory_alarm_rate(
        group.kind, used=used, fresh=fresh, latest=min(latest, used + fresh), terms=rules.memory
    ).rate
