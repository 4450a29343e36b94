"""The anchors of one cell in the open: for charts and `explain`, and to refuse targets that put them out of order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NoReturn

from fourfold.engine.score.refusals import ThresholdOrder, ThresholdShareNeedsPositiveTarget
from fourfold.engine.score.rule import AnchorRule, Line, RuleShape, widths_of

__all__ = ["Anchor", "Anchors", "anchors_at"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A value and the score it has; `name` is worst, red, target, best, or edge (of a band)."""

    name: str
    value: float
    score: float


@dataclass(frozen=True, slots=True)
class Anchors:
    """The score as a function of the value: straight between the points, level outside them.

    `points` run from the smallest value to the largest. `green` and `amber` are closed ranges of values, endless
    where nothing limits them; amber holds green. Two points at one value are a jump.
    """

    points: tuple[Anchor, ...]
    green: tuple[float, float]
    amber: tuple[float, float]

    def named(self, name: str) -> tuple[float, ...]:
        """The values of the points with a name: one where a goal has one side, two where it has two."""
        return tuple(point.value for point in self.points if point.name == name)

    @property
    def amber_width(self) -> float:
        """From red to green, on the side where it is wider; 0 where nothing lies between.

        >>> Anchors((), green=(99.9, math.inf), amber=(99.4, math.inf)).amber_width
        0.5
        """
        sides = (self.green[0] - self.amber[0], self.amber[1] - self.green[1])
        return max((width for width in sides if math.isfinite(width)), default=0.0)


def anchors_at(
    rule: AnchorRule,
    target: float = math.nan,
    *,
    multiplicity: float = 1.0,
    red: float | None = None,
    best: float | None = None,
) -> Anchors | None:
    """Say where worst, red, target and best lie for one target; None for goals that have no line to draw.

    Args:
        rule: from `anchor_rule`.
        target: in the measure's unit; not needed unless `rule.needs_target`.
        multiplicity: how many entered targets it is the sum of.
        red: the target row's own red, an absolute value; ignored unless `rule.takes_red`.
        best: its own best; ignored unless `rule.takes_best`.

    Raises:
        ThresholdShareNeedsPositiveTarget: red is a share of a target that is zero or negative.
        ThresholdOrder: worst, red, target and best do not follow one another in the wanted direction.

    Source: METHOD §2.3; DESIGN §5 (Thresholds).

    >>> from fourfold.engine.quantities import GoalType
    >>> from fourfold.engine.score import ANCHORED, Line
    >>> rule = AnchorRule(GoalType.MAXIMISE, ANCHORED, RuleShape.ONE_SIDED, red=Line(0.5, 0.0))
    >>> [(point.name, point.value) for point in anchors_at(rule, 80.0).points]
    [('worst', 0.0), ('red', 40.0), ('target', 80.0), ('best', 120.0)]
    """
    if rule.shape is RuleShape.ONE_SIDED:
        known = target if rule.needs_target else 0.0
        return _one_sided(
            rule,
            _Row(known, multiplicity, red if rule.takes_red else None, best if rule.takes_best else None),
        )
    if rule.shape is RuleShape.TWO_SIDED:
        return _two_sided(rule, _Row(target, multiplicity, None, None))
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """One target row: the target, how many it sums, and what it says itself."""

    target: float
    multiplicity: float
    red: float | None
    best: float | None

    def at(self, line: Line) -> float:
        return line.at(self.target, self.multiplicity)


def _one_sided(rule: AnchorRule, row: _Row) -> Anchors:
    aim = row.at(rule.green)
    red = row.at(rule.red) if row.red is None else row.red
    if not rule.sign * red < rule.sign * aim:
        _refuse_share(rule, row)
        _refuse(rule, ("red", red), ("target", aim))
    scale = rule.scale
    points = [
        Anchor("worst", _worst(rule, row, aim=aim, red=red), 0.0),
        Anchor("red", red, scale.amber),
        Anchor("target", aim, scale.green),
    ]
    best = _best(rule, row, aim=aim, red=red)
    if scale.green < scale.ceiling:
        points.append(Anchor("best", best, scale.ceiling))
    if rule.sign > 0:
        return Anchors(tuple(points), green=(aim, math.inf), amber=(red, math.inf))
    return Anchors(tuple(reversed(points)), green=(-math.inf, aim), amber=(-math.inf, red))


def _best(rule: AnchorRule, row: _Row, *, aim: float, red: float) -> float:
    """As given, else at the same slope; never beyond the natural bound."""
    best = aim + (aim - red) * rule.scale.widths_up
    if row.best is not None:
        best = row.best
    elif rule.best is not None:
        best = row.at(rule.best)
    elif rule.scale.widths_up == 0:
        return aim
    if not rule.sign * aim < rule.sign * best:
        _refuse(rule, ("target", aim), ("best", best))
    limit = rule.best_limit * row.multiplicity
    if rule.sign * limit < rule.sign * aim:
        _refuse(rule, ("target", aim), ("natural bound", limit))
    return min(best, limit) if rule.sign > 0 else max(best, limit)


def _worst(rule: AnchorRule, row: _Row, *, aim: float, red: float) -> float:
    """As given, else at the same slope; never beyond the natural bound, unless red already is."""
    worst = red - (aim - red) * rule.scale.widths_down
    if rule.worst is not None:
        worst = row.at(rule.worst)
    if not rule.sign * worst < rule.sign * red:
        _refuse(rule, ("worst", worst), ("red", red))
    limit = rule.worst_limit * row.multiplicity
    return min(max(worst, limit), red) if rule.sign > 0 else max(min(worst, limit), red)


def _refuse_share(rule: AnchorRule, row: _Row) -> None:
    is_share = rule.red.shift == 0 and rule.red.share not in (0.0, 1.0)
    if is_share and row.red is None and row.target <= 0:
        raise ThresholdShareNeedsPositiveTarget(
            f"red is {rule.red.share:g} of the target, which must then be above zero, not {row.target:g}; "
            "give red as a distance"
        )


def _refuse(rule: AnchorRule, nearer_worst: tuple[str, float], nearer_best: tuple[str, float]) -> NoReturn:
    (lower, lower_value), (upper, upper_value) = nearer_worst, nearer_best
    raise ThresholdOrder(
        f"{rule.goal!s} needs {lower} before {upper} in the wanted direction: "
        f"{lower} {lower_value:g}, {upper} {upper_value:g}"
    )


def _two_sided(rule: AnchorRule, row: _Row) -> Anchors:
    low, high = (row.target, row.target) if rule.band is None else rule.band
    times = row.multiplicity
    bottom, top = (low, high) if rule.band is None else (low * times, high * times)
    tolerance, _up, amber, down = (width * times for width in widths_of(rule))
    red, scale = tolerance + amber, rule.scale
    worst = red + down * scale.widths_down
    distances = [
        ("edge", 0.0, 100.0),
        ("target", tolerance, scale.green),
        ("red", red, scale.amber),
        ("worst", worst, 0.0),
    ]
    below = [Anchor(name, bottom - distance, score) for name, distance, score in reversed(distances)]
    above = [Anchor(name, top + distance, score) for name, distance, score in distances]
    green = (bottom - tolerance, top + tolerance)
    return Anchors((*below, *above), green=green, amber=(bottom - red, top + red))
