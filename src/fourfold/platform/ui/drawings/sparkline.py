"""A small line of the last periods: values, the target they were held to, and the last value's status."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Series
from fourfold.platform.ui.drawings.scaling import Scale, runs
from fourfold.platform.ui.region import Region, region_now

__all__ = ["sparkline"]

_WIDTH, _HEIGHT, _MARGIN = 112.0, 32.0, 4.0


def sparkline(series: Series, *, status: Status, label: str = "") -> SafeString:
    """Draw one measure's series; a sentence carries the same for those who do not see it."""
    return _drawn(series, status, label, region_now())


@lru_cache(maxsize=4096)
def _drawn(series: Series, status: Status, label: str, _region: Region) -> SafeString:
    """The drawing depends on nothing but these; the sentence writes numbers as the reader's region does."""
    if all(value is None for value in series.values):
        return format_html('<span class="spark-none">{}</span>', "No values yet")
    across = Scale(0, max(len(series.values) - 1, 1), _MARGIN, _WIDTH - _MARGIN)
    up = Scale.over((*series.values, *series.targets), start=_HEIGHT - _MARGIN, end=_MARGIN)
    values = [_Stretch.of(run, across=across, up=up) for run in runs(series.values)]
    targets = [_Stretch.of(run, across=across, up=up) for run in runs(series.targets) if len(run) > 1]
    return format_html(
        '<svg class="spark" viewBox="0 0 112 32" width="112" height="32" role="img" aria-label="{}">{}{}{}{}</svg>',
        _sentence(series, label=label),
        _areas(values),
        _lines("spark-target", targets),
        _lines("spark-line", values),
        _last_dot(series, status=status, across=across, up=up),
    )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive values as points of the drawing, and where the first and the last one stand."""

    points: str
    first: float
    last: float

    @classmethod
    def of(cls, run: list[tuple[int, float]], *, across: Scale, up: Scale) -> _Stretch:
        points = " ".join(f"{across(place)},{up(value)}" for place, value in run)
        return cls(points, across(run[0][0]), across(run[-1][0]))


def _lines(name: str, stretches: list[_Stretch]) -> SafeString:
    lines = (f'<polyline class="{name}" points="{each.points}"/>' for each in stretches)
    return mark_safe("".join(lines))  # noqa: S308  a constant name and numbers


def _areas(stretches: list[_Stretch]) -> SafeString:
    closed = (
        f'<polygon class="spark-area" points="{each.first},{_HEIGHT} {each.points} {each.last},{_HEIGHT}"/>'
        for each in stretches
        if each.last > each.first
    )
    return mark_safe("".join(closed))  # noqa: S308  numbers only


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
    targets = series.targets or (None,) * len(series.values)
    points = zip(series.labels, series.values, targets, strict=True)
    present = [(name, value, target) for name, value, target in points if value is not None]
    shown = [
        f"{series.format.beside(value, target).shown(value)} in {name}"
        for name, value, target in (present[0], present[-1])
    ]
    missing = len(series.values) - len(present)
    gaps = f", {missing} without a value" if missing else ""
    prefix = f"{label}, " if label else ""
    return f"{prefix}{len(series.values)} periods{gaps}: from {shown[0]} to {shown[1]}"
