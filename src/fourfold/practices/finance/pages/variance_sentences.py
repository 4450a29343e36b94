"""The sentences of a variance: questions, answers, evidence and the verdict."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine.quantities import Why
from fourfold.engine.variance import LeadState, Pattern, StepName, Verdict
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.practices.finance.queries.variances import NoPath

__all__ = [
    "advice",
    "answer",
    "material",
    "no_news_sentence",
    "no_sum",
    "no_verdict",
    "old_elasticities",
    "partly",
    "pattern_sentence",
    "persistence_sentence",
    "question",
    "signal_sentence",
    "split_sentence",
    "standing_sentence",
    "state_word",
    "unestimated",
    "verdict_sentence",
]


def question(step: StepName) -> str:
    """What a node asks."""
    return {
        StepName.MATERIAL: _("Is it large enough to matter?"),
        StepName.SIGNAL: _("Is it more than common cause?"),
        StepName.SPLIT: _("Is most of it unexplained?"),
        StepName.PATTERN: _("Did the drivers do their part?"),
        StepName.PERSISTENCE: _("Does the unexplained part persist?"),
    }[step]


def answer(holds: bool | None) -> str:
    """In a word."""
    if holds is None:
        return _("cannot be told")
    return _("yes") if holds else _("no")


def partly() -> str:
    """Some did, some did not."""
    return _("in part")


def material(*, variance: str, value: str, target: str, border: str, is_by_red: bool) -> str:
    """How far off, and from where on it matters."""
    words = {"value": value, "target": target, "variance": variance, "border": border}
    first = _("%(value)s against a target of %(target)s: %(variance)s.") % words
    if is_by_red:
        return f"{first} " + _("A deviation of more than %(border)s matters: there red begins.") % words
    return f"{first} " + _("By policy a deviation of more than %(border)s matters.") % words


def signal_sentence(is_signal: bool | None) -> str:
    """What the control chart says of the last value."""
    if is_signal is None:
        return _("There is no control chart for this period, so nobody can tell.")
    if is_signal:
        return _("The control chart calls the last value special: something has changed.")
    return _("The last value lies within what the process does by itself: there is no story to tell yet.")


def split_sentence(*, execution: str, residual: str) -> str:
    """The parts that are known without the market."""
    return _(
        "Drivers off their targets are estimated to have made %(execution)s; %(residual)s is left for the market, "
        "currency and prices, and for what nobody explains."
    ) % {"execution": execution, "residual": residual}


def old_elasticities(quarters: int) -> str:
    """That the estimates are not of today (METHOD M4.5: warned of beyond four quarters)."""
    return _(
        "The drivers' effects are estimated from histories that end %(count)s quarters before this period. Bring their "
        "values up to date before you rely on the parts below."
    ) % {"count": quarters}


def unestimated(why: Why) -> str:
    """Why no part is estimated: everything stays unexplained."""
    sentence = {
        Why.TOO_FEW_POINTS: _("the histories share too few periods without gaps"),
        Why.NO_VARIATION: _("the drivers stand still or move as one"),
        Why.OVERLAPPING: _("neighbouring values of the measure share what they are made of"),
    }.get(why, _("none of the linked measures can take part"))
    return _("No driver's effect could be estimated: %(why)s.") % {"why": sentence}


def pattern_sentence(pattern: Pattern, *, missed: list[str], done: int = 0) -> str:
    """What drivers and outcome say together; `done` drivers did their part."""
    words = {"names": ", ".join(missed), "done": done, "all": done + len(missed)}
    return {
        Pattern.EXECUTION_FAILS: ngettext(
            "The outcome misses its target, and so does %(names)s.",
            "The outcome misses its target, and so do: %(names)s.",
            len(missed),
        ),
        Pattern.HYPOTHESIS_DOUBTFUL: _(
            "Every driver has been on target for as long as its effect takes, and the outcome is red all the same."
        ),
        Pattern.NOT_YET_RED: _(
            "Every driver has been on target for as long as its effect takes; the outcome is short of its target, but "
            "amber, not red."
        ),
        Pattern.LUCK_OR_WRONG_DRIVER: ngettext(
            "The outcome is on target although %(names)s is not.",
            "The outcome is on target although these are not: %(names)s.",
            len(missed),
        ),
        Pattern.PARTLY_AS_INTENDED: _(
            "The outcome is on target; %(done)s of %(all)s drivers did their part, not: %(names)s."
        ),
        Pattern.AS_INTENDED: _("Drivers and outcome are on target."),
        Pattern.UNKNOWN: _("No measure that the map links to this one has a status that lasted long enough."),
    }[pattern] % words


def persistence_sentence(last: str, *, border: str, is_signal: bool) -> str:
    """Where the sum of shortfalls stands."""
    said = {"last": last, "border": border}
    if is_signal:
        return (
            _("The sum of unexplained shortfalls stands at %(last)s, beyond the border of %(border)s.") % said
        )
    return _("The sum of unexplained shortfalls stands at %(last)s, within the border of %(border)s.") % said


def no_news_sentence(*, since: str, count: int, of: int, is_always: bool) -> str:
    """That a sum far beyond its border has been there for long: somebody who sees it now sees nothing new."""
    words = {"since": since, "count": count, "of": of}
    if is_always:
        return (
            _(
                "That is more than ten times the border, and beyond it since %(since)s, in %(count)s of %(of)s "
                "periods: this deviation has stood for the whole history and is no news."
            )
            % words
        )
    return (
        _(
            "That is more than ten times the border, and beyond it since %(since)s, in %(count)s of %(of)s "
            "periods: this deviation is no news."
        )
        % words
    )


def standing_sentence(months: int) -> str:
    """For how long, without a break, drivers did their part in vain; empty where they did not."""
    if not months:
        return ""
    return ngettext(
        "The pattern has stood for %(count)s month.",
        "The pattern has stood for %(count)s months in a row.",
        months,
    ) % {"count": months}


def no_sum(why: Why) -> str:
    """Why there is no sum of shortfalls."""
    return _("There is no sum of shortfalls: %(why)s.") % {"why": reason_sentence(why).lower()}


def state_word(state: LeadState) -> str:
    """What a driver did."""
    return {
        LeadState.ON_TARGET: _("on target for its whole lag"),
        LeadState.MISSED: _("missed its target"),
        LeadState.UNKNOWN: _("too short a run to tell"),
    }[state]


def verdict_sentence(verdict: Verdict) -> str:
    """The end of the path."""
    return {
        Verdict.NOT_MATERIAL: _("Too small to matter"),
        Verdict.COMMON_CAUSE: _("Common cause: no story yet"),
        Verdict.OPERATIONAL: _("Operational variance"),
        Verdict.NOT_YET_RED: _("Short of its target, but not red"),
        Verdict.HYPOTHESIS_DOUBTFUL: _("The hypothesis is doubtful, but not yet refuted"),
        Verdict.STRATEGIC: _("Strategic misalignment"),
        Verdict.MARKET_UNKNOWN: _("Cannot distinguish: whether the market moved is not known"),
        Verdict.LUCK_OR_WRONG_DRIVER: _("Luck, or the wrong drivers"),
        Verdict.PARTLY_AS_INTENDED: _("On target, with some of its drivers"),
        Verdict.AS_INTENDED: _("As intended"),
        Verdict.CANNOT_DISTINGUISH: _("Cannot distinguish"),
    }[verdict]


def advice(verdict: Verdict) -> str:
    """What to do about it."""
    return {
        Verdict.NOT_MATERIAL: _("Leave it alone; the path below is for completeness."),
        Verdict.COMMON_CAUSE: _("Do not react to a single value. To move it, change the process."),
        Verdict.OPERATIONAL: _("Fix execution first: the drivers that missed their targets."),
        Verdict.NOT_YET_RED: _(
            "The drivers did their part. While the outcome is amber it is too early to doubt them."
        ),
        Verdict.HYPOTHESIS_DOUBTFUL: _(
            "The drivers did their part and the outcome did not follow. Watch it: if it lasts, question the strategy."
        ),
        Verdict.STRATEGIC: _(
            "The drivers did their part, the outcome did not follow, and it lasts. Question the strategy, not the "
            "people."
        ),
        Verdict.MARKET_UNKNOWN: _(
            "The drivers did their part, the outcome did not follow, and it lasts. Before the strategy is questioned, "
            "choose at the third step the measures that tell what the market did."
        ),
        Verdict.LUCK_OR_WRONG_DRIVER: _(
            "The outcome came without its drivers: they may be the wrong ones, or it was luck."
        ),
        Verdict.PARTLY_AS_INTENDED: _(
            "The outcome came with some of its drivers. What the others do may matter less than the map says, or their "
            "effect is still to come: watch them."
        ),
        Verdict.AS_INTENDED: _("Keep going."),
        Verdict.CANNOT_DISTINGUISH: _(
            "Without the drivers' numbers nobody can tell execution from strategy. Link measures to this objective on "
            "the map, and measure them."
        ),
    }[verdict]


def no_verdict(why: Why | NoPath) -> str:
    """Why there is no path to walk."""
    if isinstance(why, NoPath):
        return _(
            "Yes and no, steps of a rubric and milestones have no size of deviation that could be taken apart. Look at "
            "the measures that lead up to this one."
        )
    return {
        Why.MISSING_REQUIRED: _("There is no variance here: value or target is missing."),
        Why.INFORMATIONAL: _("There is no variance here: of this measure neither more nor less is better."),
        Why.NOT_APPLICABLE: _("Choose a period of the length in which the measure is taken."),
    }.get(why, _("There is no variance here: %(why)s.") % {"why": reason_sentence(why).lower()})
