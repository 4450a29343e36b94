"""Every sentence about a measure's future, made of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fourfold.engine.calendar import Frequency
from fourfold.engine.forecast import Method, Outlook
from fourfold.engine.quantities import Polarity
from fourfold.platform.ui.numbers import ValueFormat, display_change

__all__ = [
    "Pace",
    "Slope",
    "change_texts",
    "each_period",
    "expected_sentence",
    "expected_total_sentence",
    "method_name",
    "method_sentence",
    "no_forecast_sentence",
    "outlook_word",
    "pace_sentence",
    "remaining_sentence",
    "target_sentence",
    "total_sentence",
    "trend_sentence",
]

_OUTLOOKS: Mapping[Outlook, object] = {
    Outlook.LIKELY: gettext_lazy("likely"),
    Outlook.UNCERTAIN: gettext_lazy("uncertain"),
    Outlook.UNLIKELY: gettext_lazy("unlikely"),
}
_EACH: Mapping[Frequency, object] = {
    Frequency.DAY: gettext_lazy("a day"),
    Frequency.WEEK: gettext_lazy("a week"),
    Frequency.MONTH: gettext_lazy("a month"),
    Frequency.QUARTER: gettext_lazy("a quarter"),
    Frequency.HALF: gettext_lazy("a half-year"),
    Frequency.YEAR: gettext_lazy("a year"),
}
_METHODS: Mapping[Method, object] = {
    Method.NAIVE: gettext_lazy("As last time"),
    Method.LINE: gettext_lazy("Straight line"),
    Method.ROBUST_LINE: gettext_lazy("Robust line (Theil–Sen)"),
    Method.SEASONAL_LINE: gettext_lazy("Straight line with seasons"),
    Method.DAMPED: gettext_lazy("Damped trend"),
    Method.DRIVERS: gettext_lazy("What drives it"),
}
_SEASONAL = gettext_lazy("As last year")
_REASONS: Mapping[str, object] = {
    "too_few_points": gettext_lazy(
        "%(points)s values stand after the last change of definition or process; a forecast needs %(least)s. "
        "They come by themselves."
    ),
    "no_variation": gettext_lazy("The values do not vary: a forecast without a spread would be a promise."),
    "no_spread": gettext_lazy(
        "The values follow a line so exactly that it leaves nothing over: a forecast without a spread would be a "
        "promise."
    ),
    "not_finite": gettext_lazy("The values are too large or too small to be calculated with."),
    "overlapping": gettext_lazy(
        "Running totals and rolling windows share their parts from one period to the next. Forecast the measure they "
        "are made of."
    ),
    "cumulative": gettext_lazy(
        "These values run like a total to date, which begins anew every year. Forecast what is added each period."
    ),
    "staged": gettext_lazy("Yes and no, steps of a rubric and milestones do not move along a line."),
    "no_points": gettext_lazy("There is no value of a closed period yet."),
}
_OTHERWISE = gettext_lazy("There is no forecast here.")


def outlook_word(outlook: Outlook) -> str:
    """The word for a chance."""
    return str(_OUTLOOKS[outlook])


def each_period(frequency: Frequency) -> str:
    """“a month”."""
    return str(_EACH[frequency])


def method_name(method: Method, *, cycle: int) -> str:
    """A method in words; the naive one by what it repeats."""
    return str(_SEASONAL if method is Method.NAIVE and cycle > 1 else _METHODS[method])


def no_forecast_sentence(reason: str, *, points: int, least: int) -> str:
    """Why there is none, and what to do."""
    return str(_REASONS.get(reason, _OTHERWISE)) % {"points": points, "least": least}


def change_texts(form: ValueFormat, *changes: float) -> tuple[str, ...]:
    """Changes per period, all in the same decimals: one more than the values have, two more for small ones."""
    least = min((abs(change) for change in changes if change), default=0.0)
    decimals = form.decimals + (2 if 0.0 < least < 10.0**-form.decimals else 1)
    return tuple(
        str(display_change(change, decimals=decimals, unit_of_measure=form.unit_of_measure))
        for change in changes
    )


def target_sentence(
    polarity: Polarity, *, is_met: bool, outlook: str, chance: str, lower: str, upper: str, period: str
) -> str:
    """How likely a period's target is met. `lower`, `upper`: its sides as they are written."""
    words = {"outlook": outlook, "chance": chance, "lower": lower, "upper": upper, "period": period}
    match polarity, is_met:
        case Polarity.MAXIMISE, False:
            said = _("At this pace %(outlook)s (%(chance)s) to reach %(lower)s by %(period)s.")
        case Polarity.MAXIMISE, True:
            said = _("At this pace %(outlook)s (%(chance)s) to be at %(lower)s or above in %(period)s.")
        case Polarity.MINIMISE, False:
            said = _("At this pace %(outlook)s (%(chance)s) to come down to %(upper)s by %(period)s.")
        case Polarity.MINIMISE, True:
            said = _("At this pace %(outlook)s (%(chance)s) to be at %(upper)s or below in %(period)s.")
        case _:
            said = _(
                "At this pace %(outlook)s (%(chance)s) to lie from %(lower)s to %(upper)s in %(period)s."
            )
    return said % words


