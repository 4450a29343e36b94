"""A driver tree on its page: sentences made of its numbers, ways further, and reasons where there is none."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.practices.finance.pages.driver_reading import read_drivers
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place
from tests.practices.conftest import AT, MONTHS, measure

pytestmark = pytest.mark.django_db
MARGIN = "/drivers/margin/bakery/2026-09/"


def tree(scope, key, *, unit="bakery", period="2026-09", against=Against.BEFORE, leaf=""):
    return read_drivers(AskedAgainst(key, Place(unit, period), against), leaf=leaf, scope=scope, at=AT)


def texts(page, selector):
    return [" ".join(each.get_text(" ").split()) for each in page.select(selector)]


@pytest.mark.method("M4.1")
def test_the_parts_of_a_margin_are_those_worked_out_by_hand(found, scope):
    found()
    page = tree(scope(), "margin")

    # 25 % of 40,000 became 20 % of 45,000. Sales alone: the mean of its effects before and after cost moved.
    sales = ((1 - 30 / 45) - (1 - 30 / 40) + (1 - 36 / 45) - (1 - 36 / 40)) / 2
    assert (page.before, page.after) == (25.0, 20.0)
    assert {row.measure: round(row.part, 9) for row in page.rows} == {
        "cost": round(-5 - 100 * sales, 9),
        "sales": round(100 * sales, 9),
    }
    assert [row.measure for row in page.rows] == ["cost", "sales"]
    assert [row.verdict.value for row in page.rows] == ["worse", "better"]


def test_the_sentences_say_the_numbers(found, ana, read):
    found()
    page = read(ana(), MARGIN)

    assert texts(page, ".drivers-sentence")[:2] == [
        "Margin fell by 5.0 pp, from 25.0 % (August 2026) to 20.0 % (September 2026).",
        "Cost of the shops made the largest part, −14.17 pp; Shop sales worked against it with +9.17 pp.",
    ]
    assert "Shapley" in texts(page, ".drivers-method")[0]
    assert page.select_one("h1").get_text() == "What drives Margin"


def test_a_product_is_taken_apart_by_logarithms(found, scope):
    found()
    page = tree(scope(), "takings")

    assert "LMDI" in page.method
    assert sum(row.part for row in page.rows) == pytest.approx(page.after - page.before, abs=1e-9)


def test_a_formula_of_formulas_is_opened_down_to_what_was_observed(found, ana, read, scope):
    found()
    page = tree(scope(), "yield")

    assert {row.measure for row in page.rows} == {"sales", "cost"}
    assert [(node.name, node.depth, node.is_computed) for node in page.nodes] == [
        ("Yield", 0, True),
        ("Profit", 1, True),
        ("Shop sales", 2, False),
        ("Cost of the shops", 2, False),
        ("Shop sales", 1, False),
    ]
    shown = read(ana(), "/drivers/yield/bakery/2026-09/")
    assert shown.select_one('.driver-tree a[href^="/drivers/profit/bakery/2026-09/"]')


def test_the_plan_is_made_of_the_targets_of_its_drivers(found, scope):
    found(
        targets="sales,bakery,,2026-09,84000,step,,,\ncost,bakery,,2026-09,63000,step,,,\n"
        "margin,bakery,,2026-09,24,step,,,\n"
    )
    page = tree(scope(), "margin", against=Against.PLAN)

    assert page.before == 25.0
    assert page.sentences[0] == "Margin lies 5.0 pp below its plan: 20.0 % against 25.0 % (September 2026)."
    assert (
        page.sentences[-1]
        == "By the targets of its drivers the plan is 25.0 %; the target of Margin itself is 24.0 %."
    )


def test_without_targets_there_is_no_plan_and_the_page_says_whose_is_missing(found, ana, read):
    found()
    page = read(ana(), MARGIN, against="plan")

    assert "Cost of the shops" in page.select_one(".empty").get_text()
    assert not page.select("table.rows")
    assert not page.select(".drawing")


def test_the_first_period_has_nothing_before_it(found, scope):
    found()

    assert "There is no driver tree here" in tree(scope(), "margin", period=MONTHS[0]).reason


def test_an_observed_measure_has_no_formula_to_take_apart(found, scope):
    found()
    page = tree(scope(), "waste")

    assert not page.has_tree
    assert page.reason == "Unsold bread is observed, not computed: it has no formula to take apart."


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("ratio(profit, capital)", "not above zero"),
        ("sales / stock - sales / avg(stock, lag(stock, 12))", "averaged and as of the end"),
    ],
)
def test_a_return_that_means_nothing_is_refused_in_words(found, scope, formula, sentence):
    returned = measure("return", "Return", kind="ratio", unit_of_measure="", more=f"formula: {formula}\n")
    made = {
        "capital": measure("capital", "Capital", kind="stock", more="formula: cost - cost - 1\n"),
        "stock": measure("stock", "Stock", kind="stock", more="formula: cost\n"),
        "return": returned.replace('unit_of_measure: ""', 'unit_of_measure: "1"'),
    }
    found(measures=made)

    assert sentence in tree(scope(), "return").reason


def test_a_leaf_is_opened_unit_by_unit_and_its_shares_add_up(found, scope):
    found()
    page = tree(scope(), "margin", leaf="cost")

    assert page.current.measure == "cost"
    assert [(row.key, str(row.change), row.share) for row in page.units] == [
        ("old-town", "+6,000.0 €", "50 %"),
        ("riverside", "+6,000.0 €", "50 %"),
    ]


@pytest.mark.method("M4.1")
def test_a_leaf_is_opened_by_segment_and_its_changes_add_up(found, ana, read, client):
    found(orders={"counter": (900, 1200), "phone": (85, 90), "web": (7, 10)})
    page = read(ana(), "/drivers/basket/bakery/2026-09/", leaf="ordered")

    rows = [[" ".join(cell.get_text(" ").split()) for cell in row] for row in opened(page)]
    assert rows == [
        ["Counter", "2,000.0", "2,400.0", "+400.0 orders", "105 %"],
        ["Phone", "200.0", "180.0", "−20.0 orders", "−5 %"],
        ["Web shop", "20.0", "20.0", "0.0 orders", "0 %"],
    ]
    assert page.select_one('a[href^="/segments/ordered/bakery/2026-09/"]').get_text() == "Segment by segment"
    file = client.get("/drivers/basket/bakery/2026-09/drivers.csv", {"leaf": "ordered"}).content.decode()
    kinds = [(row["kind"], row["driver"]) for row in csv.DictReader(io.StringIO(file))]
    assert [name for kind, name in kinds if kind == "segment"] == ["Counter", "Phone", "Web shop"]
    assert ("unit", "Old Town shop") in kinds


def opened(page):
    """Cell by cell."""
    return [row.select("th, td") for row in page.select(".opened-segments tbody tr")]


def test_what_is_linked_is_estimated_and_called_so(found, ana, read):
    wave = [900 + (place * 37) % 50 for place in range(33)]
    sales = [40000] * 2 + [40000 + 10 * (each - 900) for each in wave[:-2]]
    found(sales=sales, on_time=wave)
    page = read(ana(), "/drivers/margin/bakery/2026-09/", leaf="sales")

    card = page.select_one(".drivers-estimated")
    assert "estimated" in card.select_one(".tag").get_text()
    (row, rest) = card.select("tbody tr")
    assert row.select_one("a")["href"] == "/measures/punctuality/bakery/2026-09/"
    assert rest.get_text().strip().startswith("Unexplained")
    # Two shops at 10 EUR an order on time, of 1,000 orders each: a point is 20 orders, so 200 EUR.
    assert "200 € per pp" in " ".join(row.get_text(" ").split())
    assert sorted(texts(card, ".chart-notes li")) == [
        "Guest rating has no values in this unit.",
        "Orders kept always changes alike: nothing can be learnt from it.",
    ]


def test_a_history_too_short_to_estimate_says_so(found, scope):
    found(on_time=[900 + (place * 37) % 50 for place in range(33)])
    page = tree(scope(), "margin", period="2024-09", leaf="sales")

    assert page.estimated.rows == ()
    assert page.estimated.reason == "Nothing is estimated: the histories share too few periods without gaps."


def test_where_every_linked_measure_stands_still_nothing_is_learnt(found, scope):
    found()
    card = tree(scope(), "margin", leaf="sales").estimated

    assert card.reason == "Nothing is estimated: none of the linked measures can take part."
    assert "Orders on time always changes alike: nothing can be learnt from it." in card.skipped


def test_somebody_of_one_shop_sees_that_shop_alone(found, viewer, client, read):
    found()
    vera = viewer("old-town")
    client.force_login(vera)

    assert client.get(MARGIN).status_code == 403
    assert client.get("/drivers/margin/riverside/2026-09/").status_code == 403
    assert client.get("/drivers/nothing/old-town/2026-09/").status_code == 404
    assert client.get("/drivers/margin/old-town/1066-09/").status_code == 404
    page = read(vera, "/drivers/margin/old-town/2026-09/")
    assert "25.0 %" in page.select_one(".drivers-sentence").get_text()
    assert "riverside" not in str(page).lower()


def test_more_units_cost_no_more_queries(found, ana, client):
    found()
    client.force_login(ana())
    client.get(MARGIN)
    counts = []
    for unit in ("bakery", "old-town"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/drivers/margin/{unit}/2026-09/")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_table_leaves_with_every_digit(found, ana, client):
    found()
    client.force_login(ana())
    rows = list(csv.DictReader(io.StringIO(client.get(f"{MARGIN}drivers.csv").content.decode())))

    exact = [row for row in rows if row["kind"] == "exact"]
    assert sum(float(row["part"]) for row in exact) == pytest.approx(-5.0, abs=1e-9)
    assert [row["measure"] for row in exact] == ["cost", "sales"]


def test_the_waterfall_is_a_picture_to_take_away_and_none_is_drawn_of_nothing(found, ana, client):
    found()
    client.force_login(ana())

    assert client.get(f"{MARGIN}drivers.svg").content.startswith(b"<svg")
    assert client.get(f"{MARGIN}drivers.png").content.startswith(b"\x89PNG")
    assert b"Cost of the shops" in client.get(f"{MARGIN}waterfall.svg").content
    assert client.get("/drivers/waste/bakery/2026-09/waterfall.svg").status_code == 409


def test_the_measure_s_page_leads_to_its_driver_tree(found, ana, read):
    found()

    for key, is_offered in (("margin", True), ("sales", True), ("lessons", False)):
        page = read(ana(), f"/measures/{key}/bakery/2026-09/")
        assert bool(page.select(f'a[href="/drivers/{key}/bakery/2026-09/"]')) is is_offered, key


def test_a_hostile_name_stays_a_word(found, ana, client):
    found(measures={"cost": measure("cost", "'<img src=x onerror=alert(1)>'", goal="minimise")})
    client.force_login(ana())
    page = client.get(MARGIN).content.decode()

    assert "<img src=x" not in page
    assert b"<img" not in client.get(f"{MARGIN}waterfall.svg").content
    assert BeautifulSoup(page, "lxml").select_one("table.rows th[scope=row]")


@pytest.mark.parametrize(("sales", "is_said"), [(46000.1, True), (45000, False)])
def test_where_parts_nearly_cancel_it_is_said_why_there_are_no_shares(found, ana, read, sales, is_said):
    found(sales=[40000] * 32 + [sales])
    page = read(ana(), "/drivers/profit/bakery/2026-09/")

    assert ("A share is left out" in page.get_text()) is is_said
