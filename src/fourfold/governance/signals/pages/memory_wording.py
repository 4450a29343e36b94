"""The words of an EWMA and a CUSUM: how they are made, what their latest point says, and their signals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _

from fourfold.engine.spc import ChartKind, MemoryTerms, Variation
from fourfold.governance.signals.pages.control_points import ControlPoint
from fourfold.governance.signals.pages.memory_course import MemoryCourse
from fourfold.platform.ui.numbers import ValueFormat, display_exact, display_number

__all__ = ["memory_sentence", "of_single_values", "remembered_finding", "standing_sentence"]


def memory_sentence(
    kind: ChartKind, terms: MemoryTerms, *, form: ValueFormat, course: MemoryCourse | None
) -> str:
    """How such a chart is made and what it is for, with its numbers; empty for charts that remember nothing."""
    if course is None:
        return ""
    if kind is ChartKind.EWMA:
        return _(
            "The line is an average that gives the newest value a weight of λ = %(weight)s and all before it the rest; "
            "its limits lie L = %(width)s standard deviations of that average around the mean. A small shift that "
            "lasts shows in it before single values, the small dots, leave their own limits."
        ) % {"weight": _short(terms.weight), "width": _short(terms.width)}
    said = _(
        "What a value lies more than k = %(slack)s sigma above the mean adds up upwards, and what it lies more than "
        "that below it downwards; a sum beyond h = %(decision)s sigma is a signal. A small shift that lasts shows in "
        "the sums before single values leave their limits."
    ) % {"slack": _short(terms.slack), "decision": _short(terms.decision)}
    sigma = _last(course)
    if sigma is None:
        return said
    one = display_number(sigma, unit_of_measure=form.unit_of_measure, decimals=form.decimals + 1)
    return _("%(said)s One sigma is %(sigma)s.") % {"said": said, "sigma": str(one)}


def of_single_values(promised: str) -> str:
    """What is promised of a target, with whose limits these are: the chart draws others."""
    if not promised:
        return ""
    return _("%(promised)s These are the natural limits of single values.") % {"promised": promised}


def standing_sentence(variation: Variation, *, period: str) -> str:
    """What the latest point says, where it stands for all that came before it."""
    words = {"period": period}
    match variation:
        case Variation.COMMON_CAUSE:
            said = _(
                "Up to %(period)s the values together lie where an unchanged process brings them: noise."
            )
        case Variation.IMPROVEMENT:
            said = _("Up to %(period)s the values together show a change for the better: signal, not noise.")
        case Variation.CONCERN:
            said = _("Up to %(period)s the values together show a change for the worse: signal, not noise.")
        case Variation.NEUTRAL_HIGH:
            said = _(
                "Up to %(period)s the values together lie higher than chance explains; neither way is better here."
            )
        case Variation.NEUTRAL_LOW:
            said = _(
                "Up to %(period)s the values together lie lower than chance explains; neither way is better here."
            )
        case Variation.NEUTRAL:
            said = _("Up to %(period)s the values together lie off their mean, both ways.")
        case _:
            return ""
    return said % words


def remembered_finding(
    points: Sequence[ControlPoint],
    course: MemoryCourse,
    *,
    places: Sequence[int],
    direction: int,
    form: ValueFormat,
) -> str:
    """A run of averages or sums that chance does not explain, without its ending."""
    if course.average is not None:
        return _of_averages(points, places, direction=direction, form=form)
    return _of_sums(points, course, places=places, direction=direction, form=form)


def _of_averages(
    points: Sequence[ControlPoint], places: Sequence[int], *, direction: int, form: ValueFormat
) -> str:
    first, last = points[places[0]], points[places[-1]]
    limit = last.upper if direction > 0 else last.lower
    near = form.beside(last.average, limit)
    words = {
        "first": first.label,
        "last": last.label,
        "average": str(near.shown(last.average)),
        "limit": str(near.shown(limit)),
    }
    match (len(places) == 1, direction > 0):
        case (True, True):
            said = _("In %(last)s the average lies at %(average)s, above its upper limit of %(limit)s")
        case (True, False):
            said = _("In %(last)s the average lies at %(average)s, below its lower limit of %(limit)s")
        case (False, True):
            said = _(
                "From %(first)s to %(last)s the average lies above its upper limit, last at %(average)s over %(limit)s"
            )
        case _:
            said = _(
                "From %(first)s to %(last)s the average lies below its lower limit, last at %(average)s under %(limit)s"
            )
    return said % words


def _of_sums(
    points: Sequence[ControlPoint],
    course: MemoryCourse,
    *,
    places: Sequence[int],
    direction: int,
    form: ValueFormat,
) -> str:
    first, last = points[places[0]], points[places[-1]]
    segment = next(place for place, point in enumerate(points) if point.segment == first.segment)
    began = points[course.began(places[0], direction=direction, first=segment)]
    reached = last.sum_up if direction > 0 else last.sum_down
    is_latest = not any(point.value is not None for point in points[places[-1] + 1 :])
    words = {
        "began": began.label,
        "first": first.label,
        "last": last.label,
        "centre": str(form.shown(first.centre)),
        "sum": display_number(reached, decimals=1).text,
    }
    return _grown(
        words, is_up=direction > 0, is_alone=began is last, is_one=first is last, is_over=not is_latest
    )


def _grown(words: dict[str, str], *, is_up: bool, is_alone: bool, is_one: bool, is_over: bool) -> str:
    """Since when a sum has grown, and where it passes the border; of what is over, as of the past."""
    if is_alone and is_up:
        return (
            _("In %(last)s alone the sum above the mean of %(centre)s passes the border, at %(sum)s sigma")
            % words
        )
    if is_alone:
        return (
            _("In %(last)s alone the sum below the mean of %(centre)s passes the border, at %(sum)s sigma")
            % words
        )
    if is_one:
        passed = _("in %(first)s their sum passes the border, at %(sum)s sigma")
    elif is_over:
        passed = _("from %(first)s to %(last)s their sum was beyond the border, last at %(sum)s sigma")
    else:
        passed = _("in %(first)s their sum passes the border, in %(last)s it stands at %(sum)s sigma")
    match (is_over, is_up):
        case (True, True):
            said = _(
                "From %(began)s on values lay more above the mean of %(centre)s than chance explains: %(passed)s"
            )
        case (True, False):
            said = _(
                "From %(began)s on values lay more below the mean of %(centre)s than chance explains: %(passed)s"
            )
        case (False, True):
            said = _(
                "Since %(began)s the values lie more above the mean of %(centre)s than chance explains: %(passed)s"
            )
        case _:
            said = _(
                "Since %(began)s the values lie more below the mean of %(centre)s than chance explains: %(passed)s"
            )
    return said % {**words, "passed": passed % words}


def _last(course: MemoryCourse) -> float | None:
    if course.sigma is None or not course.sigma.size or not np.isfinite(course.sigma[-1]):
        return None
    return float(course.sigma[-1])


def _short(number: float) -> str:
    """As short as it is: 0.2, 3."""
    return display_exact(number, decimals=0).text
