"""The small chart beside an exception's sentence: the last points, their limits and mean, the target, the signal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.governance.signals.pages.exception_points import SmallPoint
from fourfold.platform.ui.drawings.scaling import Scale, runs
from fourfold.platform.ui.numbers import ValueFormat

__all__ = ["small_chart"]

_WIDTH, _HEIGHT, _MARGIN = 196.0, 56.0, 5.0


def small_chart(
    points: Sequence[SmallPoint], *, marked: Mapping[int, PointMark], name: str, form: ValueFormat
) -> SafeString:
    """Draw it; a sentence carries the same for those who do not see it. Nothing where there is no chart.

    `marked`: the places of the points that make the signal, counted from the first, and what they say.
    """
    if not any(point.value is not None for point in points):
        return SafeString("")
    across = Scale(0, max(len(points) - 1, 1), _MARGIN, _WIDTH - _MARGIN)
    seen = [number for point in points for number in (point.value, point.lower, point.upper, point.target)]
    up = Scale.over(seen, start=_HEIGHT - _MARGIN, end=_MARGIN)
    return format_html(
        '<svg class="small-chart" viewBox="0 0 196 56" width="196" height="56" role="img" aria-label="{}">{}</svg>',
        _sentence(points, name=name, form=form),
        mark_safe("".join(_parts(points, marked, across=across, up=up))),  # noqa: S308  constant names and numbers
    )


def _parts(
    points: Sequence[SmallPoint], marked: Mapping[int, PointMark], *, across: Scale, up: Scale
) -> Iterator[str]:
    yield from _bands(points, across=across, up=up)
    for name, values in (
        ("small-mean", [point.centre for point in points]),
        ("spark-target", [point.target for point in points]),
        ("spark-line", [point.value for point in points]),
    ):
        yield from _lines(name, values, across=across, up=up)
    for place, point in enumerate(points):
        if point.value is not None:
            yield _point(marked.get(place), across(place), y=up(point.value))


def _bands(points: Sequence[SmallPoint], *, across: Scale, up: Scale) -> Iterator[str]:
    """Where an unchanged process stays; broken where limits begin anew."""
    lower = [point.lower for point in points]
    for run in runs([point.upper for point in points]):
        there = [(place, upper, lower[place]) for place, upper in run]
        tops = [f"{across(place)},{up(upper)}" for place, upper, _low in there]
        bottoms = [f"{across(place)},{up(low)}" for place, _upper, low in reversed(there) if low is not None]
        yield f'<polygon class="small-band" points="{" ".join([*tops, *bottoms])}"/>'


def _lines(name: str, values: Sequence[float | None], *, across: Scale, up: Scale) -> Iterator[str]:
    for run in runs(values):
        if len(run) > 1:
            drawn = " ".join(f"{across(place)},{up(value)}" for place, value in run)
            yield f'<polyline class="{name}" points="{drawn}"/>'


def _point(mark: PointMark | None, x: float, *, y: float) -> str:
    """A signal differs in shape, not in colour alone; the shapes are those of the large chart."""
    if mark is None:
        return f'<circle class="small-point" cx="{x}" cy="{y}" r="1.6"/>'
    name = f'class="small-signal small-{mark.value}"'
    match mark:
        case PointMark.IMPROVEMENT:
            return f'<rect {name} x="{x - 3.2:.1f}" y="{y - 3.2:.1f}" width="6.4" height="6.4"/>'
        case PointMark.CONCERN:
            arms = f"M{x - 3:.1f} {y - 3:.1f}l6 6M{x + 3:.1f} {y - 3:.1f}l-6 6"
            return f'<path {name} d="{arms}"/>'
        case _:
            return f'<path {name} d="M{x} {y - 4:.1f}l4 4l-4 4l-4 -4Z"/>'


def _sentence(points: Sequence[SmallPoint], *, name: str, form: ValueFormat) -> str:
    there = [point for point in points if point.value is not None]
    words = {
        "name": name,
        "first": there[0].label,
        "last": there[-1].label,
        "from": str(form.shown(there[0].value)),
        "to": str(form.shown(there[-1].value)),
    }
    return _("%(name)s from %(first)s (%(from)s) to %(last)s (%(to)s) with its limits") % words
