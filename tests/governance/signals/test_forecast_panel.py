"""Where a measure is heading: what counts, what is hoped for, how likely it is, in sentences made of the numbers."""

import numpy as np
import pytest
from scipy import stats

from fourfold.engine.calendar import Frequency
from fourfold.engine.forecast import Method, Outlook
from fourfold.engine.quantities import Polarity
from fourfold.governance.signals.actions.mark_special_cause import SpecialCause, mark_special_cause
from fourfold.governance.signals.actions.rebase_limits import Rebase, rebase_limits
from fourfold.governance.signals.pages import forecast_wording as wording
from fourfold.governance.signals.pages.forecast_panel import NoForecast, read_fan, read_forecast
from fourfold.governance.signals.pages.forecast_view import chance_text
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.numbers import ValueFormat
from tests.engine.trend.leaning_series import LEANING
from tests.governance.signals.conftest import AT, MONTHS, SHOP, noise

pytestmark = pytest.mark.django_db

TWELVE = [82, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89]
PER_CENT = ValueFormat(1, "%")


def heading(measure, unit="old-town", period="2026-09", as_of=""):
    """What the page says of a measure's future."""
    return read_forecast(ChartPlace(measure, unit, period, as_of), scope=INSTALLATION, at=AT)


def lately(values):
    """Only the last months have values."""
    return [None] * (len(MONTHS) - len(values)) + list(values)


def line_ahead(values, steps):
    """The textbook's prediction of a straight line: its middle, spread and degrees of freedom."""
    months = np.arange(len(values))
    slope, height, *_ = stats.linregress(months, values)
    left = np.asarray(values) - height - slope * months
    at = len(values) - 1 + steps
    around = ((months - months.mean()) ** 2).sum()
    s = np.sqrt((left**2).sum() / (len(values) - 2))
    spread = s * np.sqrt(1 + 1 / len(values) + (at - months.mean()) ** 2 / around)
    return height + slope * at, spread, len(values) - 2


def test_the_page_says_method_s_sentence_of_its_own_numbers():
    """METHOD §2.8: .723, (95 − 89) ÷ 12 = .50, slope .63."""
    prospect = wording.target_sentence(
        Polarity.MAXIMISE,
        is_met=False,
        outlook=wording.outlook_word(Outlook.LIKELY),
        chance=chance_text(0.723),
        lower=str(PER_CENT.shown(95.0)),
        upper="",
        period="March 2027",
    )
    needed, given = wording.change_texts(PER_CENT, 0.5, 0.625)
    pace = wording.pace_sentence(
        wording.Pace(needed, given, wording.each_period(Frequency.MONTH), is_met=False), is_chance=False
    )

    assert prospect == "At this pace likely (72 %) to reach 95.0 % by March 2027."
    assert pace == "+0.50 pp a month is needed, the trend gives +0.62 pp."


def test_twelve_rising_months_are_told_with_the_chance_of_the_line(found):
    higher = [each + 4 for each in TWELVE]
    found(on_time=lately([10 * each for each in higher]), orders=lately([1000] * 12))
    shown = heading("punctuality")
    middle, spread, degrees = line_ahead(higher, 3)
    chance = 1 - stats.t.cdf((95.0 - middle) / spread, degrees)

    (prospect,) = shown.prospects
    assert prospect.chance == pytest.approx(chance, abs=1e-9)
    assert prospect.outlook is Outlook.UNCERTAIN
    assert (
        prospect.sentence
        == f"At this pace uncertain ({100 * chance:.0f} %) to reach 95.0 % by December 2026."
    )
    assert prospect.pace == "+0.67 pp a month is needed, the trend gives +0.62 pp."
    low, high = middle + spread * stats.t.ppf([0.1, 0.9], degrees)
    assert shown.expected == (
        f"Expected in December 2026: {middle:.1f} %; four times in five between {low:.1f} % and {high:.1f} %."
    )
    assert shown.trend == "The trend is +0.62 pp a month (95 %: +0.50 pp to +0.80 pp; p below 0.001)."
    assert shown.method == (
        "“Straight line” is shown: from 7 past starting points its errors were 0.41 of those of the naive forecast."
    )


def test_three_years_that_lean_on_one_another_have_no_interval_and_say_so(found):
    found(on_time=lately([round(10 * each) for each in LEANING]), orders=lately([1000] * 36))

    shown = heading("punctuality").trend
    assert shown.startswith(
        "The trend of +0.21 pp a month may be chance (no 95 % interval from so few years; p = 0.139)."
    )


def test_every_method_is_listed_with_its_error(found):
    found(on_time=lately([10 * each for each in TWELVE]), orders=lately([1000] * 12))
    trials = {line.name: line for line in heading("punctuality").trials}

    assert list(trials) == ["As last time", "Straight line", "Robust line (Theil–Sen)", "Damped trend"]
    assert [line.name for line in trials.values() if line.is_shown] == ["Straight line"]
    assert trials["Straight line"].mase == min(line.mase for line in trials.values())
    assert trials["As last time"].verdict == "the naive forecast"


