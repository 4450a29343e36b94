"""What an exception says: one sentence, made of its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fourfold.engine.calendar import Frequency
from fourfold.engine.exceptions import ExceptionKind
from fourfold.governance.signals.pages.exception_points import SmallPoint
from fourfold.governance.signals.pages.findings import periods_said
from fourfold.platform.ui.numbers import ValueFormat, display_number

__all__ = ["KIND_LABELS", "Told", "closing_sentence", "exception_sentence", "kind_label"]

Words = dict[str, str]

KIND_LABELS = {
    ExceptionKind.ADVERSE: "worse",
    ExceptionKind.MISSES: "misses",
    ExceptionKind.UNLIKELY: "unlikely",
    ExceptionKind.OFF_TARGET: "off-target",
    ExceptionKind.FAVOURABLE: "better",
    ExceptionKind.CHANGED: "changed",
    ExceptionKind.SIGN_FLIP: "data",
    ExceptionKind.QUARANTINED: "data",
    ExceptionKind.STALE: "data",
}
"""The class that colours a kind's tag; its word says the same."""

_LABELS = {
    ExceptionKind.ADVERSE: gettext_lazy("Worse"),
    ExceptionKind.MISSES: gettext_lazy("Will miss its target"),
    ExceptionKind.UNLIKELY: gettext_lazy("Unlikely to reach its target"),
    ExceptionKind.OFF_TARGET: gettext_lazy("Off target for long"),
    ExceptionKind.FAVOURABLE: gettext_lazy("Better"),
    ExceptionKind.CHANGED: gettext_lazy("Changed"),
    ExceptionKind.SIGN_FLIP: gettext_lazy("Restated across zero"),
    ExceptionKind.QUARANTINED: gettext_lazy("Held back"),
    ExceptionKind.STALE: gettext_lazy("Value owed"),
}
# A measure's name may be of one thing or of many ("Damage claims"): the verbs of a lead suit both.
_LEADS = {
    ExceptionKind.ADVERSE: gettext_lazy("%(name)s got worse"),
    ExceptionKind.MISSES: gettext_lazy("%(name)s will keep missing the target unless something changes"),
    ExceptionKind.UNLIKELY: gettext_lazy("%(name)s will hardly reach the target"),
    ExceptionKind.OFF_TARGET: gettext_lazy("%(name)s remained off target"),
    ExceptionKind.FAVOURABLE: gettext_lazy("%(name)s got better"),
    ExceptionKind.CHANGED: gettext_lazy("%(name)s changed"),
    ExceptionKind.SIGN_FLIP: gettext_lazy("%(name)s changed sides of zero in a restatement"),
    ExceptionKind.QUARANTINED: gettext_lazy("%(name)s cannot be relied on yet"),
    ExceptionKind.STALE: gettext_lazy("%(name)s cannot be told yet"),
}
# Where neither way is better, only the distance to the target can be told: a status may be on target all the same.
_DISTANCE_LABELS = {
    ExceptionKind.ADVERSE: gettext_lazy("Farther from target"),
    ExceptionKind.FAVOURABLE: gettext_lazy("Closer to target"),
}
_DISTANCE_LEADS = {
    ExceptionKind.ADVERSE: gettext_lazy("%(name)s moved away from the target"),
    ExceptionKind.FAVOURABLE: gettext_lazy("%(name)s moved closer to the target"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers of one exception, in the measure's unit of measure.

    `marked` are the points that make a signal, oldest first, `latest` the last point with a value; both are missing
    where there is no chart. `periods` are red or owed; `hit` is the probability of reaching the target in `by`.
    `has_better_way` is not of bands and exact targets; `is_remembered` is of an EWMA or a CUSUM; of one that
    `leans` each value is much like the one before it, and no mean of it was ever usual.
    """

    name: str
    kind: ExceptionKind
    frequency: Frequency
    format: ValueFormat
    moved: int = 0
    marked: tuple[SmallPoint, ...] = ()
    latest: SmallPoint | None = None
    window: int = 7
    period: str = ""
    value: float | None = None
    target: float | None = None
    periods: int = 1
    hit: float = 0.0
    by: str = ""
    flip: tuple[str, float, float] | None = None
    has_better_way: bool = True
    is_remembered: bool = False
    leans: bool = False


def kind_label(kind: ExceptionKind, *, has_better_way: bool = True) -> str:
    """A word or two for a tag."""
    if not has_better_way and kind in _DISTANCE_LABELS:
        return str(_DISTANCE_LABELS[kind])
    return str(_LABELS[kind])


def exception_sentence(told: Told) -> str:
    """The whole sentence, the measure's name first."""
    leads = _LEADS if told.has_better_way else _LEADS | _DISTANCE_LEADS
    return _("%(lead)s: %(detail)s.") % {
        "lead": str(leads[told.kind]) % {"name": told.name},
        "detail": _detail(told),
    }


def closing_sentence(normal: int, *, judged: int, expected: float, leaning: int = 0) -> str:
    """How many measures behaved, and how many exceptions chance alone would have made: of `leaning` ones more."""
    if not judged:
        return _("No measure has enough points for limits yet, so that signals cannot be told from noise.")
    behaved = ngettext(
        "%(count)s measure behaved normally", "%(count)s measures behaved normally", normal
    ) % {"count": normal}
    said = _("%(behaved)s; about %(alarms)s false alarms are expected among the %(judged)s with limits.") % {
        "behaved": behaved,
        "alarms": display_number(expected, decimals=0 if expected >= 10 else 1).text,
        "judged": judged,
    }
    if not leaning:
        return said
    supposing = ngettext(
        "That supposes values without memory; in %(count)s of them each value is much like the one before it, and "
        "chance makes more alarms.",
        "That supposes values without memory; in %(count)s of them each value is much like the one before it, and "
        "chance makes more alarms.",
        leaning,
    ) % {"count": leaning}
    return f"{said} {supposing}"


def _detail(told: Told) -> str:
    match told.kind:
        case ExceptionKind.ADVERSE | ExceptionKind.FAVOURABLE | ExceptionKind.CHANGED:
            return _signal(told)
        case ExceptionKind.MISSES:
            return _missed(told)
        case ExceptionKind.UNLIKELY:
            return _unlikely(told)
        case ExceptionKind.OFF_TARGET:
            return _off_target(told)
        case ExceptionKind.SIGN_FLIP:
            return _flipped(told)
        case ExceptionKind.QUARANTINED:
            return _("the value of %(period)s waits for a check") % {"period": told.period}
        case _:
            return _owed(told)


def _signal(told: Told) -> str:
    if told.is_remembered:
        return _together(told)
    is_alone = len(told.marked) == 1 and _left(told.marked[0]) is not None
    said = _one_point(told) if is_alone else _several_points(told)
    latest = told.latest
    if latest is None or latest == told.marked[-1]:
        return said
    return _("%(said)s; %(latest)s") % {"said": said, "latest": _afterwards(latest, told)}


def _together(told: Told) -> str:
    """Of a chart with a memory no single point is the signal, but all of them together."""
    last = told.latest or told.marked[-1]
    form = told.format.beside(last.value, last.centre)
    words = {
        "last": last.label,
        "value": str(form.shown(last.value)),
        "centre": str(form.shown(last.centre)),
    }
    if told.moved > 0:
        said = _("the latest values together lie higher than chance explains")
    elif told.moved < 0:
        said = _("the latest values together lie lower than chance explains")
    else:
        said = _("the latest values together lie off their mean")
    return _against(told) % {**words, "said": said % words}


def _against(told: Told) -> str:
    """Against what the last value stands: what was usual, or the mean that limits happen to be made of."""
    if told.leans:
        return _("%(said)s, %(last)s at %(value)s against %(centre)s on average while the limits were made")
    return _("%(said)s, %(last)s at %(value)s, where %(centre)s was usual")


def _afterwards(latest: SmallPoint, told: Told) -> str:
    """Where the process stands after the points that make the signal: back only what has been away."""
    limit = _left(latest)
    form = told.format.beside(latest.value, limit)
    words = {
        "latest": latest.label,
        "value": str(form.shown(latest.value)),
        "limit": str(form.shown(limit)),
    }
    if limit is not None and limit == latest.upper:
        return _("%(latest)s lies at %(value)s, above its upper limit of %(limit)s") % words
    if limit is not None:
        return _("%(latest)s lies at %(value)s, below its lower limit of %(limit)s") % words
    if latest.upper is not None and any(_left(point) is not None for point in told.marked):
        return _("%(latest)s is back within its limits at %(value)s") % words
    return _("%(latest)s, at %(value)s, is not among them") % words


def _left(point: SmallPoint) -> float | None:
    """The limit that a point lies beyond; None within them, and where there are none."""
    if point.value is None:
        return None
    if point.upper is not None and point.value > point.upper:
        return point.upper
    return point.lower if point.lower is not None and point.value < point.lower else None


def _one_point(told: Told) -> str:
    point = told.marked[0]
    limit = point.upper if told.moved > 0 else point.lower
    form = told.format.beside(point.value, limit)
    words = {
        "period": point.label,
        "value": str(form.shown(point.value)),
        "limit": str(form.shown(limit)),
    }
    if told.moved > 0:
        return _("%(period)s lies at %(value)s, above its upper limit of %(limit)s") % words
    return _("%(period)s lies at %(value)s, below its lower limit of %(limit)s") % words


def _several_points(told: Told) -> str:
    last = told.marked[-1]
    form = told.format.beside(last.value, last.centre)
    words = {
        "some": str(len(told.marked)),
        "window": periods_said(told.window, told.frequency),
        "last": last.label,
        "value": str(form.shown(last.value)),
        "centre": str(form.shown(last.centre)),
    }
    if len(told.marked) == 1:
        said = _("1 of the last %(window)s belongs to a pattern that chance does not explain")
    elif len(told.marked) == told.window and told.moved > 0:
        said = _("all of the last %(window)s lie higher than chance explains")
    elif len(told.marked) == told.window and told.moved < 0:
        said = _("all of the last %(window)s lie lower than chance explains")
    elif told.moved > 0:
        said = _("%(some)s of the last %(window)s lie higher than chance explains")
    elif told.moved < 0:
        said = _("%(some)s of the last %(window)s lie lower than chance explains")
    else:
        said = _("%(some)s of the last %(window)s make a pattern that chance does not explain")
    return _against(told) % {**words, "said": said % words}


def _missed(told: Told) -> str:
    point = told.latest
    assert point is not None, "without limits nothing is promised"
    form = told.format.beside(told.target, point.lower).beside(told.target, point.upper)
    return _("as it is, it stays between %(lower)s and %(upper)s, and the target is %(target)s") % {
        "lower": str(form.shown(point.lower)),
        "upper": str(form.shown(point.upper)),
        "target": str(form.shown(told.target)),
    }


def _unlikely(told: Told) -> str:
    share = display_number(100.0 * told.hit, decimals=0).text if told.hit >= 0.01 else _("less than 1")
    words: Words = {"share": share, "target": str(told.format.shown(told.target)), "by": told.by}
    return _("the forecast gives %(target)s in %(by)s a chance of %(share)s %%") % words


def _off_target(told: Told) -> str:
    form = told.format.beside(told.value, told.target)
    words = {
        "count": periods_said(told.periods, told.frequency),
        "period": told.period,
        "value": str(form.shown(told.value)),
        "target": str(form.shown(told.target)),
    }
    if told.target is None:
        return _("for %(count)s, %(period)s at %(value)s") % words
    return _("for %(count)s, %(period)s at %(value)s against a target of %(target)s") % words


def _flipped(told: Told) -> str:
    assert told.flip is not None, "its kind says so"
    period, before, after = told.flip
    words = {
        "period": period,
        "before": str(told.format.shown(before)),
        "after": str(told.format.shown(after)),
    }
    return _("%(period)s was %(before)s and is now %(after)s") % words


def _owed(told: Told) -> str:
    if told.periods == 1:
        return _("the value of %(period)s is owed") % {"period": told.period}
    words = {"count": periods_said(told.periods, told.frequency), "period": told.period}
    return _("values of %(count)s are owed, the last that of %(period)s") % words
