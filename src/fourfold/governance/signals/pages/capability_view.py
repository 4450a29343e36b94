"""Whether a stable process can meet what is asked of it, as values a page shows (METHOD M3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fourfold.engine.capability import (
    NORMAL_ALPHA,
    Capability,
    FittedCapability,
    Specification,
    SpecificationWrong,
    capability,
    fitted_capability,
)
from fourfold.engine.quantities import Why
from fourfold.governance.signals.pages.capability_sentence import capability_sentence
from fourfold.governance.signals.pages.control_points import ControlView
from fourfold.governance.signals.pages.index_lines import IndexLine, fitted_lines, index_lines
from fourfold.governance.signals.queries.decisions import Decision
from fourfold.governance.signals.queries.judging import Rules
from fourfold.governance.signals.queries.series import SeriesTable
from fourfold.platform.ui.numbers import ValueFormat

__all__ = ["CapabilityView", "capability_view", "values_judged"]

Floats = NDArray[np.float64]

SHAPE_NAMES = {"lognormal": "lognormal", "weibull": "Weibull", "gamma": "gamma", "johnson": "Johnson SU"}


@dataclass(frozen=True, slots=True)
class CapabilityView:
    """What is asked, and how well the process fits. `reason` says why there are no indices; empty: there are."""

    measure: str
    name: str
    unit_name: str
    lower: float | None
    upper: float | None
    target: float | None
    asked: Decision
    values: tuple[float, ...]
    format: ValueFormat
    reason: str
    sentence: str = ""
    indices: tuple[IndexLine, ...] = ()
    remarks: tuple[str, ...] = ()


def values_judged(view: ControlView) -> Floats:
    """The values of the last segment, without those whose special cause is known."""
    last = view.points[-1].segment if view.points else 0
    return np.array(
        [
            np.nan if point.value is None or point.is_excluded else point.value
            for point in view.points
            if point.segment == last
        ]
    )


def capability_view(table: SeriesTable, view: ControlView, *, asked: Decision) -> CapabilityView:
    """Compare the last segment with the specification; refused, with the reason, where that would mean nothing."""
    key = ("capability", asked, view.measure, view.points)
    if key not in table.kept:  # fitting distributions takes a tenth of a second
        table.kept[key] = _compared(table, view, asked=asked)
    found: CapabilityView = table.kept[key]
    return found


def _compared(table: SeriesTable, view: ControlView, *, asked: Decision) -> CapabilityView:
    values = values_judged(view)
    least = int(table.policies.number("capability.min_n.refuse"))
    empty = CapabilityView(
        measure=view.measure,
        name=view.name,
        unit_name=view.unit_name,
        lower=asked.lower,
        upper=asked.upper,
        target=asked.target,
        asked=asked,
        values=tuple(values[np.isfinite(values)].tolist()),
        format=view.format,
        reason=_refused(view, values, least=least),
    )
    if empty.reason:
        return empty
    wanted = Specification(asked.lower, asked.upper, asked.target)
    try:
        found = capability(values, wanted, rules=Rules.of(table).names, least=least)
    except SpecificationWrong:
        return replace(
            empty, reason=_("These are the process's own control limits: every process meets those.")
        )
    if Why(int(found.why[0])) is not Why.PRESENT:
        return replace(empty, reason=_of_why(Why(int(found.why[0]))))
    fitted = None
    if float(found.normality[0]) < NORMAL_ALPHA:
        other = fitted_capability(values, wanted, least=least)
        fitted = other if isinstance(other, FittedCapability) else None
    return replace(
        empty,
        sentence=capability_sentence(found, fitted),
        indices=fitted_lines(fitted) if fitted else index_lines(found),
        remarks=tuple(
            _remarks(found, fitted, caution=int(table.policies.number("capability.min_n.caution")))
        ),
    )


def _refused(view: ControlView, values: Floats, *, least: int) -> str:
    """Why no index is shown; empty where one may be."""
    if not view.points or view.kind is None:
        return view.reason
    count = int(np.isfinite(values).sum())
    if count < least:
        return _("%(points)s values since the limits last began anew; an index needs %(least)s.") % {
            "points": count,
            "least": least,
        }
    last = view.points[-1].segment
    if any(point.findings and not point.is_excluded for point in view.points if point.segment == last):
        return _of_why(Why.UNSTABLE)
    return ""


def _of_why(why: Why) -> str:
    if why is Why.UNSTABLE:
        return _(
            "The chart above shows signals since its limits last began: an index would speak of a process that is "
            "no more. Explain them, or begin the limits anew where the process changed."
        )
    return _("The values do not vary: there is no spread to compare.")


def _remarks(found: Capability, fitted: FittedCapability | None, *, caution: int) -> Iterator[str]:
    if int(found.points[0]) < caution:
        yield _("%(points)s values are few: read the intervals, not the index alone.") % {
            "points": int(found.points[0])
        }
    if fitted:
        yield _(
            "The values are not normal (Anderson–Darling): the indices use the percentiles of the %(shape)s "
            "distribution that fits them best, and have no interval."
        ) % {"shape": SHAPE_NAMES[fitted.shape]}
    elif float(found.normality[0]) < NORMAL_ALPHA:
        yield _(
            "The values are not normal, and no distribution fits them: read the histogram, not the index."
        )
    if np.isnan(float(found.cp[0])) and not fitted:
        yield _("One limit is open: there is one index, of the other side.")