def test_where_less_is_better_the_chance_is_to_stay_below(found):
    unsold = [round(500 - 8 * place + 3 * noise(place)) for place in range(24)]
    found(unsold_kg=lately(unsold), baked_kg=lately([5000] * 24))
    (prospect,) = heading("waste").prospects

    assert prospect.outlook is Outlook.LIKELY
    assert prospect.sentence == "At this pace likely (over 99 %) to be at 8.0 % or below in December 2026."
    assert prospect.pace.startswith("No change is needed; the trend gives −0.1")


def test_a_flow_is_judged_by_its_year_s_total(bakery):
    shown = heading("sales")
    (prospect,) = shown.prospects
    came = sum(SHOP["sales"][36:])
    target = sum(
        period.target for period in shown.fan.points if period.label.endswith("2026") and period.target
    )

    assert prospect.sentence.startswith(
        f"At this pace unlikely (under 1 %) to reach {target:,.0f} € in all of 2026."
    )
    needed, brought = (target - came) / 3, sum(SHOP["sales"][-3:]) / 3
    assert prospect.pace == (
        f"{needed:,.0f} € a month is still needed, the last three periods brought {brought:,.0f} € each."
    )
    expected = came + sum(period.median for period in shown.periods[:3])
    assert shown.expected.startswith(
        f"Expected in all of 2026: {expected:,.0f} €; four times in five between "
    )


def test_a_month_missing_in_the_year_leaves_its_total_unsaid(found):
    sales = list(SHOP["sales"])
    sales[-5] = None
    found(sales=sales)

    (prospect,) = heading("sales").prospects

    assert "by December 2026" in prospect.sentence


def test_the_fan_shows_the_past_the_median_and_three_bands(bakery):
    _, fan = read_fan(ChartPlace("punctuality", "old-town", "2026-09"), scope=INSTALLATION, at=AT)
    ahead = fan.points[fan.last + 1 :]

    assert fan.points[fan.last].label == "September 2026"
    assert len(fan.points) - len(ahead) == 36
    assert [point.label for point in ahead][:3] == ["October 2026", "November 2026", "December 2026"]
    for point in ahead:
        fifty, eighty, most = (point.band(share) for share in (50, 80, 95))
        assert most.low < eighty.low < fifty.low < point.median < fifty.high < eighty.high < most.high


def test_nothing_is_drawn_where_no_value_can_be(found):
    found(on_time=[round(985 + 6 * noise(place)) for place in range(45)])
    shown = heading("punctuality")

    assert max(period.band(95).high for period in shown.periods) == 100.0
    assert shown.prospects[0].outlook is Outlook.LIKELY


def test_only_what_came_since_a_rebase_counts(found, scope):
    found(on_time=[round(850 + 60 * (place >= 30) + 4 * noise(place)) for place in range(45)])
    before = heading("punctuality")
    rebase_limits(
        "punctuality", "old-town", rebase=Rebase("2025-07", "The second oven."), scope=scope("bruno"), at=AT
    )
    after = heading("punctuality")

    assert "Only what came since July 2025 counts: definition or process changed then." in after.remarks
    assert after.periods[0].median == pytest.approx(91, abs=0.7)
    assert after.periods[0].band(80).high - after.periods[0].band(80).low < (
        before.periods[0].band(80).high - before.periods[0].band(80).low
    )


def test_what_a_decision_marks_as_special_cause_is_left_out(found, scope):
    values = [round(900 + 4 * noise(place)) for place in range(45)]
    values[-1] = 600
    found(on_time=values)
    mark_special_cause(
        "punctuality",
        "old-town",
        cause=SpecialCause("2026-09", "2026-09", "The oven broke."),
        scope=scope("bruno"),
        at=AT,
    )
    after = heading("punctuality")

    assert "1 value marked as special cause is left out." in after.remarks
    assert "The forecast begins after August 2026, the last value there is." in after.remarks
    assert after.periods[0].label == "September 2026"
    assert after.periods[0].median == pytest.approx(90, abs=0.7)


