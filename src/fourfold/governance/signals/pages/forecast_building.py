"""Making the page of a measure's future out of its forecast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine import trend
from fourfold.engine.calendar import Frequency, Grain, GrainPeriod, Period
from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.engine.forecast import Forecast
from fourfold.governance.signals.pages import forecast_wording as wording
from fourfold.governance.signals.pages.forecast_fan import SHARES, Band, Fan, FanPoint
from fourfold.governance.signals.pages.forecast_view import (
    ForecastPeriod,
    ForecastView,
    ProspectLine,
    TrialLine,
    chance_text,
)
from fourfold.governance.signals.queries.forecasts import Foreseen, Prospect
from fourfold.governance.signals.queries.series import SeriesTable
from fourfold.platform.ui.numbers import ABSENT, ValueFormat, display_number
from fourfold.platform.ui.stepper import short_label
from fourfold.scorecard.evaluation.pages.value_format import format_of

__all__ = ["forecast_view"]

SHOWN_PAST = 36
"""Periods of the past that the chart shows: what lies ahead must keep its room."""

TRIED_WELL = 12
"""Fewer values are remarked on: intervals of so few are rough."""


def forecast_view(table: SeriesTable, foreseen: Foreseen) -> ForecastView:
    """Chart, sentences and rows; or the reason why there are none."""
    series = foreseen.series
    bare = ForecastView(
        measure=series.measure,
        name=table.names[series.measure],
        unit=table.unit,
        unit_name=table.unit_name,
        period=table.calendar.key_of(table.shown),
        format=format_of(series.version),
    )
    if foreseen.found is None or foreseen.trend is None:
        points = int(np.isfinite(foreseen.points).sum())
        reason = wording.no_forecast_sentence(foreseen.reason, points=points, least=foreseen.least)
        return replace(bare, reason=reason)
    return _Building(table, foreseen, series, foreseen.found, foreseen.trend, bare.format).onto(bare)


@dataclass(frozen=True, slots=True)
class _Building:
    """One measure's forecast with everything its sentences need."""

    table: SeriesTable
    foreseen: Foreseen
    series: NativeSeries
    found: Forecast
    trend: trend.Trends
    form: ValueFormat

    def onto(self, bare: ForecastView) -> ForecastView:
        """The view with all its parts."""
        periods = tuple(self._periods())
        return replace(
            bare,
            fan=self._fan(periods),
            prospects=tuple(self._prospect(prospect) for prospect in self.foreseen.prospects),
            expected=self._expected(periods),
            trend=self._trend(),
            method=self._method(),
            trials=tuple(self._trials()),
            remarks=tuple(self._remarks()),
            periods=periods,
        )

    def _periods(self) -> Iterator[ForecastPeriod]:
        bands = {share: self.found.projection.interval(share / 100) for share in SHARES}
        for step, median in enumerate(self.found.projection.mean.tolist()):
            place = self.found.last + 1 + step
            yield ForecastPeriod(
                key=self.table.calendar.key(self._period(place)),
                label=self._label(place),
                target=self.foreseen.target_at(place),
                median=self._inside(median),
                bands=tuple(
                    Band(share, self._inside(float(low[step])), self._inside(float(high[step])))
                    for share, (low, high) in bands.items()
                ),
                chance=self.foreseen.chance_at(place),
            )

    def _fan(self, periods: tuple[ForecastPeriod, ...]) -> Fan:
        first = max(self.found.last + 1 - SHOWN_PAST, int(np.isfinite(self.series.value).argmax()))
        past = [self._past(place) for place in range(first, self.found.last + 1)]
        ahead = [self._point(self.found.last + 1 + step, period) for step, period in enumerate(periods)]
        return Fan((*past, *ahead), len(past) - 1)

    def _past(self, place: int) -> FanPoint:
        value = float(self.series.value[place])
        target = self.foreseen.target_at(place)
        said = [(_("Value"), str(self.form.shown(value)))]
        if target is not None:
            said.append((_("Target"), str(self.form.shown(target))))
        return FanPoint(
            self._label(place),
            self._short(place),
            value=value if isfinite(value) else None,
            target=target,
            said=tuple(said),
        )

    def _point(self, place: int, period: ForecastPeriod) -> FanPoint:
        form, eighty = self.form, period.eighty
        said = [
            (_("Expected"), str(form.shown(period.median))),
            (_("80 %"), f"{form.shown(eighty.low)} {_('to')} {form.shown(eighty.high)}"),
        ]
        if period.target is not None:
            said.append((_("Target"), str(form.shown(period.target))))
        if period.chance is not None:
            said.append((_("Chance to be on target"), period.chance_text))
        return FanPoint(
            period.label,
            self._short(place),
            median=period.median,
            bands=period.bands,
            target=period.target,
            said=tuple(said),
        )

    def _prospect(self, prospect: Prospect) -> ProspectLine:
        outlook, chance = self.foreseen.outlook(prospect.chance), prospect.chance
        words = {"outlook": wording.outlook_word(outlook), "chance": chance_text(chance)}
        polarity, lower, upper = prospect.aim.polarity, prospect.aim.lower, prospect.aim.upper
        if prospect.is_total:
            sentence = wording.total_sentence(
                polarity,
                target=str(self.form.shown(prospect.target)),
                year=self._year(prospect.place),
                **words,
            )
        else:
            sentence = wording.target_sentence(
                polarity,
                is_met=prospect.aim.is_met_by(prospect.now),
                lower=str(self.form.shown(lower)),
                upper=str(self.form.shown(upper)),
                period=self._label(prospect.place),
                **words,
            )
        return ProspectLine(sentence, self._pace(prospect), outlook, words["outlook"], chance)

    def _pace(self, prospect: Prospect) -> str:
        each = wording.each_period(self._frequency)
        if prospect.remaining is not None:
            needed, given = prospect.remaining.each, prospect.remaining.trailing
            pace = wording.Pace(
                str(self.form.shown(needed)), str(self.form.shown(given)), each, is_met=needed <= 0.0
            )
            return wording.remaining_sentence(pace, polarity=prospect.aim.polarity)
        needed_text, given_text = wording.change_texts(
            self.form, prospect.required, float(self.trend.slope[0])
        )
        pace = wording.Pace(needed_text, given_text, each, is_met=prospect.required == 0.0)
        return wording.pace_sentence(pace, is_chance=self._is_chance)

    def _expected(self, periods: tuple[ForecastPeriod, ...]) -> str:
        """At the first prospect's end: of the period, or of the year's total."""
        prospect = next(iter(self.foreseen.prospects), None)
        if prospect is not None and prospect.is_total:
            low, high = prospect.outcome.interval(0.80)
            return wording.expected_total_sentence(
                year=self._year(prospect.place),
                **self._shown(median=prospect.outcome.mean, low=low, high=high),
            )
        at = periods[-1 if prospect is None else prospect.place - self.found.last - 1]
        shown = self._shown(median=at.median, low=at.eighty.low, high=at.eighty.high)
        return wording.expected_sentence(period=at.label, **shown)

    def _shown(self, *, median: float, low: float, high: float) -> dict[str, str]:
        return {
            "median": str(self.form.shown(median)),
            "low": str(self.form.shown(low)),
            "high": str(self.form.shown(high)),
        }

    def _trend(self) -> str:
        ends = (float(line[0]) for line in (self.trend.slope, self.trend.lower, self.trend.upper))
        slope, low, high = (*wording.change_texts(self.form, *filter(isfinite, ends)), "", "")[:3]
        method = trend.Method(int(self.trend.method[0]))
        return wording.trend_sentence(
            wording.Slope(
                slope,
                low,
                high,
                each=wording.each_period(self._frequency),
                p=float(self.trend.p[0]),
                is_chance=self._is_chance,
                is_seasonal=method in (trend.Method.SEASONAL, trend.Method.SEASONAL_CORRECTED),
                is_corrected=method in (trend.Method.CORRECTED, trend.Method.SEASONAL_CORRECTED),
            )
        )

    def _method(self) -> str:
        trial = self.found.trials[self.found.method]
        return wording.method_sentence(
            wording.method_name(self.found.method, cycle=self.found.cycle),
            mase=_ratio(trial.mase),
            origins=trial.origins,
            is_naive=self.found.method is self._naive,
            is_for_want=self.found.is_naive_for_want_of_better,
        )

    def _trials(self) -> Iterator[TrialLine]:
        for method, trial in self.found.trials.items():
            mase = trial.mase if isfinite(trial.mase) else None
            verdict = _("nothing to say") if mase is None else ""
            if method is self._naive:
                verdict = _("the naive forecast")
            elif mase is not None:
                verdict = _("better than naive") if mase < 1.0 else _("no better than naive")
            name = wording.method_name(method, cycle=self.found.cycle)
            yield TrialLine(name, mase, method is self.found.method, verdict)

    def _remarks(self) -> Iterator[str]:
        found, foreseen = self.found, self.foreseen
        if foreseen.begins:
            words = {"period": self._label(foreseen.begins)}
            yield _("Only what came since %(period)s counts: definition or process changed then.") % words
        if foreseen.left_out:
            yield (
                ngettext(
                    "%(count)s value marked as special cause is left out.",
                    "%(count)s values marked as special cause are left out.",
                    foreseen.left_out,
                )
                % {"count": foreseen.left_out}
            )
        there = int(np.isfinite(foreseen.points).sum())
        if found.points < there:
            words = {"points": str(found.points), "count": str(there)}
            yield _("It looks back at the latest %(points)s of %(count)s values.") % words
        if found.points < TRIED_WELL:
            yield _("It rests on %(points)s values only and will move.") % {"points": found.points}
        if found.widening > 1.05:
            times = {"times": _ratio(found.widening, decimals=1)}
            yield (
                _("The bands are %(times)s times as wide as the method says: past forecasts missed by more.")
                % times
            )
        closed_gap = len(self.series.ordinals) - 1 - found.last
        if closed_gap > 0:
            yield _("The forecast begins after %(period)s, the last value there is.") % {
                "period": self._label(found.last)
            }

    @property
    def _naive(self) -> object:
        return next(iter(self.found.trials))

    @property
    def _frequency(self) -> Frequency:
        return self.series.version.frequency

    @property
    def _is_chance(self) -> bool:
        return int(self.trend.direction[0]) == trend.Direction.NO_EVIDENCE

    def _inside(self, number: float) -> float:
        """Nothing is drawn where no value can be."""
        low, high = self.series.version.natural_min, self.series.version.natural_max
        return max(number, low) if low is not None and number < low else _at_most(number, high)

    def _period(self, place: int) -> Period:
        return Period(self._frequency, self.series.ordinals.start + place)

    def _label(self, place: int) -> str:
        return self.table.calendar.label(self._period(place))

    def _short(self, place: int) -> str:
        page = GrainPeriod(Grain(self._frequency.value), self.series.ordinals.start + place)
        return short_label(self.table.calendar, page)

    def _year(self, place: int) -> str:
        return self.table.calendar.label(self.table.calendar.containing(self._period(place), Frequency.YEAR))


def _at_most(number: float, high: float | None) -> float:
    return number if high is None else min(number, high)


def _ratio(number: float, *, decimals: int = 2) -> str:
    return display_number(number, decimals=decimals).text if isfinite(number) else ABSENT
