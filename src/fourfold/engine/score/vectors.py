"""Scoring in plain NumPy. Must agree with `kernels` to the last bit: change both or neither."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.score.rule import AnchorRule, Line, RuleShape, widths_of
from fourfold.engine.score.status import BORDER_TOLERANCE

__all__ = ["Cells", "position_of", "score_one_sided", "score_table", "score_two_sided"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cells:
    """A flat run of cells, short enough for the cache, and the places where the answers go."""

    value: Floats
    target: Floats
    why: Bytes
    own_red: Floats | None
    own_best: Floats | None
    multiplicity: Floats | None
    score: Floats
    status: Bytes
    reason: Bytes

    def part(self, cells: slice) -> Cells:
        """A shorter run of the same cells; views, no copies."""
        return Cells(
            self.value[cells],
            self.target[cells],
            self.why[cells],
            None if self.own_red is None else self.own_red[cells],
            None if self.own_best is None else self.own_best[cells],
            None if self.multiplicity is None else self.multiplicity[cells],
            self.score[cells],
            self.status[cells],
            self.reason[cells],
        )


def score_one_sided(cells: Cells, rule: AnchorRule) -> None:
    """Score where more is better, or less is."""
    aim = _at(rule.green, cells)
    red = _own(_at(rule.red, cells), cells.own_red)
    amber = _towards(aim, red, rule.sign)
    over = _towards(cells.value, aim, rule.sign)
    usable = amber > 0.0
    usable &= np.isfinite(over)
    position = np.divide(over, amber)
    straight = _straight(position, rule)
    if not rule.is_straight or cells.own_best is not None:
        up, down = _widths(cells, rule, aim=aim, red=red, amber=amber)
        usable &= up.ordered & down.ordered
        _bend(straight, _Bend(over, position, up.width, amber, down.width), rule)
    _hand_over(cells, straight, position, usable=usable, ceiling=rule.scale.ceiling)


def score_two_sided(cells: Cells, rule: AnchorRule) -> None:
    """Score a band, or a target with a tolerance, by how far outside the value lies."""
    over, up, amber, down = _outside(cells, rule)
    position = over / amber
    score = _straight(position, rule)
    _bend(score, _Bend(over, position, up, amber, down), rule)
    _hand_over(cells, score, position, usable=np.isfinite(over), ceiling=min(rule.scale.ceiling, 100.0))


def position_of(cells: Cells, rule: AnchorRule) -> Floats:
    """How far above the green border, in amber widths; NaN where the borders are out of order."""
    if rule.shape is RuleShape.TWO_SIDED:
        over, _up, amber, _down = _outside(cells, rule)
    else:
        aim = _at(rule.green, cells)
        over = _towards(cells.value, aim, rule.sign)
        amber = _towards(aim, _own(_at(rule.red, cells), cells.own_red), rule.sign)
    return np.where(amber > 0.0, over / amber, np.nan)


def _outside(cells: Cells, rule: AnchorRule) -> tuple[Floats, Floats, Floats, Floats]:
    """For a two-sided goal: the distance over the green border, and the widths of best, amber and red."""
    low, high = rule.band or (0.0, 0.0)
    times = np.float64(1.0) if cells.multiplicity is None else cells.multiplicity
    bottom = cells.target if rule.band is None else low * times
    top = cells.target if rule.band is None else high * times
    outside = np.maximum(bottom - cells.value, cells.value - top)
    np.maximum(outside, 0.0, out=outside)
    tolerance, up, amber, down = (np.full_like(outside, width) * times for width in widths_of(rule))
    return tolerance - outside, up, amber, down


def score_table(cells: Cells, rule: AnchorRule) -> None:
    """Look each value up; what is not listed is not computable. Colours follow the listed score."""
    cells.score.fill(np.nan)
    for value, score in rule.table:
        np.copyto(cells.score, score, where=cells.value == value)
    position = (cells.score - rule.scale.green) / rule.scale.step
    _hand_over(cells, cells.score.copy(), position, usable=np.isfinite(cells.score), ceiling=100.0)


def _at(line: Line, cells: Cells) -> Floats:
    shifted = line.shift * (1.0 if cells.multiplicity is None else cells.multiplicity)
    if line.share == 1.0 and line.shift == 0.0:
        return cells.target
    result = cells.target * line.share
    if line.shift != 0.0:
        result += shifted
    return result


def _own(derived: Floats, own: Floats | None) -> Floats:
    return derived if own is None else np.where(np.isnan(own), derived, own)


def _towards(ahead: Floats, behind: Floats, sign: float) -> Floats:
    """How much better `ahead` is than `behind`."""
    return ahead - behind if sign > 0 else behind - ahead


def _straight(position: Floats, rule: AnchorRule) -> Floats:
    score = position * rule.scale.step
    score += rule.scale.green
    return score


@dataclass(frozen=True, slots=True)
class _End:
    """One end of the scale: its width, and whether it lies on the right side."""

    width: Floats
    ordered: Bools


def _widths(cells: Cells, rule: AnchorRule, *, aim: Floats, red: Floats, amber: Floats) -> tuple[_End, _End]:
    times = np.float64(1.0) if cells.multiplicity is None else cells.multiplicity
    up = amber if rule.best is None else _towards(_at(rule.best, cells), aim, rule.sign)
    if cells.own_best is not None:
        up = np.where(np.isnan(cells.own_best), up, _towards(cells.own_best, aim, rule.sign))
    down = amber if rule.worst is None else _towards(red, _at(rule.worst, cells), rule.sign)
    room_up = rule.sign * (rule.best_limit * times - aim)
    room_down = np.maximum(rule.sign * (red - rule.worst_limit * times), 0.0)
    return (
        _End(np.minimum(up, room_up), (up > 0.0) & (room_up >= 0.0)),
        _End(np.minimum(down, room_down), down > 0.0),
    )


@dataclass(frozen=True, slots=True)
class _Bend:
    """What the ends need: the distance over the green border, in the measure's unit and in amber widths."""

    over: Floats
    position: Floats
    up: Floats
    amber: Floats
    down: Floats


