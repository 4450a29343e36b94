"""Say what is asked of a process: specification limits, from a period on (METHOD M3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isclose, isfinite

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.governance.signals.actions.deciding import Deciding, deciding_on, reason_of
from fourfold.governance.signals.actions.events import SpecificationSet
from fourfold.governance.signals.queries.decisions import DecisionKind
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal

__all__ = [
    "Asked",
    "SpecificationFromLimits",
    "SpecificationMissing",
    "SpecificationReversed",
    "SpecificationStands",
    "TargetOutside",
    "set_specification",
]


class SpecificationMissing(Refusal):
    code, status = "SPECIFICATION_MISSING", 422
    sentence = _("A specification needs a lower or an upper limit.")
    remedy = _("Leave only the side open on which nothing is asked for.")


class SpecificationReversed(Refusal):
    code, status = "SPECIFICATION_REVERSED", 422
    sentence = _("The lower specification limit does not lie below the upper one.")
    remedy = _("Write the smaller number first.")


class TargetOutside(Refusal):
    code, status = "SPECIFICATION_TARGET_OUTSIDE", 422
    sentence = _("The wanted value lies outside the limits.")
    remedy = _("Choose one between them, or leave it open.")


class SpecificationFromLimits(Refusal):
    code, status = "SPECIFICATION_FROM_LIMITS", 422
    sentence = _(
        "These are taken from the control limits, which say what the process does, not what is asked of it."
    )
    remedy = _("Ask whoever receives the work which values they can use.")


class SpecificationStands(Refusal):
    code, status = "SPECIFICATION_STANDS", 409
    sentence = _("A specification from {period} on stands already.")
    remedy = _("Choose another period, or withdraw the one that stands.")


@dataclass(frozen=True, slots=True)
class Asked:
    """From which period on, between which limits (None: open), best at which value, and who asks for it."""

    period: str
    lower: float | None
    upper: float | None
    target: float | None
    reason: str


@transaction.atomic
def set_specification(measure: str, unit: str, *, asked: Asked, scope: Scope, at: datetime) -> int:
    """It holds until a later one begins or it is withdrawn.

    Raises:
        What `deciding_on` raises, ReasonMissing, TextTooLong, PeriodOutside, and the refusals of this module.
    """
    here = deciding_on(measure, unit, scope=scope, at=at)
    reason, place = reason_of(asked.reason), here.place(asked.period)
    _check(asked)
    _check_beside(here, asked, place=place)
    limits = {"lower": asked.lower, "upper": asked.upper, "target": asked.target}
    row = here.keep(kind=DecisionKind.SPECIFICATION, first=here.key(place), reason=reason, at=at, **limits)
    event = SpecificationSet(
        here.subject, decision=row.pk, unit=unit, period=row.first_period, reason=reason, **limits
    )
    audit.record(event, scope=scope, at=at)
    return row.pk


def _check(asked: Asked) -> None:
    given = [each for each in (asked.lower, asked.upper, asked.target) if each is not None]
    if (asked.lower is None and asked.upper is None) or not all(map(isfinite, given)):
        raise SpecificationMissing
    if asked.lower is not None and asked.upper is not None and asked.lower >= asked.upper:
        raise SpecificationReversed
    if asked.target is None:
        return
    too_low = asked.lower is not None and asked.target < asked.lower
    if too_low or (asked.upper is not None and asked.target > asked.upper):
        raise TargetOutside


def _check_beside(here: Deciding, asked: Asked, *, place: int) -> None:
    if any(here.places_of(each)[0] == place for each in here.of_kind(DecisionKind.SPECIFICATION)):
        raise SpecificationStands(period=here.label(place))
    # Limits may vary: they are copied from where the chart ends, or from where the specification is to begin.
    if any(_are_limits(here, asked, back=back) for back in (-1, place - len(here.series.ordinals))):
        raise SpecificationFromLimits


def _are_limits(here: Deciding, asked: Asked, *, back: int) -> bool:
    """Whether these are the control limits of a point, counted back from the series' end."""
    group, row = here.judged.place(here.series.measure)
    own = [
        float(group.chart.over_points(each)[row, back] * group.scale[row])
        for each in (group.chart.lower, group.chart.upper)
    ]
    pairs = [
        (given, limit)
        for given, limit in zip((asked.lower, asked.upper), own, strict=True)
        if given is not None
    ]
    # Two limits that both look like the chart's are the chart's; one may be so by chance, to the digits shown.
    near = 0.5 * 10.0**-here.series.version.decimals if len(pairs) == 2 else 0.0
    return all(isclose(given, limit, rel_tol=1e-9, abs_tol=near) for given, limit in pairs)
