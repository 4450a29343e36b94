"""The sentences of a driver tree, made of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine.drivers import Method
from fourfold.engine.quantities import Why
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.practices.finance.pages.driver_page import DriverRow
from fourfold.practices.finance.queries.linked import LeftOut

__all__ = [
    "against_the_link",
    "certainty",
    "elasticity_text",
    "estimate_reason",
    "estimated_sentence",
    "interval_text",
    "leaders",
    "method_sentence",
    "no_formula",
    "no_tree",
    "one_unit",
    "other_target",
    "refusal_sentence",
    "skipped_sentence",
    "unexplained_warning",
    "unplanned",
]


def against_the_link(*, is_told: bool) -> str:
    """Beside an effect whose sign is not the link's."""
    if is_told:
        return _("against the map's link")
    return _("against the map's link, within chance")


def leaders(rows: Sequence[DriverRow], *, change: float) -> str:
    """The largest part, and the largest against it; empty where no leaf moved."""
    moving = [row for row in rows if row.part]
    if not moving:
        return ""
    first = moving[0]
    against = next((row for row in moving[1:] if row.part * first.part < 0), None)
    said = {"first": first.name, "size": str(first.text)}
    if against is not None:
        said |= {"other": against.name, "other_size": str(against.text)}
        return (
            _("%(first)s made the largest part, %(size)s; %(other)s worked against it with %(other_size)s.")
            % said
        )
    if change and len(moving) > 1:
        return _("%(first)s made the largest part, %(size)s; all others worked the same way.") % said
    return _("%(first)s made all of it, %(size)s.") % said


def method_sentence(method: Method) -> str:
    """How the parts came about, and what that means for the sum."""
    return {
        Method.LMDI: _(
            "A product of positive factors: the parts are exact by logarithmic means (LMDI) and leave no rest."
        ),
        Method.SHAPLEY: _(
            "The parts are exact: each driver's effect, averaged over every order in which they may have changed "
            "(Shapley). They leave no rest."
        ),
        Method.SAMPLED: _(
            "More than ten drivers moved: their effects are averaged over 5,000 random orders (Shapley) with standard "
            "errors. The sum leaves no rest."
        ),
    }[method]


def no_tree(why: Why) -> str:
    """Why one of the ends has no number to explain."""
    return _("There is no driver tree here: %(reason)s.") % {"reason": _small(reason_sentence(why))}


def refusal_sentence(code: str) -> str:
    """Why a formula has no tree at all."""
    return {
        "CAPITAL_NOT_POSITIVE": _(
            "There is no driver tree here: capital is not above zero, so a return on it is not meaningful."
        ),
        "CAPITAL_MIXED": _(
            "There is no driver tree here: the same capital enters the formula averaged and as of the end of the "
            "period. Choose one in the definition."
        ),
    }[code]


def unplanned(names: Sequence[str]) -> str:
    """Why there is no tree against the plan."""
    return ngettext(
        "There is no plan to compare with: %(names)s has no target here.",
        "There is no plan to compare with: %(names)s have no target here.",
        len(names),
    ) % {"names": ", ".join(names)}


def no_formula(name: str) -> str:
    """Nothing to take apart."""
    return _("%(name)s is observed, not computed: it has no formula to take apart.") % {"name": name}


def other_target(name: str, *, planned: str, target: str) -> str:
    """The drivers' targets and the measure's own do not agree."""
    said = {"name": name, "planned": planned, "target": target}
    return (
        _(
            "By the targets of its drivers the plan is %(planned)s; the target of %(name)s itself is %(target)s."
        )
        % said
    )


def elasticity_text(size: str, *, outcome: str, driver: str) -> str:
    """How much the outcome moves with one step of the driver."""
    return _("%(size)s %(outcome)s per %(driver)s") % {"size": size, "outcome": outcome, "driver": driver}


def one_unit() -> str:
    """A step of a measure that is a plain number."""
    return _("step")


def interval_text(low: str, high: str) -> str:
    """Where the elasticity lies with 95 % confidence."""
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def estimate_reason(why: Why) -> str:
    """Why nothing is estimated behind a leaf."""
    if why is Why.TOO_FEW_POINTS:
        return _("Nothing is estimated: the histories share too few periods without gaps.")
    if why is Why.NO_VARIATION:
        return _(
            "Nothing is estimated: the linked measures stand still or move as one, so nobody can tell them apart."
        )
    if why is Why.OVERLAPPING:
        return _("Nothing is estimated: neighbouring values share what they are made of.")
    if why is Why.INSUFFICIENT:
        return _("Nothing is estimated: none of the linked measures can take part.")
    if why is Why.MISSING_REQUIRED:
        return _("Nothing is estimated: the linked measures have no value or target when their effect began.")
    return _("Nothing is estimated at this length of period: choose the one in which the measure is taken.")


def estimated_sentence(name: str, *, explained: str, change: str) -> str:
    """What the estimates come to."""
    return _(
        "Of the change of %(name)s, %(change)s, linked measures are estimated to explain %(explained)s."
    ) % {
        "name": name,
        "change": change,
        "explained": explained,
    }


def certainty(told: int, of: int) -> str:
    """How many of the estimates can be told from no effect at all."""
    if not told:
        return _("Every interval holds zero: none of these effects can be told from chance.")
    if told == of:
        return _("No interval holds zero.")
    return ngettext(
        "%(told)s of %(of)s intervals leaves out zero; the others cannot be told from chance.",
        "%(told)s of %(of)s intervals leave out zero; the others cannot be told from chance.",
        told,
    ) % {"told": told, "of": of}


def unexplained_warning(share: str) -> str:
    """More than 30 % has no explanation."""
    return _("%(share)s of the change stays unexplained: do not read the estimates as the cause.") % {
        "share": share
    }


def skipped_sentence(name: str, reason: LeftOut) -> str:
    """Why a linked measure takes no part."""
    sentence = {
        LeftOut.FREQUENCY: _("%(name)s is taken at another frequency."),
        LeftOut.OVERLAPPING: _("%(name)s is a rolling value: its neighbours share their parts."),
        LeftOut.ABSENT: _("%(name)s has no values in this unit."),
        LeftOut.STILL: _("%(name)s always changes alike: nothing can be learnt from it."),
        LeftOut.TOO_MANY: _("%(name)s is one too many for so short a history."),
        LeftOut.MARKET: _("%(name)s tells of the market and is counted there."),
    }[reason]
    return sentence % {"name": name}


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