@pytest.mark.parametrize(
    ("columns", "measure", "reason"),
    [
        (
            {"on_time": lately([900] * 7), "orders": lately([1000 + place for place in range(7)])},
            "punctuality",
            "7 values stand after the last change of definition or process; a forecast needs 8.",
        ),
        (
            {"on_time": [900] * 45, "orders": [1000] * 45},
            "punctuality",
            "The values do not vary: a forecast without a spread",
        ),
        (
            {"sales": [1000 * (place % 12 + 1) + 7 * place for place in range(45)]},
            "sales",
            "These values run like a total to date, which begins anew every year.",
        ),
        (
            {"rating": [None] * 45, "ratings": [None] * 45},
            "satisfaction",
            "There is no value of a closed period yet.",
        ),
    ],
)
def test_where_nothing_can_be_forecast_the_reason_is_shown(found, columns, measure, reason):
    found(**columns)
    shown = heading(measure)

    assert shown.reason.startswith(reason)
    assert (shown.fan, shown.prospects, shown.periods, shown.trials) == (None, (), (), ())
    with pytest.raises(NoForecast):
        read_fan(ChartPlace(measure, "old-town", "2026-09"), scope=INSTALLATION, at=AT)


def test_a_stock_that_only_rises_is_forecast_and_taken_for_no_total_to_date(found):
    headcount = [1000 * (place % 12 + 1) + round(7 * place + 60 * noise(place)) for place in range(45)]
    found(sales=headcount, rewrite=("sales", {"kind: flow": "kind: stock"}))

    assert heading("sales").reason == ""


def test_policy_decides_what_is_likely(found):
    found(
        policies="{forecast.likely: 0.25, forecast.unlikely: 0.1}",
        on_time=lately([10 * each + 40 for each in TWELVE]),
        orders=lately([1000] * 12),
    )

    assert heading("punctuality").prospects[0].word == "likely"


def test_a_page_of_the_past_knows_no_more_than_its_period(found):
    found(on_time=[round(800 + 2 * place + 4 * noise(place)) for place in range(45)])
    then, shorter = heading("punctuality", period="2025-09"), heading("punctuality", period="2025-03")

    assert then.periods[0].label == "October 2025"
    assert then.prospects[0].sentence.endswith("by December 2025.")
    assert shorter.periods[0].label == "April 2025"
    assert shorter.periods[0].median < then.periods[0].median


def test_a_second_look_costs_the_decisions_and_the_ledger_s_head(bakery, django_assert_num_queries):
    heading("sales")

    with django_assert_num_queries(2):
        heading("sales")


@pytest.mark.parametrize("share", [0.0, 0.004, 0.5, 0.994, 0.999])
def test_no_chance_is_told_as_certain(share):
    assert chance_text(share) in {"under 1 %", "50 %", "99 %", "over 99 %"}


@pytest.mark.parametrize(
    ("polarity", "is_met", "words"),
    [
        (Polarity.MAXIMISE, False, "to reach 4 by May."),
        (Polarity.MAXIMISE, True, "to be at 4 or above in May."),
        (Polarity.MINIMISE, False, "to come down to 5 by May."),
        (Polarity.MINIMISE, True, "to be at 5 or below in May."),
        (Polarity.BAND, False, "to lie from 4 to 5 in May."),
        (Polarity.EXACT, True, "to lie from 4 to 5 in May."),
    ],
)
def test_each_kind_of_target_has_its_words(polarity, is_met, words):
    said = wording.target_sentence(
        polarity, is_met=is_met, outlook="likely", chance="72 %", lower="4", upper="5", period="May"
    )

    assert said == f"At this pace likely (72 %) {words}"


@pytest.mark.parametrize(
    ("is_met", "is_chance", "words"),
    [
        (False, False, "+2 h a week is needed, the trend gives +1 h."),
        (False, True, "+2 h a week is needed; the trend of +1 h may be chance."),
        (True, False, "No change is needed; the trend gives +1 h a week."),
        (True, True, "No change is needed; the trend of +1 h a week may be chance."),
    ],
)
def test_the_pace_is_told_beside_the_trend(is_met, is_chance, words):
    assert wording.pace_sentence(wording.Pace("+2 h", "+1 h", "a week", is_met), is_chance=is_chance) == words


@pytest.mark.parametrize(
    ("polarity", "is_met", "words"),
    [
        (Polarity.MAXIMISE, False, "9 a month is still needed, the last three periods brought 8 each."),
        (Polarity.MAXIMISE, True, "It is reached already."),
        (Polarity.MINIMISE, False, "9 a month is left for it, the last three periods took 8 each."),
        (Polarity.MINIMISE, True, "Nothing is left of it; the last three periods took 8 each."),
    ],
)
def test_what_a_total_still_needs_is_told_by_its_way(polarity, is_met, words):
    assert wording.remaining_sentence(wording.Pace("9", "8", "a month", is_met), polarity=polarity) == words


def test_the_naive_forecast_says_why_it_is_shown():
    name = wording.method_name(Method.NAIVE, cycle=12)
    said = [
        wording.method_sentence(name, mase="1.10", origins=9, is_naive=True, is_for_want=want)
        for want in (True, False)
    ]

    assert said == [
        "“As last year” is shown, because no method forecast the past better than that.",
        "“As last year” is shown: no other method forecast the past better.",
    ]
