"""What a test found, in sentences made of its numbers. None of them says that one thing brings about another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from fourfold.engine.leadlag import Doubt, Verdict, periods_needed, power_of
from fourfold.governance.evidence.models import LinkTest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = [
    "LinkNames",
    "changes",
    "done_to_series",
    "expectation",
    "lags_said",
    "periods_of",
    "powers",
    "verdict_sentences",
]


@dataclass(frozen=True, slots=True)
class LinkNames:
    """How the ends and their measures are called; a measure's name is empty where there is none."""

    source: str
    target: str
    x: str = ""
    y: str = ""


_PERIODS = {
    "month": ngettext_lazy("%(count)d month", "%(count)d months", "count"),
    "quarter": ngettext_lazy("%(count)d quarter", "%(count)d quarters", "count"),
    "half": ngettext_lazy("%(count)d half-year", "%(count)d half-years", "count"),
    "year": ngettext_lazy("%(count)d year", "%(count)d years", "count"),
}
_MANY: Mapping[str, str | StrPromise] = {
    "month": gettext_lazy("months"),
    "quarter": gettext_lazy("quarters"),
    "half": gettext_lazy("half-years"),
    "year": gettext_lazy("years"),
}


def periods_of(frequency: str, count: int | None = None) -> str:
    """ "3 months", or "months"."""
    if count is None:
        return str(_MANY.get(frequency, _MANY["month"]))
    return str(_PERIODS.get(frequency, _PERIODS["month"]) % {"count": count})


def expectation(names: LinkNames, *, sign: int, lag_from: int, lag_to: int) -> str:
    """What the test expected, in the measures' own words."""
    words = {"x": names.x, "y": names.y, "lag": lags_said(lag_from, lag_to)}
    if sign > 0:
        return _("More of “%(x)s” is expected to be followed by more of “%(y)s”, %(lag)s.") % words
    return _("More of “%(x)s” is expected to be followed by less of “%(y)s”, %(lag)s.") % words


def lags_said(first: int, last: int) -> str:
    """ "2 months later", or "1 to 3 months later"."""
    if last == 0:
        return _("at once")
    if first == last:
        return ngettext("%(count)d month later", "%(count)d months later", last) % {"count": last}
    return _("%(first)d to %(last)d months later") % {"first": first, "last": last}


def verdict_sentences(test: LinkTest, names: LinkNames) -> tuple[str, ...]:
    """The verdict first, then what limits it."""
    if test.verdict == Verdict.NOT_TESTABLE:
        return (_not_testable(test, names),)
    said = [_found(test, names), *_doubts(test, names)]
    if test.facts["needs_caution"]:
        least = _("Fewer than 36 %(periods)s: take it with caution.")
        said.append(least % {"periods": periods_of(test.frequency)})
    said.append(_("This tells of order in time. It does not tell what brings what about."))
    return tuple(said)


def _numbers(test: LinkTest, names: LinkNames) -> dict[str, Any]:
    facts = test.facts
    return {
        "x": names.x,
        "y": names.y,
        "lag": periods_of(test.frequency, facts["peak_lag"]),
        "r": _signed(facts["peak"]),
        "p": _chance(test.adjusted_p),
        "n": periods_of(test.frequency, test.n),
        "detectable": f"{facts['detectable']:.2f}",
    }


def _found(test: LinkTest, names: LinkNames) -> str:
    words = _numbers(test, names)
    if Doubt.CHANCE in test.facts["doubts"]:
        return (
            _(
                "Nothing was found that chance would not do as well: the strongest correlation is %(r)s, %(lag)s later "
                "(adjusted p %(p)s)."
            )
            % words
        )
    if test.facts["peak"] > 0.0:
        moved = (
            _("Where “%(x)s” ran higher than its own past foretold, “%(y)s” ran higher %(lag)s later") % words
        )
    else:
        moved = (
            _("Where “%(x)s” ran higher than its own past foretold, “%(y)s” ran lower %(lag)s later") % words
        )
    numbers = _("(correlation %(r)s, adjusted p %(p)s).") % words
    return f"{moved} {numbers}"


def _doubts(test: LinkTest, names: LinkNames) -> Iterator[str]:
    """What else the numbers say; after chance, nothing more needs saying but what could have been found."""
    facts, words = test.facts, _numbers(test, names)
    doubts = facts["doubts"]
    if Doubt.CHANCE in doubts:
        yield (
            _(
                "With %(n)s the test finds a correlation of %(detectable)s or more four times in five; a weaker one "
                "may be there unseen."
            )
            % words
        )
        return
    if Doubt.SIGN in doubts:
        yield _("That is the opposite of what the link expects.")
    elif not doubts:
        yield _("That is what the link expects.")
    if Doubt.PRECEDENCE in doubts:
        p = _chance(facts["granger_p"])
        more = _("But its past adds nothing certain to what “%(y)s” tells of itself (Granger p %(p)s).")
        yield more % {**words, "p": p}
    if Doubt.REVERSE in doubts:
        more = _(
            "“%(y)s” runs ahead of “%(x)s” more strongly than behind it (correlation %(r)s, %(lag)s ahead)."
        )
        back = periods_of(test.frequency, facts["reverse_lag"])
        yield more % {**words, "r": _signed(facts["reverse"]), "lag": back}
    if not facts["is_in_window"]:
        yield _("The lag is not the expected one.")


def _not_testable(test: LinkTest, names: LinkNames) -> str:
    needed = test.facts.get("needed", 24)
    words = {
        "n": periods_of(test.frequency, test.n),
        "needed": needed,
        "source": names.source,
        "target": names.target,
    }
    return str(_WHY_NOT.get(test.why, _WHY_NOT["missing_required"])) % words


