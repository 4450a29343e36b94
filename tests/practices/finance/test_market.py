"""The market behind a variance: chosen once, then told by the ledger for every unit and period."""

import csv
import io

import pytest
from django.db import DatabaseError, connection, transaction

from fourfold.governance.signals.actions.deciding import PeriodOutside
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.practices.finance.actions.choose_market import (
    MarketIncomplete,
    MarketMeasureUnfit,
    MarketWanted,
    choose_market,
)
from fourfold.practices.finance.models import MarketChoice, MarketKind
from fourfold.practices.finance.queries.looking import looked_at
from fourfold.practices.finance.queries.market import outside_of
from fourfold.practices.finance.queries.market_choices import choices_of
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place
from tests.practices.conftest import AT, MONTHS
from tests.practices.finance.test_variance_page import (
    FOLLOWING,
    HIGHER,
    SALES,
    WAVE,
    drop,
    nothing_moves,
    variance,
)

pytestmark = pytest.mark.django_db
ADDRESS = f"{SALES}market/"
SHRUNK = [(450, 94.5)] * len(MONTHS)
"""METHOD's market as it came: 900 loaves in two shops, 21 % of them ours."""

TOLD = {
    "kind": "measured", "size": "market-size", "share": "market-share", "margin": "10", "other": "",
    "period": "2024-01", "reason": "The guild counts every loaf.",
}  # fmt: skip


def wanted(**said):
    told = {**TOLD, "margin": 10.0, **said}
    return MarketWanted(kind=MarketKind(told.pop("kind")), **told)


def shrunk(found, *, market=SHRUNK, sales=FOLLOWING, targets=HIGHER, **more):
    found(sales=drop(sales, by=4000), on_time=WAVE, targets=targets, market=market, **more)


def outside(page):
    return {row.name: row.part for row in page.outside}


@pytest.mark.method("M4.5")
def test_market_size_and_share_are_those_of_the_method(found, ana, read, scope):
    shrunk(found)
    choose_market("sales", wanted=wanted(), scope=scope(), at=AT)

    assert outside(variance(scope())) == {
        "From outside": pytest.approx(-200),
        "Market share": pytest.approx(90),
    }
    shown = read(ana(), SALES)
    rows = {
        row.th.get_text(): row.select("td")[-1].get_text() for row in shown.select(".step-evidence tbody tr")
    }
    assert rows["From outside"].startswith("−200")
    assert rows["Market share"].startswith("+90")
    assert (
        "Market: Loaves sold in town; own share: Share of loaves; one piece sold adds 10 €."
        in shown.get_text()
    )


def test_parts_market_and_residual_sum_to_the_variance(found, scope):
    shrunk(found)
    choose_market("sales", wanted=wanted(other="duties"), scope=scope(), at=AT)
    page = variance(scope())

    assert outside(page)["From outside"] == pytest.approx(-230)  # two shops paid 15 of duties each
    whole = sum(row.part for row in (*page.parts, *page.outside)) + page.residual
    assert whole == pytest.approx(page.value - page.target, abs=1e-9)


def test_a_market_that_fell_takes_the_strategy_out_of_doubt(found, scope):
    shrunk(found, market=[(450, 90)] * len(MONTHS))
    choose_market("sales", wanted=wanted(margin=2000.0), scope=scope(), at=AT)
    page = variance(scope())

    assert page.steps[2].answer == "no"  # most of the shortfall came from outside
    assert page.verdict_code == "hypothesis_doubtful"


def test_every_earlier_period_is_cleared_of_its_own_market(found, scope):
    shrunk(found, market=[(500, 100)] * 27 + SHRUNK[27:])
    choose_market("sales", wanted=wanted(), scope=scope(), at=AT)
    with looked_at(AskedAgainst("sales", Place("bakery", "2026-09")), scope=scope(), at=AT) as looked:
        known = outside_of(looked, choices_of("sales", scope=scope()))
        ordinals = range(looked.shown.ordinal - 32, looked.shown.ordinal + 1)

    assert known.left_in(ordinals).tolist() == pytest.approx([0.0] * 27 + [-110.0] * 6)


def test_periods_without_a_market_are_left_out_and_counted(found, scope):
    shrunk(found, market=[None] * 3 + SHRUNK[3:])
    choose_market("sales", wanted=wanted(), scope=scope(), at=AT)

    assert (
        "3 earlier periods are left out: their market is not known." in variance(scope()).steps[-1].evidence
    )


def test_a_market_without_a_value_is_named_and_leaves_the_verdict_open(found, scope):
    shrunk(found, market=[*SHRUNK[:-1], None])
    choose_market("sales", wanted=wanted(), scope=scope(), at=AT)
    page = variance(scope())

    assert page.verdict_code == "market_unknown"
    assert "Loaves sold in town, Share of loaves" in page.steps[2].evidence


def test_a_unit_without_a_target_for_the_market_says_so(found, scope):
    shrunk(found, targets=HIGHER.replace("bakery", "old-town"))
    choose_market("sales", wanted=wanted(), scope=scope(), at=AT)

    assert (
        "Loaves sold in town has no value, or no target"
        in variance(scope(), unit="old-town").steps[2].evidence
    )


