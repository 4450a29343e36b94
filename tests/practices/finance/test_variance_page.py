"""A variance on its page: the path with its evidence, the verdict in words, and reasons where there is none."""

import csv
import io
import random

import pytest

from fourfold.engine.variance import LeadState, Pattern, StepName, Verdict
from fourfold.practices.finance.actions.choose_market import MarketWanted, choose_market
from fourfold.practices.finance.models import MarketKind
from fourfold.practices.finance.pages import variance_sentences as said
from fourfold.practices.finance.pages.variance_reading import read_variance
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place
from tests.practices.conftest import AT, MONTHS, measure

pytestmark = pytest.mark.django_db
SALES = "/variance/sales/bakery/2026-09/"

WAVE = [900 + (place * 37) % 50 for place in range(33)]
FOLLOWING = [40000] * 2 + [40000 + 10 * (each - 900) for each in WAVE[:-2]]
"""What the shops sell follows what they keep on time, two months later."""

LOWER = "sales,bakery,,2024-01,60000,step,,,\npunctuality,bakery,,2024-01,80,step,,,\n"
HIGHER = "sales,bakery,,2024-01,120000,step,,,\npunctuality,bakery,,2024-01,80,step,,,\n"
MISSED = "sales,bakery,,2024-01,120000,step,,,\npunctuality,bakery,,2024-01,99,step,,,\n"


def variance(scope, key="sales", *, unit="bakery", period="2026-09"):
    return read_variance(AskedAgainst(key, Place(unit, period), Against.PLAN), scope=scope, at=AT)


def nothing_moves(key="sales", *, scope, since="2024-01"):
    """Somebody looked: nothing came from outside."""
    wanted = MarketWanted(
        MarketKind.NOTHING, since, "Prices are fixed by the year, and the town does not grow."
    )
    return choose_market(key, wanted=wanted, scope=scope, at=AT)


def drop(values, *, by, last=6):
    return [value - by * (place >= len(values) - last) for place, value in enumerate(values)]


@pytest.mark.method("M4.5")
@pytest.mark.parametrize(
    ("targets", "sales", "verdict"),
    [
        (MISSED, drop(FOLLOWING, by=4000), "operational"),
        (HIGHER, drop(FOLLOWING, by=4000), "strategic"),
        (LOWER, [*FOLLOWING[:-1], 60000], "as_intended"),
        (LOWER.replace(",80,", ",99,"), [*FOLLOWING[:-1], 60000], "luck_or_wrong_driver"),
    ],
)
def test_each_pattern_reaches_its_verdict_on_the_page(found, ana, read, scope, targets, sales, verdict):
    found(sales=sales, on_time=WAVE, targets=targets)
    nothing_moves(scope=scope())
    page = variance(scope())

    assert page.verdict_code == verdict
    assert page.opens_review is (verdict == "strategic")
    shown = read(ana(), SALES)
    assert shown.select_one("#verdict-title").get_text() == page.verdict
    assert bool(shown.select('a[href="/analyses/measure/sales/bakery/2026-09/"]')) is page.opens_review


def test_every_step_shows_its_evidence(found, ana, read):
    found(sales=drop(FOLLOWING, by=4000), on_time=WAVE, targets=MISSED)
    page = read(ana(), SALES)
    steps = page.select(".decision-path > li")

    assert len(steps) == 5
    assert "By policy a deviation of more than 2,400.0 € matters." in steps[0].get_text()
    assert "control chart calls the last value special" in steps[1].get_text()
    assert steps[2].select_one('a[href="/measures/punctuality/bakery/2026-09/"]')
    assert steps[2].select(".drawing")
    assert "Orders on time" in steps[3].get_text()
    assert steps[3].select(".status-mark")
    assert "is-passed-by" in steps[4]["class"]


def test_where_red_begins_nearer_than_the_policy_s_share_a_deviation_matters_from_there_on(found, scope):
    found(targets="kept,bakery,,2024-01,90,step,red,,\n".replace("red", "89"), orders=SHORT)
    page = variance(scope(), "kept")

    assert "A deviation of more than 1.00 pp matters: there red begins." in page.steps[0].evidence
    assert page.steps[0].answer == "yes"  # 88.8 %: within the policy's 1.8 pp, and red


SHORT = {"counter": (888, 1000), "phone": (88, 99), "web": (9, 10)}


def test_what_is_being_done_about_the_drivers_stands_beside_them(found, ana, read):
    found(targets="waste,bakery,,2024-01,5,step,,,\nlessons,bakery,,2024-01,500,step,,,\n")
    page = read(ana(), "/variance/waste/bakery/2026-09/")

    assert "Friday baking school" in page.select_one(".variance-initiatives").get_text()


