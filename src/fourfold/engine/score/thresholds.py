"""From a measure version's written thresholds to an `AnchorRule`, refusing what is out of order (METHOD §2.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from fourfold.engine.definitions import MeasureVersion, ThresholdBasis
from fourfold.engine.quantities import GoalType
from fourfold.engine.score.refusals import ThresholdMissing, ThresholdOrder
from fourfold.engine.score.rule import ON_TARGET, AnchorRule, Edges, Line, RuleShape
from fourfold.engine.score.scales import ANCHORED, Scale, ScaleFamily

__all__ = ["DEFAULT_RED_SHARE", "anchor_rule"]

DEFAULT_RED_SHARE = 0.9  # of the target; policy `score.default_red_share` (DESIGN §5, Thresholds)
MILESTONE_LIMIT = 100.0  # percent done
YES_NO = ((0.0, 0.0), (1.0, 100.0))


def anchor_rule(
    version: MeasureVersion, *, scale: Scale = ANCHORED, default_red_share: float = DEFAULT_RED_SHARE
) -> AnchorRule:
    """Compile a version's goal and thresholds for one scale.

    Args:
        version: goal, thresholds, band, rubric, baseline and natural bounds are read, nothing else.
        scale: the policy `score.scale`.
        default_red_share: red where only a target is given; mirrored about the target for minimise.

    Raises:
        ThresholdOrder: the numbers are out of order whatever the target.
        ThresholdMissing: a band without tolerance and red, a rubric without rows, a scale without its baseline or
            bounds.

    Source: METHOD §2.2, §2.3; DESIGN §5 (Thresholds).

    >>> from fourfold.engine.definitions import MeasureRole, Thresholds, Tier
    >>> from fourfold.engine.calendar import Frequency
    >>> from fourfold.engine.quantities import AggregationKind
    >>> on_time = MeasureVersion(
    ...     1, None, AggregationKind.RATIO, "%", GoalType.MAXIMISE, Frequency.MONTH, Thresholds(red=0.95),
    ...     MeasureRole.LAG, Tier.EXECUTIVE, None, None, "",
    ... )
    >>> anchor_rule(on_time).red
    Line(share=0.95, shift=0.0)
    """
    goal = version.goal
    if goal is GoalType.INFORMATIONAL:
        return AnchorRule(goal, scale, RuleShape.UNSCORED)
    if goal is GoalType.BOOLEAN:
        return AnchorRule(goal, scale, RuleShape.TABLE, table=YES_NO)
    if goal is GoalType.ORDINAL:
        return AnchorRule(goal, scale, RuleShape.TABLE, table=_rubric(version))
    if goal in (GoalType.BAND, GoalType.EXACT):
        return _two_sided(version, scale)
    if scale.family is ScaleFamily.FROM_BASELINE:
        return _from_baseline(version, scale)
    if scale.family is ScaleFamily.BETWEEN_BOUNDS:
        return _between_bounds(version, scale)
    return _from_thresholds(version, scale, default_red_share)


def _sign(version: MeasureVersion) -> float:
    return -1.0 if version.goal is GoalType.MINIMISE else 1.0


def _from_thresholds(version: MeasureVersion, scale: Scale, default_red_share: float) -> AnchorRule:
    sign = _sign(version)
    _check_order(version, sign)
    red = _line(version, version.thresholds.red, towards=-sign)
    if red is None:
        red = Line(default_red_share if sign > 0 else 2.0 - default_red_share, 0.0)
    rule = AnchorRule(version.goal, scale, RuleShape.ONE_SIDED, sign=sign, red=red)
    if scale.family is ScaleFamily.EXTRAPOLATED:
        return rule
    best_limit, worst_limit = _limits(version, sign)
    return AnchorRule(
        version.goal,
        scale,
        RuleShape.ONE_SIDED,
        sign=sign,
        red=red,
        best=_line(version, version.thresholds.best, towards=sign),
        worst=_line(version, version.thresholds.worst, towards=-sign),
        best_limit=best_limit,
        worst_limit=worst_limit,
    )


def _line(version: MeasureVersion, number: float | None, *, towards: float) -> Line | None:
    if number is None:
        return None
    basis = version.thresholds.basis
    if basis is ThresholdBasis.SHARE:
        return Line(number, 0.0)
    if basis is ThresholdBasis.ABSOLUTE:
        return Line(0.0, number)
    return Line(1.0, towards * number)


def _check_order(version: MeasureVersion, sign: float) -> None:
    """Refuse what no target can put in order; what depends on the target is for `anchors_at`."""
    given = version.thresholds
    if given.basis is ThresholdBasis.DISTANCE:
        towards_worse = [("target", 0.0), ("red", given.red), ("worst", given.worst)]
        _strictly(towards_worse, sign=1.0, version=version)
        _strictly([("target", 0.0), ("best", given.best)], sign=1.0, version=version)
        return
    target = 1.0 if given.basis is ThresholdBasis.SHARE else None
    rising = [("worst", given.worst), ("red", given.red), ("target", target), ("best", given.best)]
    _strictly(rising, sign=sign, version=version)


def _strictly(named: Sequence[tuple[str, float | None]], *, sign: float, version: MeasureVersion) -> None:
    known = [(name, number) for name, number in named if number is not None]
    for (lower_name, lower), (upper_name, upper) in pairwise(known):
        if not sign * lower < sign * upper:
            raise ThresholdOrder(
                f"{version.goal} needs {lower_name} before {upper_name} in the wanted direction, "
                f"as {version.thresholds.basis}: {lower_name} {lower:g}, {upper_name} {upper:g}"
            )


def _limits(version: MeasureVersion, sign: float) -> tuple[float, float]:
    low = -math.inf if version.natural_min is None else version.natural_min
    high = math.inf if version.natural_max is None else version.natural_max
    if version.goal is GoalType.MILESTONE:
        high = min(high, MILESTONE_LIMIT)
    _strictly([("natural minimum", low), ("natural maximum", high)], sign=1.0, version=version)
    return (high, low) if sign > 0 else (low, high)


def _from_baseline(version: MeasureVersion, scale: Scale) -> AnchorRule:
    """Score 0 lies at the baseline; without one at zero, and for minimise at twice the target."""
    if version.baseline is None and scale.needs_baseline:
        raise ThresholdMissing(f"the scale {scale.key!r} needs a baseline")
    share = scale.amber / scale.green
    sign = _sign(version)
    if version.baseline is not None:
        red = Line(share, (1.0 - share) * version.baseline)
    else:
        red = Line(share if sign > 0 else 2.0 - share, 0.0)
    return AnchorRule(version.goal, scale, RuleShape.ONE_SIDED, sign=sign, red=red)


def _between_bounds(version: MeasureVersion, scale: Scale) -> AnchorRule:
    worst, best = _bounds(version)
    width = best - worst
    return AnchorRule(
        version.goal,
        scale,
        RuleShape.ONE_SIDED,
        sign=_sign(version),
        green=Line(0.0, worst + width * (scale.green / 100)),
        red=Line(0.0, worst + width * (scale.amber / 100)),
    )


def _bounds(version: MeasureVersion) -> tuple[float, float]:
    """The worst and best possible value: absolute thresholds first, then the natural bounds."""
    sign = _sign(version)
    best_limit, worst_limit = _limits(version, sign)
    given = version.thresholds
    absolute = given.basis is ThresholdBasis.ABSOLUTE
    worst = given.worst if absolute and given.worst is not None else worst_limit
    best = given.best if absolute and given.best is not None else best_limit
    if not (math.isfinite(worst) and math.isfinite(best)):
        raise ThresholdMissing("the scale 'min_max' needs a worst and a best possible value")
    _strictly([("worst", worst), ("best", best)], sign=sign, version=version)
    return worst, best


def _two_sided(version: MeasureVersion, scale: Scale) -> AnchorRule:
    if version.goal is GoalType.BAND and version.band is None:
        raise ThresholdMissing("a band needs its lower and upper edge")
    band = version.band if version.goal is GoalType.BAND else None
    if band is not None and not band[0] <= band[1]:
        raise ThresholdOrder(f"a band runs from its lower to its upper edge: {band[0]:g} to {band[1]:g}")
    edges = _edges(version)
    if scale.family is ScaleFamily.BETWEEN_BOUNDS:
        edges = Edges(edges.worst / 3, edges.worst * 2 / 3, edges.worst)
    return AnchorRule(version.goal, scale, RuleShape.TWO_SIDED, green=ON_TARGET, edges=edges, band=band)


def _edges(version: MeasureVersion) -> Edges:
    """Distances from the band; a missing one lies as far out again as the one before it."""
    given = version.thresholds
    if given.tolerance is None and given.red is None:
        raise ThresholdMissing(f"the goal {version.goal!s} needs a tolerance or a red distance")
    tolerance = 0.0 if given.tolerance is None else given.tolerance
    red = 2.0 * tolerance if given.red is None else given.red
    worst = red + (red - tolerance) if given.worst is None else given.worst
    if not 0.0 <= tolerance < red < worst:
        raise ThresholdOrder(
            "distances must grow from tolerance over red to worst: "
            f"tolerance {tolerance:g}, red {red:g}, worst {worst:g}"
        )
    return Edges(tolerance, red, worst)


def _rubric(version: MeasureVersion) -> tuple[tuple[float, float], ...]:
    if not version.rubric:
        raise ThresholdMissing("an ordinal goal needs its table of values and scores")
    for value, score in version.rubric:
        if not 0.0 <= score <= 100.0:
            raise ThresholdOrder(f"the score of {value:g} lies outside 0 to 100: {score:g}")
    return version.rubric
