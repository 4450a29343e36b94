"""What the lesser index of capability says in one sentence: never more than its 95 % interval lets it (METHOD M3.4)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.engine.capability import Capability, FittedCapability
from fourfold.platform.ui.numbers import display_number

__all__ = ["capability_sentence"]

GOOD, JUST = 1.33, 1.0
"""From which index on a process is called capable, and barely so: custom since Juran, no law (Montgomery §8.2)."""


def capability_sentence(found: Capability, fitted: FittedCapability | None) -> str:
    """With the share outside where the values are normal; an index of percentiles has no interval, and says so."""
    points = int(found.points[0])
    if fitted:
        words = {"index": display_number(fitted.cpk, decimals=2).text, "points": points}
        return _of_percentiles(fitted.cpk) % words
    index = float(found.cpk[0])
    low, high = (float(end[0]) for end in found.within.centred_interval)
    words = {
        "index": display_number(index, decimals=2).text,
        "low": display_number(low, decimals=2).text,
        "points": points,
        "ppm": display_number(float(found.parts_per_million[0]), decimals=0).text,
    }
    return _of_interval(index, low=low, high=high) % words


def _of_interval(index: float, *, low: float, high: float) -> str:
    if low >= GOOD:
        return _(
            "As it is, the process meets what is asked with room to spare: its index is %(index)s, and no less than "
            "%(low)s by its 95 %% interval."
        )
    if low >= JUST:
        return _(
            "As it is, the process meets what is asked: its index is %(index)s, and no less than %(low)s by its 95 %% "
            "interval."
        )
    if index >= JUST:
        return _(
            "As far as %(points)s values can tell, the process may or may not meet what is asked: its index is "
            "%(index)s, and by its 95 %% interval may be as low as %(low)s."
        )
    if high >= JUST:
        return _(
            "As far as %(points)s values can tell, the process does not meet what is asked: its index is %(index)s, "
            "and about %(ppm)s of a million values lie outside."
        )
    return _(
        "As it is, the process does not meet what is asked: its index is %(index)s, and about %(ppm)s of a million "
        "values lie outside."
    )


def _of_percentiles(index: float) -> str:
    if index >= GOOD:
        return _(
            "As far as %(points)s values can tell, the process meets what is asked with room to spare: its index is "
            "%(index)s."
        )
    if index >= JUST:
        return _(
            "As far as %(points)s values can tell, the process just meets what is asked: its index is %(index)s."
        )
    return _(
        "As far as %(points)s values can tell, the process does not meet what is asked: its index is %(index)s."
    )
