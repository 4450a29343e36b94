"""A small line of the last periods: values, the target they were held to, and the last value's status."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Series
from fourfold.platform.ui.drawings.scaling import Scale, runs

__all__ = ["sparkline"]

_WIDTH, _HEIGHT, _MARGIN = 112.0, 32.0, 4.0


def sparkline(series: Series, *, status: Status, label: str = "") -> SafeString:
    """Draw one measure's series; a sentence carries the same for those who do not see it."""
    if all(value is None for value in series.values):
        return format_html('<span class="spark-none">{}</span>', "No values yet")
    across = Scale(0, max(len(series.values) - 1, 1), _MARGIN, _WIDTH - _MARGIN)
    up = Scale.over((*series.values, *series.targets), start=_HEIGHT - _MARGIN, end=_MARGIN)
    return format_html(
        '<svg class="spark" viewBox="0 0 112 32" width="112" height="32" role="img" aria-label="{}">{}{}{}{}</svg>',
        _sentence(series, label=label),
        _areas(series, across=across, up=up),
        _lines("spark-target", series.targets, across=across, up=up),
        _lines("spark-line", series.values, across=across, up=up),
        _last_dot(series, status=status, across=across, up=up),
    )


def _lines(name: str, values: tuple[float | None, ...], *, across: Scale, up: Scale) -> SafeString:
    stretches = [run for run in runs(values) if len(run) > 1 or name == "spark-line"]
    return format_html_join(
        "", '<polyline class="{}" points="{}"/>', ((name, _points(run, across, up)) for run in stretches)
    )


def _areas(series: Series, *, across: Scale, up: Scale) -> SafeString:
    closed = (
        f"{across(run[0][0])},{_HEIGHT} {_points(run, across, up)} {across(run[-1][0])},{_HEIGHT}"
        for run in runs(series.values)
        if len(run) > 1
    )
    return format_html_join("", '<polygon class="spark-area" points="{}"/>', ((points,) for points in closed))


def _points(run: list[tuple[int, float]], across: Scale, up: Scale) -> str:
    return " ".join(f"{across(place)},{up(value)}" for place, value in run)


def _last_dot(series: Series, *, status: Status, across: Scale, up: Scale) -> SafeString:
    value = series.values[-1]
    if value is None:
        return SafeString("")
    return format_html(
        '<circle class="spark-dot dot-{}" cx="{}" cy="{}" r="3"/>',
        status.value,
        across(len(series.values) - 1),
        up(value),
    )


def _sentence(series: Series, *, label: str) -> str:
    present = [
        (name, value) for name, value in zip(series.labels, series.values, strict=True) if value is not None
    ]
    shown = [f"{series.format.shown(value)} in {name}" for name, value in (present[0], present[-1])]
    missing = len(series.values) - len(present)
    gaps = f", {missing} without a value" if missing else ""
    prefix = f"{label}, " if label else ""
    return f"{prefix}{len(series.values)} periods{gaps}: from {shown[0]} to {shown[1]}"
