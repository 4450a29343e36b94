"""From a value and its target to a score and a status on the anchored scale (METHOD §2.2, §2.3; DESIGN §5)."""

from __future__ import annotations

from itertools import pairwise

from fourfold.engine.definitions import MeasureVersion

THIRD = 100 / 3


def between(x: float, anchors: list[tuple[float, float]]) -> float:
    """The straight line through (value, score) anchors in rising order of value, level outside them."""
    if x <= anchors[0][0]:
        return anchors[0][1]
    for (low, low_score), (high, high_score) in pairwise(anchors):
        if x <= high:
            return low_score + (high_score - low_score) * (x - low) / (high - low)
    return anchors[-1][1]


def scored(version: MeasureVersion, value: float, target: float | None, *, periods: int) -> float | None:
    """The score, or None where a target is needed and missing or a table does not list the value."""
    goal = version.goal.value
    if goal == "boolean":
        return {1.0: 100.0, 0.0: 0.0}.get(value)
    if goal == "ordinal":
        return dict(version.rubric).get(value)
    if goal == "band":
        assert version.band is not None
        return _inside(version, value, *version.band)
    if target is None:
        return None
    if goal == "exact":
        return _inside(version, value, target, target)
    return _one_sided(version, value, target, periods=periods)


def _inside(version: MeasureVersion, value: float, low: float, high: float) -> float:
    limits = version.thresholds
    assert limits.tolerance is not None
    assert limits.red is not None
    assert limits.worst is not None
    outside = max(low - value, value - high, 0.0)
    anchors = [(0.0, 100.0), (limits.tolerance, 2 * THIRD), (limits.red, THIRD), (limits.worst, 0.0)]
    return between(outside, anchors)


def _one_sided(version: MeasureVersion, value: float, target: float, *, periods: int) -> float | None:
    limits, is_less_better = version.thresholds, version.goal.value == "minimise"
    sign = -1.0 if is_less_better else 1.0
    # Everything below is written for "more is better"; "less is better" is the same with all signs turned.
    x, green = sign * value, sign * target

    def read(given: float | None, side: int) -> float | None:
        if given is None:
            return None
        if limits.basis.value == "share":
            return sign * given * target
        if limits.basis.value == "distance":
            summed = periods if version.kind.value == "flow" else 1
            return green + side * given * summed
        return sign * given

    if limits.basis.value == "share" and target <= 0:
        return None
    red = read(limits.red, -1)
    if red is None:
        red = sign * target * (1.1 if is_less_better else 0.9)
    worst, best = read(limits.worst, -1), read(limits.best, +1)
    worst = red - (green - red) if worst is None else worst
    best = green + (green - red) if best is None else best
    if version.goal.value == "milestone":
        best = min(best, 100.0)
    ceiling = version.natural_min if is_less_better else version.natural_max
    best = best if ceiling is None else min(best, sign * ceiling)
    if x >= best:
        return 100.0
    return between(x, [(worst, 0.0), (red, THIRD), (green, 2 * THIRD), (best, 100.0)])


def colour(score: float) -> str:
    """The colour of a score: green from two thirds, amber from one third (a millionth of a point is on the border)."""
    if score >= 2 * THIRD - 1e-6:
        return "green"
    return "amber" if score >= THIRD - 1e-6 else "red"