def test_effects_from_histories_of_more_than_a_year_ago_are_warned_of(found, ana, read, scope):
    kept = {
        month: {"counter": (900 - place * 7 % 11, 1000)} if place < 18 else {}
        for place, month in enumerate(MONTHS)
    }
    found(
        sales=drop(FOLLOWING, by=4000), on_time=WAVE, targets=MISSED, months=kept,
        policies="{leadlag.min_n.refuse: 10}",
    )  # fmt: skip

    assert "end 4 quarters before" in said.old_elasticities(4)
    warned = read(ana(), SALES).select_one(".step-evidence .notice-caution").get_text()
    assert warned.startswith("The drivers' effects are estimated from histories that end")
    assert not variance(scope(), period="2026-05").warning


def test_within_its_limits_there_is_no_story(found, scope):
    found(sales=FOLLOWING, on_time=WAVE, targets=HIGHER)

    assert variance(scope()).verdict_code == "common_cause"


@pytest.mark.parametrize(
    ("low", "words"),
    [
        ((27, 28, 29, 30, 31, 32), "stood for 6 months in a row"),
        ((29, 32), "stood for 1 month."),  # June and September; July and August between were green
    ],
)
def test_a_doubtful_pattern_is_named_by_its_unbroken_length(found, scope, low, words):
    sales = [30000 if place in low else 70000 for place in range(33)]
    found(sales=sales, on_time=WAVE, targets=HIGHER)

    assert words in variance(scope()).steps[-1].evidence


@pytest.mark.parametrize("is_chosen", [True, False])
def test_where_every_effect_may_be_none_the_split_says_so_as_the_driver_tree_does(found, scope, is_chosen):
    found(sales=random.Random(8).sample(range(40000, 40500), 33), on_time=WAVE, targets=MISSED)
    if is_chosen:
        nothing_moves(scope=scope())
    page = variance(scope())

    assert page.parts
    assert all(row.low < 0.0 < row.high for row in page.parts)
    assert (
        "Every interval holds zero: none of these effects can be told from chance." in page.steps[2].evidence
    )


def test_an_effect_that_can_be_told_from_none_is_not_doubted(found, scope):
    found(sales=FOLLOWING, on_time=WAVE, targets=MISSED)
    page = variance(scope())

    assert any(row.low * row.high > 0.0 for row in page.parts)
    assert "Every interval holds zero" not in page.steps[2].evidence


def test_a_deviation_that_has_stood_for_the_whole_history_is_called_no_news(found, scope):
    found(sales=FOLLOWING, on_time=WAVE, targets=HIGHER)

    told = variance(scope()).steps[-1].evidence

    assert "more than ten times the border, and beyond it since January 2024, in 33 of 33 periods" in told
    assert "has stood for the whole history and is no news" in told


@pytest.mark.parametrize(
    ("first", "words"),
    [(15, "beyond it since April 2025, in 18 of 33 periods: this deviation is no news"), (24, "")],
)
def test_a_deviation_that_began_later_says_since_when_and_a_fresh_one_is_news(found, scope, first, words):
    sales = [80000 if place < first else 40000 for place in range(33)]
    found(sales=[each + (place * 37) % 50 for place, each in enumerate(sales)], on_time=WAVE, targets=HIGHER)

    told = variance(scope()).steps[-1].evidence

    assert words in told
    assert bool(words) is ("no news" in told)
    assert "whole history" not in told


def test_without_the_market_no_strategy_is_called_wrong(found, ana, read, scope):
    found(sales=drop(FOLLOWING, by=4000), on_time=WAVE, targets=HIGHER)
    page = variance(scope())

    assert page.verdict_code == "market_unknown"
    assert not page.opens_review
    assert "nobody has chosen yet which measures tell it" in page.steps[2].evidence
    assert page.steps[2].answer == "cannot be told"
    shown = read(ana(), SALES)
    assert shown.select_one(f'.market a[href="{SALES}market/"]')
    assert not shown.select('a[href="/analyses/measure/sales/bakery/2026-09/"]')


def test_parts_and_residual_sum_to_the_variance(found, scope):
    found(sales=drop(FOLLOWING, by=4000), on_time=WAVE, targets=MISSED)
    page = variance(scope())

    assert page.parts
    whole = sum(row.part for row in (*page.parts, *page.outside)) + page.residual
    assert whole == pytest.approx(page.value - page.target, abs=1e-9)


def test_without_drivers_nothing_can_be_told_apart(found, scope):
    found(targets="lessons,bakery,,2026-09,500,step,,,\n")
    page = variance(scope(), "lessons")

    assert page.verdict_code in ("cannot_distinguish", "common_cause")
    assert not page.opens_review