def test_a_share_that_drives_the_outcome_counts_as_the_market_share_alone(found, scope):
    shrunk(found, measures={"market-share": MARKET_SHARE_LINKED})
    choose_market("sales", wanted=wanted(), scope=scope(), at=AT)
    page = variance(scope())

    assert "Share of loaves" not in [row.name for row in page.parts]
    assert "Share of loaves tells of the market and is counted there." in page.skipped
    assert "Share of loaves" in [row.name for row in page.leads]  # it is one's own doing all the same


MARKET_SHARE_LINKED = """\
key: market-share
name: Share of loaves
objective: {key: serve-on-time, weight: 1}
kind: ratio
unit_of_measure: "%"
goal: maximise
frequency: month
role: lead
tier: management
owner: ana
steward: clara
operational_definition: Ours of every hundred loaves sold in town.
thresholds: {basis: distance, red: 5}
"""


def test_the_latest_choice_counts_from_its_first_period_on(found, scope):
    shrunk(found)
    nothing_moves(scope=scope())
    choose_market("sales", wanted=wanted(period="2026-09"), scope=scope(), at=AT)

    assert outside(variance(scope())) == {
        "From outside": pytest.approx(-200),
        "Market share": pytest.approx(90),
    }
    earlier = variance(scope(), period="2026-08")
    assert outside(earlier) == {}
    assert "Nothing from outside moves it, as was decided" in earlier.steps[2].evidence
    choose_market(
        "sales",
        wanted=MarketWanted(MarketKind.UNKNOWN, "2024-01", "The guild miscounted."),
        scope=scope(),
        at=AT,
    )
    assert variance(scope()).verdict_code == "market_unknown"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"share": ""}, MarketIncomplete),
        ({"margin": None}, MarketIncomplete),
        ({"margin": float("inf")}, MarketIncomplete),
        ({"size": "", "share": "", "margin": None}, MarketIncomplete),
        ({"size": "market-share"}, MarketMeasureUnfit),
        ({"share": "cost"}, MarketMeasureUnfit),
        ({"other": "sales"}, MarketMeasureUnfit),
        ({"period": "2026-Q3"}, PeriodOutside),
        ({"period": "last year"}, PeriodOutside),
    ],
)
def test_half_a_market_is_refused_by_name(found, scope, said, refusal):
    shrunk(found)

    with pytest.raises(refusal):
        choose_market("sales", wanted=wanted(**said), scope=scope(), at=AT)
    assert not MarketChoice.objects.visible_to(scope()).exists()


def test_somebody_of_one_shop_reads_the_choice_and_may_not_make_it(found, scope, viewer, read, client):
    shrunk(found, targets=HIGHER + "sales,old-town,,2024-01,60000,step,,,\n")
    choose_market("sales", wanted=wanted(), scope=scope(), at=AT)
    vera = viewer("old-town")

    with pytest.raises(NotPermitted):
        choose_market("sales", wanted=wanted(), scope=scope_of(vera), at=AT)
    shown = read(vera, "/variance/sales/old-town/2026-09/")
    assert "The guild counts every loaf." in shown.get_text()
    assert not shown.select('a[href$="/market/"]')
    assert client.get("/variance/sales/old-town/2026-09/market/").status_code == 403


def test_the_form_is_filled_with_what_stands_and_keeps_what_is_chosen(found, ana, client, read):
    shrunk(found)
    client.force_login(ana())
    answer = client.post(ADDRESS, TOLD)

    assert (answer.status_code, answer["Location"]) == (302, SALES)
    event = AuditEvent.objects.filter(action="market_chosen").latest("pk")
    assert event.object == "measure/sales"
    page = read(ana(), ADDRESS)
    chosen = {
        each["name"]: each.select_one("option[selected]")["value"] for each in page.select("main select")
    }
    assert chosen == {
        "kind": "measured", "size": "market-size", "share": "market-share", "other": "", "period": "2024-01"
    }  # fmt: skip
    assert page.select_one("input[name=margin]")["value"] == "10.0"
    file = client.get(f"{SALES}variance.csv").content.decode()
    assert [float(row["part"]) for row in csv.DictReader(io.StringIO(file)) if row["step"] == "outside"] == [
        pytest.approx(-200),
        pytest.approx(90),
    ]


@pytest.mark.parametrize("said", [{"margin": "ten"}, {"reason": ""}, {"size": "secret"}, {"share": ""}])
def test_what_cannot_be_kept_comes_back_with_what_stands_against_it(found, ana, client, said):
    shrunk(found)
    client.force_login(ana())
    answer = client.post(ADDRESS, {**TOLD, **said})

    assert answer.status_code == 422
    assert b"The guild counts every loaf." in answer.content or said == {"reason": ""}


def test_a_choice_stays_as_it_was_written(found, scope):
    shrunk(found)
    choose_market("sales", wanted=wanted(), scope=scope(), at=AT)

    for statement in ("UPDATE finance_marketchoice SET margin = 1", "DELETE FROM finance_marketchoice"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