def total_sentence(polarity: Polarity, *, outlook: str, chance: str, target: str, year: str) -> str:
    """How likely a fiscal year's total is met."""
    words = {"outlook": outlook, "chance": chance, "target": target, "year": year}
    if polarity is Polarity.MAXIMISE:
        return _("At this pace %(outlook)s (%(chance)s) to reach %(target)s in all of %(year)s.") % words
    return _("At this pace %(outlook)s (%(chance)s) to stay within %(target)s in all of %(year)s.") % words


@dataclass(frozen=True, slots=True)
class Pace:
    """What is needed and what there is, as written; `is_met`: nothing more is needed."""

    needed: str
    given: str
    each: str
    is_met: bool

    @property
    def words(self) -> dict[str, str]:
        """For a sentence."""
        return {"needed": self.needed, "given": self.given, "each": self.each}


def pace_sentence(pace: Pace, *, is_chance: bool) -> str:
    """The change needed per period beside the one the trend gives. `is_chance`: the trend is no more than chance."""
    if pace.is_met and is_chance:
        return _("No change is needed; the trend of %(given)s %(each)s may be chance.") % pace.words
    if pace.is_met:
        return _("No change is needed; the trend gives %(given)s %(each)s.") % pace.words
    if is_chance:
        return _("%(needed)s %(each)s is needed; the trend of %(given)s may be chance.") % pace.words
    return _("%(needed)s %(each)s is needed, the trend gives %(given)s.") % pace.words


def remaining_sentence(pace: Pace, *, polarity: Polarity) -> str:
    """What a total still needs per period beside what the last three brought."""
    words = pace.words
    if polarity is Polarity.MINIMISE and pace.is_met:
        return _("Nothing is left of it; the last three periods took %(given)s each.") % words
    if polarity is Polarity.MINIMISE:
        return _("%(needed)s %(each)s is left for it, the last three periods took %(given)s each.") % words
    if pace.is_met:
        return _("It is reached already.")
    return _("%(needed)s %(each)s is still needed, the last three periods brought %(given)s each.") % words


def expected_sentence(*, period: str, median: str, low: str, high: str) -> str:
    """The middle and the interval at the horizon."""
    words = {"period": period, "median": median, "low": low, "high": high}
    return _("Expected in %(period)s: %(median)s; four times in five between %(low)s and %(high)s.") % words


def expected_total_sentence(*, year: str, median: str, low: str, high: str) -> str:
    """The middle and the interval of a fiscal year's total."""
    words = {"year": year, "median": median, "low": low, "high": high}
    return (
        _("Expected in all of %(year)s: %(median)s; four times in five between %(low)s and %(high)s.") % words
    )


@dataclass(frozen=True, slots=True)
class Slope:
    """The trend as written; p is its chance among series without any. `low` is empty where there is no interval."""

    slope: str
    low: str
    high: str
    each: str
    p: float
    is_chance: bool
    is_seasonal: bool
    is_corrected: bool


def trend_sentence(slope: Slope) -> str:
    """The slope with its interval, whether it is more than chance, and how that was judged."""
    words = {"slope": slope.slope, "low": slope.low, "high": slope.high, "each": slope.each}
    words["p"] = _("p below 0.001") if slope.p < 0.001 else f"p = {slope.p:.3f}"
    words["interval"] = _interval(slope)
    if slope.is_chance:
        said = [_("The trend of %(slope)s %(each)s may be chance (%(interval)s; %(p)s).") % words]
    else:
        said = [_("The trend is %(slope)s %(each)s (%(interval)s; %(p)s).") % words]
    if slope.is_seasonal:
        said.append(_("Each period is compared with the same one of other years."))
    if slope.is_corrected:
        said.append(_("Neighbouring values are alike; the test allows for it."))
    return " ".join(said)


def _interval(slope: Slope) -> str:
    if slope.low:
        return _("95 %%: %(low)s to %(high)s") % {"low": slope.low, "high": slope.high}
    if slope.is_seasonal:
        return _("no 95 %% interval from so few years") % {}
    return _("no 95 %% interval from so few periods") % {}


def method_sentence(name: str, *, mase: str, origins: int, is_naive: bool, is_for_want: bool) -> str:
    """Which method is shown, and why that one."""
    words = {"name": name, "mase": mase, "origins": origins}
    if is_for_want:
        return _("“%(name)s” is shown, because no method forecast the past better than that.") % words
    if is_naive:
        return _("“%(name)s” is shown: no other method forecast the past better.") % words
    return (
        ngettext(
            "“%(name)s” is shown: from %(origins)s past starting point its errors were %(mase)s of those of the "
            "naive forecast.",
            "“%(name)s” is shown: from %(origins)s past starting points its errors were %(mase)s of those of the "
            "naive forecast.",
            origins,
        )
        % words
    )
