"""The sentences of a split by segment, made of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine.quantities import Why
from fourfold.engine.segments import SimpsonAlarm

__all__ = [
    "Against",
    "dilution_sentence",
    "fixed_mix",
    "hidden_cells_sentence",
    "hidden_sentence",
    "no_split",
    "no_split_remedy",
    "parts_sentence",
    "pooled_name",
    "shifted_most",
    "simpson_sentence",
    "too_many",
    "unit_alarm",
    "worth_own_target",
]

MOST_SEGMENTS = 7  # on an executive page (METHOD M2.3)


def parts_sentence(rate: str, mix: str) -> str:
    """How much is which."""
    return _("The segments' own values made %(rate)s of it, the shift between segments %(mix)s.") % {
        "rate": rate,
        "mix": mix,
    }


@dataclass(frozen=True, slots=True)
class Against:
    """The segments that moved against their total, and their share in the base; `by_mix`: the mix outweighs them."""

    names: Sequence[str]
    share: str
    by_mix: bool


def simpson_sentence(alarm: SimpsonAlarm, *, rises: bool, against: Against) -> str:
    """The total moves one way, its segments the other; empty where they agree."""
    said = {"names": ", ".join(against.names), "share": against.share}
    if alarm is SimpsonAlarm.STRICT:
        if rises:
            return _("The total rises only because the mix shifted: every segment fell.")
        return _("The total falls only because the mix shifted: every segment rose.")
    if alarm is SimpsonAlarm.SOFT and against.by_mix:
        if rises:
            return _("The total rises mainly because the mix shifted: %(names)s fell.") % said
        return _("The total falls mainly because the mix shifted: %(names)s rose.") % said
    if alarm is SimpsonAlarm.SOFT:
        if rises:
            return _("The total rises although %(names)s (%(share)s of the base) fell.") % said
        return _("The total falls although %(names)s (%(share)s of the base) rose.") % said
    return ""


def shifted_most(name: str, *, before: str, after: str, effect: str) -> str:
    """Whose share moved the total most."""
    return _(
        "%(name)s shifted it most: its share went from %(before)s to %(after)s, which made %(effect)s."
    ) % {
        "name": name,
        "before": before,
        "after": after,
        "effect": effect,
    }


def fixed_mix(before: str, after: str, *, change: float) -> str:
    """What the total would have done without the shift."""
    said = {"before": before, "after": after}
    if change > 0:
        return _("With one mix for both periods it would have risen from %(before)s to %(after)s.") % said
    if change < 0:
        return _("With one mix for both periods it would have fallen from %(before)s to %(after)s.") % said
    return _("With one mix for both periods it would have stood still at %(after)s.") % said


def worth_own_target(names: Sequence[str]) -> str:
    """Segments that differ beyond chance, and enough to matter."""
    return ngettext(
        "%(names)s is worth a target of its own: it differs from the rest by more than chance (q < 0.05, |h| ≥ 0.2).",
        "%(names)s are worth targets of their own: they differ from the rest by more than chance "
        "(q < 0.05, |h| ≥ 0.2).",
        len(names),
    ) % {"names": ", ".join(names)}


def dilution_sentence(names: Sequence[str]) -> str:
    """The total hides it."""
    return ngettext(
        "The total is on target and hides that %(names)s misses its own.",
        "The total is on target and hides that %(names)s miss their own.",
        len(names),
    ) % {"names": ", ".join(names)}


def too_many(count: int) -> str:
    """More than a page can tell apart."""
    return _("%(count)s segments are more than a reader can tell apart; %(most)s are enough on one page.") % {
        "count": count,
        "most": MOST_SEGMENTS,
    }


def pooled_name(names: Sequence[str]) -> str:
    """Small segments shown as one."""
    return _("Small segments together (%(names)s)") % {"names": ", ".join(names)}


def hidden_sentence(least: int) -> str:
    """Why some stand together."""
    return _("Segments with fewer than %(least)s cases stand together, so that nobody can be worked out.") % {
        "least": least
    }


def hidden_cells_sentence(least: int) -> str:
    """Why a segment, or a period of its line, is not there."""
    return _("Values of fewer than %(least)s cases are not shown, nor others that would give them away.") % {
        "least": least
    }


def unit_alarm(alarm: SimpsonAlarm, *, rises: bool, by_mix: bool) -> str:
    """The same contradiction in a unit, in few words."""
    if alarm is SimpsonAlarm.NONE:
        return ""
    if alarm is SimpsonAlarm.STRICT:
        return _("rises by mix alone") if rises else _("falls by mix alone")
    if by_mix:
        return _("rises mainly by mix") if rises else _("falls mainly by mix")
    return _("rises although most of it fell") if rises else _("falls although most of it rose")


def no_split(why: Why, *, name: str) -> str:
    """Why there is nothing to split."""
    sentence = {
        Why.NOT_APPLICABLE: _("%(name)s has no segments."),
        Why.NOT_ADDITIVE: _("%(name)s is no ratio or mean: its segments add up, and there is no mix."),
        Why.TOO_FEW_POINTS: _("There is no earlier period to compare with."),
        Why.DEFINITION_BREAK: _("The definition or the segments changed in between."),
        Why.ZERO_DENOMINATOR: _("In one of the periods there was nobody to count."),
    }.get(
        why,
        _("A segment has no number in one of the periods, or the period is shorter than the measure's own."),
    )
    return sentence % {"name": name}


def no_split_remedy(why: Why) -> str:
    """What to do about it."""
    if why is Why.NOT_APPLICABLE:
        return _("Give the measure a dimension with segments in its definition.")
    if why is Why.NOT_ADDITIVE:
        return _("The measure's own page shows each segment's value.")
    return _("Choose another period or another comparison above.")
