"""What the units say together, in sentences made of the numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fourfold.engine.leadlag import LEAST_UNIT_PERIODS, LEAST_UNITS, Slope, Verdict
from fourfold.governance.evidence.models import LinkTest
from fourfold.governance.evidence.pages.state import LOOKS, Look
from fourfold.governance.evidence.pages.wording import LinkNames, lags_said
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat, display_change
from fourfold.platform.ui.region import region_now

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = ["PanelTold", "chance", "panel_told", "slopes_apart", "steep"]

DIGITS = 3  # of a slope: its error leaves no more


@dataclass(frozen=True, slots=True)
class PanelTold:
    """The verdict of the units below, its sentences, and its numbers as written."""

    look: Look
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()


def panel_told(
    test: LinkTest | None, names: LinkNames, *, forms: tuple[ValueFormat, ValueFormat]
) -> PanelTold | None:
    """None where no test looked at it.

    Args:
        forms: how the values of cause and effect are written.
    """
    facts: dict[str, Any] | None = test.facts.get("panel") if test else None
    if test is None or facts is None:
        return None
    if facts["why"]:
        words = {"x": names.x, "y": names.y, "units": facts["units"], "cells": facts["unit_periods"]}
        words |= {"least": LEAST_UNITS, "periods": LEAST_UNIT_PERIODS}
        return PanelTold(LOOKS[Verdict.NOT_TESTABLE], (str(_WHY_NOT[facts["why"]]) % words,))
    return _told(test, facts, names=names, forms=forms)


def _told(
    test: LinkTest, facts: Mapping[str, Any], *, names: LinkNames, forms: tuple[ValueFormat, ValueFormat]
) -> PanelTold:
    is_found = facts["adjusted_p"] < test.run.alpha
    verdict = Verdict.INCONCLUSIVE
    if is_found:
        verdict = Verdict.SUPPORTED if facts["slope"] * test.sign > 0 else Verdict.CONTRADICTED
    per, form = forms
    words = {
        "x": names.x,
        "y": names.y,
        "one": _one(per),
        "slope": str(steep(facts["slope"], form)),
        "lag": lags_said(test.lag_from, test.lag_to),
    }
    said = [
        _(
            "In periods in which a unit's “%(x)s” was %(one)s above what is usual for it and for the period, its "
            "“%(y)s” was %(slope)s off what is usual, %(lag)s."
        )
        % words,
        str(_MEANS[verdict]) % {"units": facts["units"]},
    ]
    return PanelTold(LOOKS[verdict], tuple(said), _facts(facts, form=form))


def _one(per: ValueFormat) -> str:
    """One more of the cause, as sentences write it."""
    return str(display_change(1.0, decimals=0, unit_of_measure=per.unit_of_measure)).lstrip("+")


def slopes_apart(
    test: LinkTest, names: LinkNames, *, forms: tuple[ValueFormat, ValueFormat], add_up: tuple[bool, bool]
) -> str:
    """That the slope of the whole and the one over the units below exclude each other; empty where they do not.

    A simulation takes the first; the reader has just seen the second.

    Args:
        add_up: whether the values of cause and effect add up over units.
    """
    panel, own = test.facts.get("panel"), test.facts.get("slope")
    if not panel or panel["why"] or not own or own["why"]:
        return ""
    whole = Slope(own["value"], own["error"], own["degrees"])
    if whole.low <= panel["high"] and panel["low"] <= whole.high:
        return ""
    per, form = forms
    ends = {"whole": whole.value, "low": whole.low, "high": whole.high, "units": panel["slope"]}
    ends |= {"units_low": panel["low"], "units_high": panel["high"]}
    words = {name: str(steep(number, form)) for name, number in ends.items()}
    apart = _(
        "For %(one)s more of “%(x)s” the simulation takes what the whole showed over time, %(whole)s (%(low)s to "
        "%(high)s). Between the units below it is %(units)s (%(units_low)s to %(units_high)s). The intervals do not "
        "overlap: %(why)s."
    )
    return apart % {**words, "x": names.x, "one": _one(per), "why": _why_apart(add_up)}


def _why_apart(add_up: tuple[bool, bool]) -> str:
    if add_up[0] != add_up[1]:
        return _(
            "one of the two adds up over the units and the other does not, so one more of the whole is not one more in "
            "each unit"
        )
    return _("what holds for the whole need not hold for a unit")


def _facts(facts: Mapping[str, Any], *, form: ValueFormat) -> tuple[tuple[str, str], ...]:
    low, high = steep(facts["low"], form), steep(facts["high"], form)
    counts = _("%(units)d units, %(periods)d periods, %(cells)d values of both") % {
        "units": facts["units"],
        "periods": facts["periods"],
        "cells": facts["unit_periods"],
    }
    adjusted = _("p %(p)s; adjusted for all links of the map %(adjusted)s") % {
        "p": chance(facts["p"]),
        "adjusted": chance(facts["adjusted_p"]),
    }
    return (
        (_("Slope"), str(steep(facts["slope"], form))),
        (_("With 95 % confidence"), _("%(low)s to %(high)s") % {"low": low, "high": high}),
        (_("Chance"), adjusted),
        (_("Made of"), counts),
    )


_MEANS: Mapping[Verdict, str | StrPromise] = {
    Verdict.SUPPORTED: gettext_lazy(
        "More than chance between %(units)s units would have it, and the expected way."
    ),
    Verdict.CONTRADICTED: gettext_lazy(
        "More than chance between %(units)s units would have it, and the opposite of what the link expects."
    ),
    Verdict.INCONCLUSIVE: gettext_lazy("No more than chance between %(units)s units would have it."),
}

_WHY_NOT: Mapping[str, str | StrPromise] = {
    "too_few_points": gettext_lazy(
        "%(units)s units below have both measures over comparable periods, with %(cells)s values of both; %(least)s "
        "units and %(periods)s values are needed."
    ),
    "no_variation": gettext_lazy(
        "Beside what is usual for a unit and for a period, “%(x)s” or “%(y)s” does not vary between units."
    ),
    "overlapping": gettext_lazy(
        "One of the measures is a rolling or to-date value: its neighbours share their parts."
    ),
}


def steep(number: float, form: ValueFormat) -> DisplayNumber:
    """A slope or a simulated change: signed, with three digits that count."""
    if number == 0.0 or not math.isfinite(number):
        return display_change(number, unit_of_measure=form.unit_of_measure)
    decimals = DIGITS - 1 - math.floor(math.log10(abs(number)))
    return display_change(number, decimals=max(min(decimals, 12), 0), unit_of_measure=form.unit_of_measure)


def chance(p: float) -> str:
    """A p as sentences write it."""
    return _("below .001") if p < 0.001 else region_now().written(f"{p:.3f}")