_WHY_NOT: Mapping[str, str | StrPromise] = {
    "too_few_points": gettext_lazy(
        "Not testable: both measures have %(n)s in common without a gap, and %(needed)s are needed."
    ),
    "definition_break": gettext_lazy(
        "Not testable: a definition changed, and only %(n)s were measured one way; %(needed)s are needed."
    ),
    "overlapping": gettext_lazy(
        "Not testable: one of the measures is a rolling or to-date value. Its neighbours share their parts, so that "
        "they would seem linked to anything."
    ),
    "no_variation": gettext_lazy("Not testable: one of the measures does not vary."),
    "no_measure": gettext_lazy(
        "Not testable: in this unit no measure with a weight stands for “%(source)s” or for “%(target)s”."
    ),
    "no_direction": gettext_lazy(
        "Not testable: no measure of “%(source)s” or “%(target)s” says whether more or less of it is wanted, so that "
        "no sign follows from the link."
    ),
    "same_measure": gettext_lazy(
        "Not testable: “%(source)s” and “%(target)s” are shown by the same measure."
    ),
    "missing_required": gettext_lazy("Not testable: the numbers are not there."),
}


def done_to_series(test: LinkTest) -> tuple[str, ...]:
    """The transformations, in the order they were made (METHOD M1.2)."""
    facts = test.facts
    if "order" not in facts:
        return ()
    logs = {
        (True, True): _("Logarithms of both measures: their swings grow with their level."),
        (True, False): _("Logarithm of the cause's measure: its swings grow with its level."),
        (False, True): _("Logarithm of the effect's measure: its swings grow with its level."),
    }.get((facts["log_x"], facts["log_y"]))
    steps = [logs] if logs else []
    if facts["cycle"]:
        steps.append(_("The season is taken out: from each value the mean of its place in the year."))
    if facts["is_differenced"]:
        steps.append(_("Changes from period to period in the place of levels: a level wanders."))
    order = facts["order"]
    if order:
        told = ngettext(
            "What %(count)d period before foretells is taken out of both (prewhitening).",
            "What %(count)d periods before foretell is taken out of both (prewhitening).",
            order,
        )
        steps.append(told % {"count": order})
    else:
        steps.append(_("No prewhitening was needed: the cause's measure does not foretell itself."))
    return tuple(steps)


def powers(test: LinkTest) -> str:
    """How often the test would find what is called a middling correlation; empty where there was no test."""
    facts = test.facts
    if "periods_left" not in facts:
        return ""
    lags = len(facts["correlations"]) // 2
    share = power_of(0.5, periods=facts["periods_left"], lags=lags)
    words = {"detectable": f"{facts['detectable']:.2f}", "share": f"{100 * share:.0f} %"}
    return _("%(detectable)s four times in five; one of 0.50 in %(share)s of cases") % words


def changes(test: LinkTest, names: LinkNames) -> tuple[str, ...]:
    """What would change this verdict."""
    verdict, facts = test.verdict, test.facts
    if verdict == Verdict.NOT_TESTABLE:
        return tuple(_until_testable(test))
    said = []
    if Doubt.CHANCE in facts["doubts"]:
        said += list(_more_data(test))
    elif not facts["is_in_window"]:
        lag = periods_of(test.frequency, facts["peak_lag"])
        told = _("Register a lag of %(lag)s now, and test it on the months to come: these ones suggested it.")
        said.append(told % {"lag": lag})
    if verdict == Verdict.SUPPORTED:
        said.append(_("New periods in which “%(y)s” does not follow.") % {"y": names.y})
        said.append(
            _("Something third that moves both, such as a price or a season of its own; look for it.")
        )
    elif verdict == Verdict.CONTRADICTED:
        said.append(_("Another lag or another measure, registered before the months it is tested on."))
        said.append(_("New periods that follow the expected way."))
    elif Doubt.CHANCE not in facts["doubts"]:
        said.append(_("More periods: what is found now would have to lead, and not to follow."))
    else:
        said.append(_("A measure that is taken more often, or that moves sooner."))
    return tuple(said)


def _more_data(test: LinkTest) -> Iterator[str]:
    facts = test.facts
    lags, spent = len(facts["correlations"]) // 2, test.n - facts["periods_left"]
    needed = periods_needed(facts["peak"], lags=max(lags, 12), spent=spent)
    if needed > test.n:
        told = _("If the correlation stayed at %(r)s, about %(needed)s would decide it: %(more)d more.")
        yield (
            told
            % {
                "r": _signed(facts["peak"]),
                "needed": periods_of(test.frequency, needed),
                "more": needed - test.n,
            }
        )


def _until_testable(test: LinkTest) -> Iterator[str]:
    needed = int(test.facts.get("needed", 0))
    if test.why in {"too_few_points", "definition_break"} and needed > test.n:
        yield (
            _("%(more)s more without a gap and under one definition.")
            % {"more": periods_of(test.frequency, needed - test.n)}
        )
    if test.why == "too_few_points" and test.frequency != "month":
        yield _("A measure that is taken every month.")
    if test.why == "overlapping":
        yield _("The flow behind the rolling value: register it as the measure of this link.")
    if test.why in {"no_measure", "no_direction", "same_measure", "no_variation"}:
        yield _("Register two measures for this link, each with its own values.")


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")


def _chance(p: float | None) -> str:
    if p is None:
        return "–"
    return _("below .001") if p < 0.001 else f"{p:.3f}"
