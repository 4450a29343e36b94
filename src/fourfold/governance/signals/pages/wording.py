"""The words around a chart: its kind, why there is none, its icons, and what makes its limits doubtful."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fourfold.engine.spc import Assurance, ChartKind, Variation

__all__ = [
    "assurance_word",
    "chart_name",
    "no_chart_sentence",
    "rules_name",
    "variation_word",
]

_KINDS: Mapping[ChartKind, object] = {
    ChartKind.XMR: gettext_lazy("XmR chart of single values"),
    ChartKind.C: gettext_lazy("c chart of events in periods that are all alike"),
    ChartKind.G: gettext_lazy("g chart of the cases from one rare event to the next"),
    ChartKind.T: gettext_lazy("t chart of the time from one rare event to the next"),
    ChartKind.EWMA: gettext_lazy("EWMA chart of a moving average"),
    ChartKind.CUSUM: gettext_lazy("CUSUM chart of summed deviations"),
    ChartKind.P: gettext_lazy("p chart of shares, limits by the count of each period"),
    ChartKind.P_PRIME: gettext_lazy("p′ chart of shares (Laney: they vary otherwise than chance alone)"),
    ChartKind.U: gettext_lazy("u chart of rates, limits by the exposure of each period"),
    ChartKind.U_PRIME: gettext_lazy("u′ chart of rates (Laney: they vary otherwise than chance alone)"),
}
_RULES: Mapping[str, object] = {
    "mdc": gettext_lazy("rules of Making Data Count"),
    "nelson": gettext_lazy("Nelson's rules"),
    "weco": gettext_lazy("Western Electric rules"),
    "rule1": gettext_lazy("points beyond a limit only"),
    "ewma": gettext_lazy("averages beyond their limits only"),
    "cusum": gettext_lazy("sums beyond the border only"),
}
_REASONS: Mapping[str, object] = {
    "too_few_points": gettext_lazy(
        "Values side by side so far: %(points)s. Limits need %(least)s, and come by themselves."
    ),
    "no_variation": gettext_lazy("The values do not vary: there is no spread to make limits of."),
    "zero_denominator": gettext_lazy("Every period divides by zero: there is nothing to chart."),
    "overlapping": gettext_lazy(
        "Running totals and rolling windows share their parts from one period to the next: natural limits of them "
        "would be too tight. Chart the measure they are made of."
    ),
    "cumulative": gettext_lazy(
        "These values run like a total to date: they only rise, and natural limits of them would mean nothing. "
        "Chart what is added each period."
    ),
    "staged": gettext_lazy(
        "Yes and no, steps of a rubric and milestones have no natural spread: there is nothing to chart."
    ),
    "no_points": gettext_lazy("There is no value of a closed period yet."),
}
_OTHERWISE = gettext_lazy("There are no limits here.")

_VARIATION: Mapping[Variation, object] = {
    Variation.NOT_COMPUTABLE: gettext_lazy("No limits"),
    Variation.COMMON_CAUSE: gettext_lazy("Noise"),
    Variation.IMPROVEMENT: gettext_lazy("Improvement"),
    Variation.CONCERN: gettext_lazy("Concern"),
    Variation.NEUTRAL_HIGH: gettext_lazy("Higher"),
    Variation.NEUTRAL_LOW: gettext_lazy("Lower"),
    Variation.NEUTRAL: gettext_lazy("Change"),
}
_ASSURANCE: Mapping[Assurance, object] = {
    Assurance.NOT_COMPUTABLE: "",
    Assurance.CONSISTENTLY_MEET: gettext_lazy("Will meet"),
    Assurance.HIT_OR_MISS: gettext_lazy("Hit or miss"),
    Assurance.CONSISTENTLY_MISS: gettext_lazy("Will miss"),
}
_VARIATION_HINTS: Mapping[Variation, object] = {
    Variation.NOT_COMPUTABLE: gettext_lazy("No limits yet: signal and noise cannot be told apart."),
    Variation.COMMON_CAUSE: gettext_lazy("Noise: the latest value is one an unchanged process brings."),
    Variation.IMPROVEMENT: gettext_lazy("Signal: the latest value belongs to a change for the better."),
    Variation.CONCERN: gettext_lazy("Signal: the latest value belongs to a change for the worse."),
    Variation.NEUTRAL_HIGH: gettext_lazy("Signal: higher than chance explains; neither way is better."),
    Variation.NEUTRAL_LOW: gettext_lazy("Signal: lower than chance explains; neither way is better."),
    Variation.NEUTRAL: gettext_lazy("Signal: the values follow a pattern that chance does not make."),
}
_ASSURANCE_HINTS: Mapping[Assurance, object] = {
    Assurance.NOT_COMPUTABLE: "",
    Assurance.CONSISTENTLY_MEET: gettext_lazy("As it is, the process will meet its target consistently."),
    Assurance.HIT_OR_MISS: gettext_lazy("As it is, chance decides whether the target is met."),
    Assurance.CONSISTENTLY_MISS: gettext_lazy("As it is, the process will miss its target consistently."),
}
_CHANGED_HINT = gettext_lazy(
    "By the limits of before a change nothing can be said of the target; begin the limits anew once it has lasted."
)


def chart_name(kind: ChartKind, *, is_chosen: bool = False) -> str:
    """Which chart it is, and why that one."""
    name = str(_KINDS[kind])
    return _("%(chart)s, by a decision") % {"chart": name} if is_chosen else name


def rules_name(rules: str) -> str:
    """A rule set in words."""
    return str(_RULES.get(rules, rules))


def no_chart_sentence(reason: str, *, points: int, least: int) -> str:
    """Why there are no limits, and what to do."""
    return str(_REASONS.get(reason, _OTHERWISE)) % {"points": points, "least": least}


def variation_word(variation: Variation) -> str:
    """One word beside the icon."""
    return str(_VARIATION[variation])


def assurance_word(assurance: Assurance) -> str:
    """Two words beside the icon; empty where nothing is promised."""
    return str(_ASSURANCE[assurance])


def variation_hint(variation: Variation) -> str:
    """What the icon says, without numbers."""
    return str(_VARIATION_HINTS[variation])


def assurance_hint(assurance: Assurance) -> str:
    """What the icon says, without numbers; empty where nothing is promised."""
    return str(_ASSURANCE_HINTS[assurance])


def changed_hint() -> str:
    """Why no icon says anything of the target while the process changes."""
    return str(_CHANGED_HINT)


def variation_sentence(variation: Variation, *, period: str) -> str:
    """What the latest point says, by its name."""
    words = {"period": period}
    match variation:
        case Variation.COMMON_CAUSE:
            return (
                _("%(period)s lies where an unchanged process is expected to lie: noise, no story.") % words
            )
        case Variation.IMPROVEMENT:
            return _("%(period)s belongs to a change for the better: signal, not noise.") % words
        case Variation.CONCERN:
            return _("%(period)s belongs to a change for the worse: signal, not noise.") % words
        case Variation.NEUTRAL_HIGH:
            return (
                _("%(period)s lies higher than chance explains; neither way is better for this measure.")
                % words
            )
        case Variation.NEUTRAL_LOW:
            return (
                _("%(period)s lies lower than chance explains; neither way is better for this measure.")
                % words
            )
        case Variation.NEUTRAL:
            return _("%(period)s is part of a pattern that chance does not make.") % words
        case _:
            return ""


def changed_sentence(*, target: str, lower: str, upper: str) -> str:
    """Why the limits promise nothing about the target while the process changes, with its numbers."""
    words = {"target": target, "lower": lower, "upper": upper}
    return (
        _(
            "Something has changed: the limits of before, %(lower)s to %(upper)s, no longer say whether the target of "
            "%(target)s will be met. Begin them anew once the change has lasted."
        )
        % words
    )


def assurance_sentence(assurance: Assurance, *, target: str, lower: str, upper: str) -> str:
    """What the limits promise about the target, with its numbers; empty where there is no promise."""
    words = {"target": target, "lower": lower, "upper": upper}
    match assurance:
        case Assurance.CONSISTENTLY_MEET:
            return (
                _(
                    "The target of %(target)s lies outside the limits of %(lower)s to %(upper)s, on the safe side: as "
                    "it is, the process will meet it consistently."
                )
                % words
            )
        case Assurance.HIT_OR_MISS:
            return (
                _(
                    "The target of %(target)s lies within the limits of %(lower)s to %(upper)s: as the process is, "
                    "chance decides whether it is met."
                )
                % words
            )
        case Assurance.CONSISTENTLY_MISS:
            return (
                _(
                    "The target of %(target)s lies outside the limits of %(lower)s to %(upper)s: as it is, the "
                    "process will miss it consistently, whatever single periods say."
                )
                % words
            )
        case _:
            return ""
