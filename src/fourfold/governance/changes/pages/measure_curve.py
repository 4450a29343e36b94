"""The curve from value to score, drawn from the very rule that scores the pages (METHOD §2.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fourfold.engine.definitions import MeasureVersion
from fourfold.engine.policies import Policies
from fourfold.engine.quantities import Status
from fourfold.engine.score import (
    STATUS_CODES,
    AnchorRule,
    Anchors,
    anchor_rule,
    anchors_at,
    scale_named,
    score_block,
)
from fourfold.platform.ui.drawings.scaling import Scale
from fourfold.platform.ui.numbers import ValueFormat, display_number, display_score

__all__ = ["ScoreCurve", "curve_of"]

_WIDTH, _HEIGHT = 420.0, 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 12.0, 14.0, 34.0


@dataclass(frozen=True, slots=True)
class ScoreCurve:
    """The anchors of one target, and what a tried value scores. `anchors` is None where there is no line to draw."""

    anchors: Anchors | None
    scale: str
    ceiling: float
    form: ValueFormat
    target: float | None
    value: float | None
    score: float | None
    status: Status

    @property
    def score_text(self) -> str:
        """With the digits the scorecard has."""
        return display_score(self.score)

    @property
    def value_text(self) -> str:
        """As the scorecard writes it."""
        return str(self.form.shown(self.value))

    @property
    def drawing(self) -> SafeString:
        """The curve as SVG; empty where there is no line."""
        return SafeString("") if self.anchors is None else _drawing(self, self.anchors)


def curve_of(
    version: MeasureVersion, *, target: float | None, value: float | None, policies: Policies
) -> ScoreCurve:
    """Compile the version's thresholds and lay them out for one target.

    Raises:
        ThresholdRefused: out of order, or without what the goal needs.
    """
    scale = scale_named(policies.text("score.scale"))
    rule = anchor_rule(version, scale=scale, default_red_share=policies.number("score.default_red_share"))
    has_target = target is not None or not rule.needs_target
    anchors = anchors_at(rule, math.nan if target is None else target) if has_target else None
    score, status = _scored(rule, target=target, value=value)
    form = ValueFormat(version.decimals, version.unit_of_measure)
    return ScoreCurve(anchors, scale.sentence, scale.ceiling, form, target, value, score, status)


def _scored(rule: AnchorRule, *, target: float | None, value: float | None) -> tuple[float | None, Status]:
    """By the same block that scores the pages."""
    if value is None:
        return None, Status.GREY
    wanted = np.array([math.nan if target is None else target])
    block = score_block(
        np.array([value]), wanted, rule=rule, why=np.zeros(1, dtype=np.uint8), backend="numpy"
    )
    score = float(block.score[0])
    return (None if math.isnan(score) else score), STATUS_CODES[int(block.status[0])]


# --- drawing ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where values and scores lie on the drawing."""

    across: Scale
    up: Scale

    @property
    def low(self) -> float:
        return self.across.low

    @property
    def high(self) -> float:
        return self.across.high


def _drawing(curve: ScoreCurve, anchors: Anchors) -> SafeString:
    sheet = _sheet(curve, anchors)
    return format_html(
        '<svg class="score-curve" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}{}</svg>',
        int(_WIDTH),
        int(_HEIGHT),
        _sentence(curve, anchors),
        _zones(anchors, sheet),
        _scores(curve, sheet),
        _line(anchors, sheet),
        _ticks(curve, anchors, sheet),
        _marker(curve, sheet),
    )


def _sheet(curve: ScoreCurve, anchors: Anchors) -> _Sheet:
    values = [point.value for point in anchors.points]
    if curve.value is not None:
        values.append(curve.value)
    low, high = min(values), max(values)
    margin = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    across = Scale(low - margin, high + margin, _LEFT, _WIDTH - _RIGHT)
    return _Sheet(across, Scale(0.0, curve.ceiling, _HEIGHT - _BOTTOM, _TOP))


def _zones(anchors: Anchors, sheet: _Sheet) -> SafeString:
    """Red everywhere, amber and green over it: amber holds green."""
    whole = (-math.inf, math.inf)
    stretches = (("red", whole), ("amber", anchors.amber), ("green", anchors.green))
    return format_html_join(
        "",
        '<rect class="zone zone-{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (name, *_box(max(low, sheet.low), min(high, sheet.high), sheet))
            for name, (low, high) in stretches
            if max(low, sheet.low) < min(high, sheet.high)
        ),
    )


def _box(low: float, high: float, sheet: _Sheet) -> tuple[float, float, float, float]:
    left, right = sheet.across(low), sheet.across(high)
    return left, _TOP, round(right - left, 1), round(_HEIGHT - _BOTTOM - _TOP, 1)


def _scores(curve: ScoreCurve, sheet: _Sheet) -> SafeString:
    """The scale at the side: its ends and the borders of the colours."""
    assert curve.anchors is not None
    marks = sorted({0.0, curve.ceiling, *(point.score for point in curve.anchors.points)})
    return format_html_join(
        "",
        '<text class="curve-score" x="{}" y="{}" text-anchor="end">{}</text>',
        ((_LEFT - 6, sheet.up(mark) + 4, display_number(mark, decimals=0).text) for mark in marks),
    )


def _line(anchors: Anchors, sheet: _Sheet) -> SafeString:
    points = [(point.value, point.score) for point in anchors.points]
    ends = [(sheet.low, points[0][1]), *points, (sheet.high, points[-1][1])]
    places = " ".join(f"{sheet.across(value)},{sheet.up(score)}" for value, score in ends)
    return format_html('<polyline class="curve-line" points="{}"/>', places)


def _ticks(curve: ScoreCurve, anchors: Anchors, sheet: _Sheet) -> SafeString:
    """Dots on the anchors; their values under them where they do not run into one another."""
    dots = format_html_join(
        "",
        '<circle class="curve-anchor" cx="{}" cy="{}" r="3"/>',
        ((sheet.across(point.value), sheet.up(point.score)) for point in anchors.points),
    )
    labels, last = [], -math.inf
    for point in anchors.points:
        place = sheet.across(point.value)
        if place - last >= 52:
            labels.append((place, _HEIGHT - _BOTTOM + 16, curve.form.shown(point.value).text))
            last = place
    texts = format_html_join(
        "", '<text class="curve-value" x="{}" y="{}" text-anchor="middle">{}</text>', labels
    )
    return format_html("{}{}", dots, texts)


def _marker(curve: ScoreCurve, sheet: _Sheet) -> SafeString:
    if curve.value is None or curve.score is None:
        return SafeString("")
    place = sheet.across(curve.value)
    return format_html(
        '<line class="curve-now" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<circle class="curve-dot dot-{3}" cx="{0}" cy="{4}" r="5"/>',
        place,
        _TOP,
        _HEIGHT - _BOTTOM,
        curve.status.value,
        sheet.up(curve.score),
    )


def _sentence(curve: ScoreCurve, anchors: Anchors) -> str:
    points = ", ".join(
        f"{_(point.name)} {curve.form.shown(point.value)} = {display_number(point.score, decimals=1).text}"
        for point in anchors.points
    )
    return _("Score by value: {points}").format(points=points)
