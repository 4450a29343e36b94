"""How alike two series are, the one so many periods after the other: a bar for every lag."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fourfold.platform.ui.drawings.scaling import Scale

__all__ = ["Correlogram", "CorrelogramWords", "correlogram_chart"]

_LEFT, _RIGHT, _TOP, _BOTTOM = 38.0, 12.0, 34.0, 44.0
_BAR_SHARE = 0.62
_LABELS_FROM = 30.0  # user units a lag's number needs


@dataclass(frozen=True, slots=True)
class CorrelogramWords:
    """What is written in and beside the drawing; a page hands them over in its reader's language."""

    periods: str = "periods"
    expected: str = "expected"
    behind: str = "effect first"
    ahead: str = "cause first"
    together: str = "effect first, or together"
    strongest: str = "strongest"
    findable: str = "found four times in five"


@dataclass(frozen=True, slots=True)
class Correlogram:
    """r(k) for k = −K … K: `correlations[K + k]`, None where there is none.

    `window` holds the first and last expected lag, `peak` the lag of the strongest correlation with k ≥ 1, `border`
    the smallest one that the test finds four times in five.
    """

    correlations: tuple[float | None, ...]
    window: tuple[int, int]
    peak: int
    border: float
    words: CorrelogramWords = CorrelogramWords()

    @property
    def most(self) -> int:
        """K."""
        return len(self.correlations) // 2

    def at(self, lag: int) -> float | None:
        """The correlation at a lag."""
        return self.correlations[self.most + lag]


def correlogram_chart(
    shown: Correlogram, *, width: int, height: int, title: str, kind: str = ""
) -> SafeString:
    """Draw at a given size in user units. Lags to come (k ≥ 1) are filled, the others hollow. `kind`: a class more."""
    across = Scale(-shown.most - 0.5, shown.most + 0.5, _LEFT, width - _RIGHT)
    up = Scale(-_reach(shown), _reach(shown), height - _BOTTOM, _TOP)
    return format_html(
        '<svg class="{kind}" viewBox="0 0 {w} {h}" role="img" aria-label="{title}">'
        "{window}{grid}{borders}{bars}{axis}{sides}</svg>",
        kind=f"correlogram {kind}".strip(),
        w=width,
        h=height,
        title=title,
        window=_window(shown, across=across, up=up),
        grid=_grid(shown, up=up, right=width - _RIGHT),
        borders=_borders(shown, across=across, up=up),
        bars=_bars(shown, across=across, up=up),
        axis=_axis(shown, across=across, base=height - _BOTTOM + 15.0),
        sides=_sides(shown, across=across, base=height - 8.0),
    )


def _reach(shown: Correlogram) -> float:
    """Up to which correlation the drawing goes, by fifths."""
    largest = max((abs(each) for each in shown.correlations if each is not None), default=0.0)
    return min(1.0, math.ceil(max(largest, shown.border) * 5.0 + 0.35) / 5.0)


def _window(shown: Correlogram, *, across: Scale, up: Scale) -> SafeString:
    first, last = shown.window
    left, right = across(max(first, 1) - 0.5), across(max(last, 1) + 0.5)
    return format_html(
        '<rect class="correlogram-window" x="{}" y="{}" width="{}" height="{}" rx="3"/>'
        '<text class="correlogram-note" x="{}" y="{}" text-anchor="middle">{}</text>',
        left,
        _TOP,
        round(right - left, 1),
        round(up(up.low) - _TOP, 1),
        round((left + right) / 2, 1),
        _TOP - 17,
        shown.words.expected,
    )


def _grid(shown: Correlogram, *, up: Scale, right: float) -> SafeString:
    step = 0.2 if _reach(shown) <= 0.6 else 0.5
    count = int(_reach(shown) / step + 1e-9)
    levels = [step * place for place in range(-count, count + 1)]
    return format_html_join(
        "",
        '<path class="{}" d="M{} {}H{}"/><text class="correlogram-axis" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (
                "correlogram-zero" if level == 0 else "correlogram-grid",
                _LEFT,
                up(level),
                right,
                _LEFT - 7,
                up(level) + 4,
                f"{level:.1f}".replace("-", "−"),
            )
            for level in levels
        ),
    )


def _borders(shown: Correlogram, *, across: Scale, up: Scale) -> SafeString:
    if shown.border >= 1.0:
        return SafeString("")
    left, right = across(0.5), across(shown.most + 0.5)
    return format_html_join(
        "",
        '<path class="correlogram-border" d="M{} {}H{}"/>',
        ((left, up(level), right) for level in (shown.border, -shown.border)),
    )


def _bars(shown: Correlogram, *, across: Scale, up: Scale) -> SafeString:
    wide = round((across(1) - across(0)) * _BAR_SHARE, 1)
    drawn = []
    for lag in range(-shown.most, shown.most + 1):
        level = shown.at(lag)
        if level is None:
            continue
        kind = "is-peak" if lag == shown.peak else "is-ahead" if lag > 0 else "is-behind"
        top, foot = sorted((up(level), up(0)))
        said = f"{lag} {shown.words.periods}: {level:+.2f}".replace("-", "−")
        drawn.append(
            (kind, round(across(lag) - wide / 2, 1), top, wide, round(max(foot - top, 0.5), 1), said)
        )
    bars = format_html_join(
        "",
        '<rect class="correlogram-bar {}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        drawn,
    )
    return format_html("{}{}", bars, _peak(shown, across=across, up=up))


def _peak(shown: Correlogram, *, across: Scale, up: Scale) -> SafeString:
    level = shown.at(shown.peak)
    if level is None:
        return SafeString("")
    return format_html(
        '<text class="correlogram-peak" x="{}" y="{}" text-anchor="middle">{}</text>',
        across(shown.peak),
        round(up(level) + (-6 if level >= 0 else 14), 1),
        f"{level:.2f}".replace("-", "−"),
    )


def _axis(shown: Correlogram, *, across: Scale, base: float) -> SafeString:
    every = max(1, math.ceil(_LABELS_FROM / (across(1) - across(0))))
    lags = [lag for lag in range(-shown.most, shown.most + 1) if lag % every == 0]
    return format_html_join(
        "",
        '<text class="correlogram-axis" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((across(lag), base, f"{lag}".replace("-", "−")) for lag in lags),
    )


def _sides(shown: Correlogram, *, across: Scale, base: float) -> SafeString:
    return format_html(
        '<text class="correlogram-note" x="{}" y="{}">{}</text>'
        '<text class="correlogram-note" x="{}" y="{}" text-anchor="end">{}</text>',
        across(-shown.most - 0.4),
        base,
        f"← {shown.words.behind}",
        across(shown.most + 0.4),
        base,
        f"{shown.words.ahead} · {shown.words.periods} →",
    )