@pytest.mark.parametrize(
    ("key", "period", "words"),
    [
        ("cost", "2026-09", "value or target is missing"),
        ("sales", "2026", "the length in which the measure is taken"),
        ("guests", "2026-09", "value or target is missing"),
    ],
)
def test_what_has_no_variance_says_why(found, client, ana, scope, key, period, words):
    found(targets=LOWER)

    assert words in variance(scope(), key, period=period).reason
    client.force_login(ana())
    assert client.get(f"/variance/{key}/bakery/{period}/").status_code == 200
    assert client.get(f"/variance/{key}/bakery/{period}/waterfall.svg").status_code == 409


@pytest.mark.parametrize("goal", ["boolean", "ordinal", "milestone"])
def test_a_staged_outcome_is_refused_with_its_reason(found, client, ana, scope, goal):
    targets = "certificate,bakery,,2026-01,1,step,,,\n"
    certificate = measure("certificate", "Certificate held", kind="min", unit_of_measure="1", goal=goal)
    certificate += "rubric: [[0, 0], [1, 100]]\n" * (goal == "ordinal")
    found(targets=targets, measures={"certificate": certificate})

    page = variance(scope(), "certificate")

    assert "no size of deviation" in page.reason
    assert not page.steps
    client.force_login(ana())
    assert client.get("/variance/certificate/bakery/2026-09/").status_code == 200
    assert client.get("/variance/certificate/bakery/2026-09/waterfall.svg").status_code == 409


def test_somebody_of_one_shop_sees_that_shop_alone(found, viewer, client):
    found(targets=LOWER)
    client.force_login(viewer("old-town"))

    assert client.get(SALES).status_code == 403
    assert client.get("/variance/sales/old-town/2026-09/").status_code == 200


def test_the_path_and_the_picture_leave(found, ana, client):
    found(sales=drop(FOLLOWING, by=4000), on_time=WAVE, targets=MISSED)
    client.force_login(ana())
    rows = list(csv.DictReader(io.StringIO(client.get(f"{SALES}variance.csv").content.decode())))

    assert [row["step"] for row in rows][:5] == ["material", "signal", "split", "pattern", "persistence"]
    assert client.get(f"{SALES}variance.svg").content.startswith(b"<svg")


def test_every_verdict_step_and_state_has_its_words():
    texts = [
        *(said.verdict_sentence(each) for each in Verdict),
        *(said.advice(each) for each in Verdict),
        *(said.question(each) for each in StepName),
        *(said.state_word(each) for each in LeadState),
        *(said.pattern_sentence(each, missed=["x"]) for each in Pattern),
    ]

    assert all(texts)
    assert len(set(texts)) == len(texts)


def test_a_strategic_verdict_is_honest_about_reviews_and_gives_its_path_to_carry(
    found, ana, read, client, scope
):
    found(sales=drop(FOLLOWING, by=4000), on_time=WAVE, targets=HIGHER)
    nothing_moves(scope=scope())
    page, shown = variance(scope()), read(ana(), SALES)
    card = shown.select_one(".verdict-card")
    files = {each["href"]: client.get(each["href"]) for each in card.select("a[download]")}

    assert "Reviews are not held in this product yet" in card.get_text()
    assert set(files) == {f"{SALES}decision-path.txt", f"{SALES}variance.csv"}
    text = files[f"{SALES}decision-path.txt"].content.decode()
    assert card.select_one("pre").get_text().strip() == text.strip()
    assert f"Verdict: {page.verdict}. {page.advice}" in text
    assert all(step.question in text and step.evidence in text for step in page.steps)
    assert all(f"{row.name}: {row.state}" in text for row in page.leads)
    assert all(str(row.text) in text for row in page.parts)


def test_another_verdict_has_its_path_too_and_speaks_of_no_review(found, ana, read, client):
    found(sales=drop(FOLLOWING, by=4000), on_time=WAVE, targets=MISSED)
    card = read(ana(), SALES).select_one(".verdict-card")

    assert "review" not in card.get_text()
    assert not card.select("pre")
    text = client.get(f"{SALES}decision-path.txt?as_of={AT:%Y-%m-%d}").content.decode()
    assert f"as known on {AT:%Y-%m-%d}" in text
    assert client.get("/variance/sales/bakery/2024-01/decision-path.txt").status_code == 200


def test_an_effect_estimated_the_other_way_than_the_map_says_is_remarked(found, scope):
    """The map says that orders on time bring sales; here sales fall two months after orders came in time."""
    falling = [40000] * 2 + [40000 - 10 * (each - 900) for each in WAVE[:-2]]
    found(sales=falling, on_time=WAVE, targets=MISSED)
    against = {row.measure: row.remark for row in variance(scope()).parts}

    assert against["punctuality"] == "against the map's link"
    found_as_said = {row.remark for row in variance(scope()).parts if row.measure != "punctuality"}
    assert "against the map's link" not in found_as_said
