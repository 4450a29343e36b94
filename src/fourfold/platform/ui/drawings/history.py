"""Scores of several things over time as lines that differ by dash, not by colour alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fourfold.platform.ui.drawings.scaling import Scale, runs
from fourfold.platform.ui.numbers import display_score

__all__ = ["HistoryLine", "HistoryRow", "ScoreHistory", "history_chart", "line_sample"]

_STEP = 10.0
_HEADROOM = 4.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 40.0, 10.0, 26.0
_LABEL_WIDTH = 62.0
_LABEL_HEIGHT = 13.0


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """The scores of one perspective or objective, oldest first; None where it has none."""

    key: str
    name: str
    scores: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One period of the table that stands beside the chart."""

    label: str
    scores: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ScoreHistory:
    """Lines over the same periods; `borders` are the scores at which amber and green begin."""

    labels: tuple[str, ...]
    lines: tuple[HistoryLine, ...]
    borders: tuple[float, ...] = ()

    @property
    def has_scores(self) -> bool:
        """Whether there is anything to draw."""
        return any(score is not None for line in self.lines for score in line.scores)

    @property
    def rows(self) -> tuple[HistoryRow, ...]:
        """The same numbers by period."""
        columns = zip(self.labels, zip(*(line.scores for line in self.lines), strict=True), strict=True)
        return tuple(HistoryRow(label, scores) for label, scores in columns)


def line_sample(place: int) -> SafeString:
    """A piece of the line at that place of the legend."""
    return format_html(
        '<svg class="line-sample" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">'
        '<path class="history-line line-{}" d="M0 4h28"/></svg>',
        place % 7 + 1,
    )


def history_chart(history: ScoreHistory, *, width: int, height: int, title: str) -> SafeString:
    """Draw at a given size in user units; text keeps its size, so a narrow screen gets a narrow drawing."""
    low, high = _bounds(history)
    across = Scale(0, max(len(history.labels) - 1, 1), _LEFT, width - _RIGHT)
    up = Scale(low, high, height - _BOTTOM, _TOP)
    return format_html(
        '<svg class="history" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}{}</svg>',
        width,
        height,
        f"{title}. The table below has every number.",
        _grid(low, high, up=up, right=width - _RIGHT),
        _borders(history, low=low, high=high, up=up, right=width - _RIGHT),
        _months(history, across=across, base=height - 7, room=width - _RIGHT - _LEFT),
        _lines(history, across=across, up=up),
        _ends(history, up=up, at=width - _RIGHT + 8),
    )


def _bounds(history: ScoreHistory) -> tuple[float, float]:
    scores = [score for line in history.lines for score in line.scores if score is not None]
    low = math.floor((min(scores, default=0.0) - _HEADROOM) / _STEP) * _STEP
    high = math.ceil((max(scores, default=100.0) + _HEADROOM) / _STEP) * _STEP
    return max(low, 0.0), min(high, 100.0)


def _grid(low: float, high: float, *, up: Scale, right: float) -> SafeString:
    step = _STEP if high - low <= 6 * _STEP else 2 * _STEP
    levels = [low + step * place for place in range(int((high - low) / step) + 1)]
    return format_html_join(
        "",
        '<path class="history-grid" d="M{} {}H{}"/><text class="history-axis history-level" x="{}" y="{}">{}</text>',
        ((_LEFT, up(level), right, _LEFT - 8, up(level) + 4, f"{level:.0f}") for level in levels),
    )


def _borders(history: ScoreHistory, *, low: float, high: float, up: Scale, right: float) -> SafeString:
    inside = [border for border in history.borders if low < border < high]
    return format_html_join(
        "", '<path class="history-border" d="M{} {}H{}"/>', ((_LEFT, up(b), right) for b in inside)
    )


def _months(history: ScoreHistory, *, across: Scale, base: float, room: float) -> SafeString:
    every = max(1, math.ceil(len(history.labels) * _LABEL_WIDTH / room))
    last = len(history.labels) - 1
    shown = [place for place in range(last + 1) if (last - place) % every == 0]
    return format_html_join(
        "",
        '<text class="history-axis history-month" x="{}" y="{}">{}</text>',
        ((across(place), base, history.labels[place]) for place in shown),
    )


def _lines(history: ScoreHistory, *, across: Scale, up: Scale) -> SafeString:
    drawn = (
        (place % 7 + 1, " ".join(f"{across(at)},{up(score)}" for at, score in run))
        for place, line in enumerate(history.lines)
        for run in runs(line.scores)
    )
    return format_html_join("", '<polyline class="history-line line-{}" points="{}"/>', drawn)


def _ends(history: ScoreHistory, *, up: Scale, at: float) -> SafeString:
    """The last scores beside their lines, moved apart where they would overprint each other."""
    last = [(line.scores[-1], place) for place, line in enumerate(history.lines) if line.scores]
    ends = sorted((up(score), place, score) for score, place in last if score is not None)
    heights = _apart([height for height, _, _ in ends])
    return format_html_join(
        "",
        '<text class="history-end end-{}" x="{}" y="{}">{}</text>',
        (
            (place % 7 + 1, at, round(height + 4, 1), display_score(score))
            for height, (_, place, score) in zip(heights, ends, strict=True)
        ),
    )


def _apart(heights: Sequence[float]) -> list[float]:
    """Keep sorted heights at least one line of text apart, moving each as little as a single pass allows."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + _LABEL_HEIGHT) if placed else height)
    return placed
