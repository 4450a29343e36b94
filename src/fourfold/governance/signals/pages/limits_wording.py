"""Of which values limits are made: said always, because a chart is read by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import ngettext

from fourfold.governance.signals.pages.control_points import ControlPoint, Stretch

__all__ = ["limits_sentences"]


def limits_sentences(points: Sequence[ControlPoint], stretches: Sequence[Stretch]) -> tuple[str, ...]:
    """A sentence for every segment that has limits, the oldest first."""
    return tuple(_sentences(points, [each for each in stretches if each.used], is_one=len(stretches) == 1))


def _sentences(
    points: Sequence[ControlPoint], stretches: Sequence[Stretch], *, is_one: bool
) -> Iterator[str]:
    for stretch in stretches:
        words = {
            "first": points[stretch.first].label,
            "last": points[stretch.last].label,
            "from": points[stretch.made_from].label,
            "to": points[stretch.made_to].label,
            "count": stretch.used,
        }
        if is_one:
            said = ngettext(
                "Mean and limits are made of %(count)s value, that of %(from)s.",
                "Mean and limits are made of %(count)s values, %(from)s to %(to)s.",
                stretch.used,
            )
        else:
            said = ngettext(
                "From %(first)s to %(last)s mean and limits are made of %(count)s value, that of %(from)s.",
                "From %(first)s to %(last)s mean and limits are made of %(count)s values, %(from)s to %(to)s.",
                stretch.used,
            )
        yield said % words