def _bend(score: Floats, bend: _Bend, rule: AnchorRule) -> None:
    """Give both ends their own slopes, in place; an end as wide as the amber part is left alone."""
    green, step = rule.scale.green, rule.scale.step
    above = (bend.position > 0.0) & (bend.up != bend.amber)
    np.copyto(score, green + step * (bend.over / bend.up), where=above)
    np.copyto(score, green + step, where=(bend.position >= -BORDER_TOLERANCE) & (bend.up == 0.0))
    below = (bend.position < -1.0 - BORDER_TOLERANCE) & (bend.down != bend.amber)
    np.copyto(score, (green - step) + step * ((bend.over + bend.amber) / bend.down), where=below)
    np.copyto(score, 0.0, where=below & (bend.down == 0.0))


def _hand_over(cells: Cells, score: Floats, position: Floats, *, usable: Bools, ceiling: float) -> None:
    """Clamp, colour, and blank out what has no score together with the reason."""
    usable &= cells.why == Why.PRESENT
    np.maximum(score, 0.0, out=score)
    np.minimum(score, ceiling, out=cells.score)
    amber_or_better = position >= -1.0 - BORDER_TOLERANCE
    np.add(amber_or_better, position >= -BORDER_TOLERANCE, out=cells.status, dtype=np.uint8)
    np.add(cells.status, 1, out=cells.status)
    np.multiply(cells.status, usable, out=cells.status)
    np.copyto(cells.reason, cells.why)
    if not usable.all():
        _blank(cells, usable)


def _blank(cells: Cells, usable: Bools) -> None:
    unusable = ~usable
    np.copyto(cells.score, np.nan, where=unusable)
    unusable &= cells.why == Why.PRESENT
    if unusable.any():
        finite = np.isfinite(cells.value)
        np.copyto(cells.reason, np.uint8(Why.MISSING_REQUIRED), where=unusable & finite)
        np.copyto(cells.reason, np.uint8(Why.NOT_FINITE), where=unusable & ~finite)
