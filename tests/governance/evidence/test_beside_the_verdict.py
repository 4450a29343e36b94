"""Beside a link's verdict: did the outcome move in time, what do the units below say, what would a change come to."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.engine.book.units import UnitTree
from fourfold.engine.leadlag import Hypothesis, Panel, panel
from fourfold.governance.evidence.models import LinkTest
from fourfold.governance.evidence.pages.far_changes import AskedChange, caution_about, impossible
from fourfold.governance.evidence.pages.panel_wording import slopes_apart, steep
from fourfold.governance.evidence.pages.wording import LinkNames
from fourfold.governance.evidence.queries.beside import lowest_with_values
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.numbers import ValueFormat
from tests.governance.evidence.conftest import AT, MONTHS, numbers, run_tests, said

pytestmark = pytest.mark.django_db

MAP = "/maps/bakery/2026-09/"
ALL = "/evidence/bakery/2026-09/"
WASTE = "/evidence/build-skills/reduce-waste/bakery/2026-09/"
AGAINST = "/evidence/build-skills/serve-on-time/bakery/2026-09/"
ONWARD = "/evidence/reduce-waste/serve-on-time/bakery/2026-09/"
CAUSES = re.compile(r"\bcaus(es|ed|ing)\b", re.IGNORECASE)
SHOPS = ("old-town", "riverside", "harbour", "station", "market", "hill")


def card(page, title):
    return said(page.select_one(f"section:has(#{title})"))


def nothing_beside(*_book, **_found):
    return {}


def reaching(folder, *, follows, stays=True):
    """Lessons come to their target in June 2026; if it follows, waste falls two months later.

    They hold it until the end, or for three months.
    """
    found = numbers()
    reached, after = MONTHS.index("2026-06"), MONTHS.index("2026-08")
    rng = np.random.default_rng(4)
    hours = np.where(np.arange(len(MONTHS)) >= reached, 30.0, 5.0) + rng.normal(size=len(MONTHS))
    hours[reached + (len(MONTHS) if stays else 3) :] = 5.0
    unsold = 12.0 + rng.normal(size=len(MONTHS)) / 4
    if follows:
        unsold[after:] -= 3.0
    school, shops = (
        ["shop;last_friday;hours"],
        ["month,shop,sales,on_time,orders,rating,ratings,unsold_kg,baked_kg"],
    )
    for place, month in enumerate(MONTHS):
        for shop in ("old-town", "riverside"):
            school.append(f"{shop};{month}-25;{hours[place]:.4f}".replace(".", ","))
            kept = f"{found['sales'][place]:.2f},90000,100000,{found['rating'][place]:.3f},100"
            shops.append(f"{month},{shop},{kept},{round(1000 * unsold[place])},100000")
    (folder / "data" / "school.csv").write_text("\n".join(school) + "\n", encoding="utf-8")
    (folder / "data" / "shops.csv").write_text("\n".join(shops) + "\n", encoding="utf-8")
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)
    run_tests()


@pytest.mark.method("M1.2")
def test_an_outcome_that_moves_within_the_lag_is_told_with_its_evidence(folder, read):
    reaching(folder, follows=True)

    told = card(read(WASTE), "in-time-title")

    assert "moved in time" in told
    assert "“Hours of baking lessons” reached its target in June 2026 and held it for 3 months." in told
    assert "“Unsold bread” moved the expected way within 3 months: a signal in August 2026." in told
    assert re.search(r"On average 1[12]\.\d % before, \d+\.\d % until September 2026; natural limits", told)
    assert "unmoved-title" not in str(read(MAP))
    assert "1 of 1 outcome moved in time" in card(read(ALL), "themes-title")


def test_an_outcome_that_does_not_move_is_a_finding_below_the_map_and_under_its_theme(folder, read):
    reaching(folder, follows=False)

    finding = card(read(MAP), "unmoved-title")
    themes = card(read(ALL), "themes-title")

    assert "Build broader baking skills → Reduce unsold daily bread" in finding
    assert "did not move within 3 months: nothing that could be told from its noise" in finding
    assert "OUTCOME_NOT_IN_TIME" in finding
    assert "Fresh daily" in themes
    assert "0 of 1 outcome moved in time: its lead reached the target, and the lag is over." in themes
    assert "did not move (lead at its target in June 2026)" in themes
    assert not CAUSES.search(finding + themes)


def test_a_lead_that_did_not_stay_at_its_target_is_not_said_to_have_stayed(folder, read):
    reaching(folder, follows=False, stays=False)

    sentence = (
        "“Hours of baking lessons” reached its target in June 2026 and held it for 3 months; in September 2026 it was "
        "short of it again."
    )
    assert sentence in card(read(WASTE), "in-time-title")
    assert sentence in card(read(MAP), "unmoved-title"), "the finding says no more either"


def test_two_units_make_no_panel_and_the_page_says_how_many_are_needed(read, tested):
    told = card(read(WASTE), "panel-title")

    assert "not testable" in told
    assert "do not overlap" not in card(read(WASTE), "what-if-title")
    assert "2 units below have both measures over comparable periods, with 114 values of both" in told
    assert "4 units and 12 values are needed" in told


def test_a_test_from_before_says_that_it_did_not_look(read, bakery, monkeypatch):
    """What was kept before this was looked at has no such facts."""
    monkeypatch.setattr("fourfold.governance.evidence.queries.looking.looked_beside", nothing_beside)
    run_tests()

    page = read(WASTE)

    for title in ("in-time-title", "panel-title"):
        assert "The last test did not look at this." in card(page, title)
    assert "its last test took no slope; test the links again" in card(page, "what-if-title")


@pytest.fixture
def six_shops(folder):
    """Six shops; in each, waste falls three months after its own lessons rise."""
    units = (folder / "units.yaml").read_text(encoding="utf-8")
    more = "".join(f"      - {{key: {shop}, name: {shop.title()}, level: shop}}\n" for shop in SHOPS[2:])
    (folder / "units.yaml").write_text(units.rstrip("\n") + "\n" + more, encoding="utf-8")
    rng, count = np.random.default_rng(12), len(MONTHS)
    season = rng.normal(size=count)
    hours = {shop: 20.0 + 3.0 * rng.normal(size=count) for shop in SHOPS}
    unsold = {
        shop: 12.0 + place - np.roll(hours[shop] - 20.0, 3) / 3 + season + rng.normal(size=count) / 2
        for place, shop in enumerate(SHOPS)
    }
    school, shops = (
        ["shop;last_friday;hours"],
        ["month,shop,sales,on_time,orders,rating,ratings,unsold_kg,baked_kg"],
    )
    for at, month in enumerate(MONTHS):
        for shop in SHOPS:
            school.append(f"{shop};{month}-25;{hours[shop][at]:.4f}".replace(".", ","))
            shops.append(f"{month},{shop},40000,90000,100000,4.2,100,{round(1000 * unsold[shop][at])},100000")
    (folder / "data" / "school.csv").write_text("\n".join(school) + "\n", encoding="utf-8")
    (folder / "data" / "shops.csv").write_text("\n".join(shops) + "\n", encoding="utf-8")
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)
    run_tests()
    return SimpleNamespace(hours=hours, unsold=unsold)


def test_six_units_say_together_what_the_engine_says_of_their_values(read, six_shops):
    facts = LinkTest.objects.visible_to(INSTALLATION).get(target="reduce-waste").facts["panel"]
    x = np.array([np.round(six_shops.hours[shop], 4) for shop in SHOPS])
    y = np.array([np.round(1000 * six_shops.unsold[shop]) / 1000 for shop in SHOPS])
    expected = panel(x, y, hypothesis=Hypothesis(-1, 3, 3))
    assert isinstance(expected, Panel)

    told = card(read(WASTE), "panel-title")

    assert facts["slope"] == pytest.approx(expected.slope, rel=1e-9)
    assert (facts["units"], facts["unit_periods"]) == (6, 6 * 57)
    assert facts["low"] < -1 / 3 < facts["high"]
    assert "supported" in told
    assert str(steep(expected.slope, ValueFormat(1, "%"))) in told
    assert "6 units, 57 periods, 342 values of both" in told
    assert not CAUSES.search(told)


def test_where_units_and_whole_exclude_each_other_the_simulation_says_which_it_takes_and_why(read, six_shops):
    """The bakery's hours are those of six shops: one more of them is a sixth in each."""
    facts = LinkTest.objects.visible_to(INSTALLATION).get(target="reduce-waste").facts

    told = card(read(WASTE), "what-if-title")

    assert f"over time, {steep(facts['slope']['value'], ValueFormat(1, '%'))} (" in told
    assert f"Between the units below it is {steep(facts['panel']['slope'], ValueFormat(1, '%'))} (" in told
    assert (
        "The intervals do not overlap: one of the two adds up over the units and the other does not" in told
    )


@pytest.mark.parametrize(
    ("low", "high", "is_told"), [(0.0, 0.6, False), (0.79, 2.0, False), (0.81, 2.0, True), (-1.0, 0.19, True)]
)
def test_intervals_that_touch_are_not_apart(low, high, is_told):
    """The whole: 0.5 ± 0.3."""
    facts = {
        "slope": {"why": "", "value": 0.5, "error": 0.3 / 1.959964, "degrees": 10**9},
        "panel": {"why": "", "slope": (low + high) / 2, "low": low, "high": high},
    }
    names, form = LinkNames("A", "B", "x", "y"), ValueFormat(1, "%")

    told = slopes_apart(SimpleNamespace(facts=facts), names, forms=(form, form), add_up=(False, False))

    assert bool(told) is is_told
    assert not is_told or told.startswith("For 1 pp more of “x”")
    assert not is_told or told.endswith("what holds for the whole need not hold for a unit.")


def test_the_lowest_units_with_values_count_and_none_that_holds_another():
    """Root; two regions; the first has two shops, one of them without values."""
    tree = UnitTree(
        keys=("root", "north", "south", "inn", "mill"),
        parent=np.array([-1, 0, 0, 1, 1]),
        first_child=np.array([1, 3, 5, 5, 5, 5]),
        level_starts=(0, 1, 3, 5),
        whole=np.arange(5),
        definition=np.arange(5),
    )
    having = lambda *keys: np.array([key in keys for key in tree.keys])  # noqa: E731

    assert lowest_with_values(having("root", "north", "south", "inn"), units=tree) == [2, 3]
    assert lowest_with_values(having("root", "inn", "mill"), units=tree) == [3, 4]
    assert lowest_with_values(having("root"), units=tree) == [0]


def test_a_change_is_carried_along_tested_links_with_its_interval_and_labelled(read, tested):
    page = read(f"{WASTE}?move=10")
    told = card(page, "what-if-title")
    slope = LinkTest.objects.visible_to(INSTALLATION).get(target="reduce-waste").facts["slope"]["value"]

    rows = [said(row) for row in page.select("section:has(#what-if-title) tbody tr")]
    assert told.startswith("What ifsimulation Change “Hours of baking lessons” by (h)")
    assert rows[0].startswith("Unsold bread" + str(steep(10 * slope, ValueFormat(1, "%"))))
    assert len(rows) >= 2, "and on along the links after it"
    assert "Build broader baking skills → Deliver every order on time: the data contradict it" in told
    assert page.select_one("#move")["value"] == "10"


def test_the_units_are_drawn_one_by_one_with_the_pooled_slope_and_leave_as_a_picture(
    client, person, read, six_shops
):
    facts = LinkTest.objects.visible_to(INSTALLATION).get(target="reduce-waste").facts["panel"]
    own = facts["of_units"]
    drawing = read(WASTE).select_one("section:has(#panel-title) svg.is-wide")
    client.force_login(person("ana"))
    picture = client.get(f"{WASTE}units.svg")

    assert {each["unit"] for each in own} == set(SHOPS)
    assert sum(each["slope"] * each["share"] for each in own) == pytest.approx(facts["slope"])
    assert all(each["low"] < each["slope"] < each["high"] for each in own)
    assert len(drawing.select("rect.correlogram-bar")) == len(SHOPS)
    assert f"All together: {steep(facts['slope'], ValueFormat(1, '%'))}" in drawing["aria-label"]
    assert "correlogram-bar" in picture.content.decode()
    assert client.get(f"{WASTE}units.png").content.startswith(b"\x89PNG")


def test_where_no_units_were_compared_there_is_nothing_to_draw(client, person, read, tested):
    client.force_login(person("ana"))

    assert read(WASTE).select("section:has(#panel-title) svg.correlogram") == []
    assert client.get(f"{WASTE}units.svg").status_code == 404


def test_a_simulation_leaves_as_a_table_with_its_numbers_unrounded(client, person, read, tested):
    client.force_login(person("ana"))
    shown = read(f"{WASTE}?move=10")
    text = client.get(f"{WASTE}what-if.csv?move=10").content.decode("utf-8-sig")
    slope = LinkTest.objects.visible_to(INSTALLATION).get(target="reduce-waste").facts["slope"]["value"]
    row = next(line for line in text.splitlines() if ",Unsold bread," in line)

    assert float(row.split(",")[2]) == pytest.approx(10 * slope)
    assert len(shown.select("section:has(#what-if-title) .downloads a")) == 2
    assert client.get(f"{WASTE}what-if.xlsx?move=10").status_code == 200
    assert client.get(f"{WASTE}what-if.csv").content.decode().count("\n") == 1, "the heading alone"


def test_a_contradicted_link_carries_nothing_and_says_so(read, tested):
    page = read(f"{AGAINST}?move=10")

    assert "Nothing is carried along this link: the data contradict it." in card(page, "what-if-title")
    assert page.select("#move") == []


@pytest.mark.parametrize("text", ["ten", "1e999", "<b>", "1,2,3"])
def test_what_is_no_number_is_told_beside_its_field(read, tested, text):
    page = read(f"{WASTE}?move={text}")

    assert "is not a number" in said(page.select_one("#move-problem"))
    assert page.select("section:has(#what-if-title) tbody tr") == []


@pytest.mark.parametrize("text", ["0", "0.0", "-0"])
def test_no_change_is_told_so_and_nothing_is_simulated(read, tested, text):
    page = read(f"{WASTE}?move={text}")

    assert "No change here is no change further on" in said(page.select_one("#move-problem"))
    assert page.select("section:has(#what-if-title) tbody tr") == []


def test_a_change_far_beyond_what_was_measured_is_simulated_with_a_caution(read, tested):
    seen = LinkTest.objects.visible_to(INSTALLATION).get(target="reduce-waste").facts["slope"]["seen"]
    width = seen["high"] - seen["low"]
    there, beyond = (f"{seen['high'] + each * width - seen['last']:.3f}" for each in (0.9, 1.1))

    near, far = read(f"{WASTE}?move={there}"), read(f"{WASTE}?move={beyond}")

    assert "far beyond" not in card(near, "what-if-title")
    assert "far beyond what was ever measured" in said(far.select_one(".notice-caution"))
    assert far.select("section:has(#what-if-title) tbody tr")


def asking(delta, *, unit_of_measure="%", seen=(40.0, 60.0, 55.0), possible=(None, None)):
    kept = dict(zip(("low", "high", "last"), seen, strict=True))
    return AskedChange(delta, "Fill rate", ValueFormat(1, unit_of_measure), kept, possible)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            asking(100.5),
            "“Fill rate” has always been between 0 and 100 %; it cannot change by more than 100 pp.",
        ),
        (asking(-101), "cannot change by more than 100 pp."),
        (asking(50, possible=(None, 100.0)), "from 55.0 % to 105.0 %; more than 100.0 % is not possible."),
        (
            asking(-60, unit_of_measure="h", possible=(0.0, None)),
            "to −5.0 h; less than 0.0 h is not possible.",
        ),
    ],
)
def test_what_the_unit_of_measure_or_the_definition_bounds_is_refused(asked, words):
    assert impossible(asked).endswith(words)


@pytest.mark.parametrize(
    "asked",
    [
        asking(44, possible=(0.0, 100.0)),
        asking(150, seen=(40.0, 120.0, 55.0)),  # no share: it has been above 100 %
        asking(500, unit_of_measure="h"),
        asking(1, seen=(40.0, 120.0, 110.0), possible=(None, 100.0)),  # beyond its bound already
    ],
)
def test_what_can_be_is_not_refused(asked):
    assert impossible(asked) == ""


def test_a_share_that_would_leave_nought_to_hundred_is_cautioned():
    told = caution_about(asking(46))

    assert "from 55.0 % to 101.0 %, beyond 0 to 100 %, between which every value has been" in told
    assert "far beyond what was ever measured, 40.0 % to 60.0 %" in caution_about(asking(44))
    assert caution_about(asking(20)) == ""
    assert caution_about(AskedChange(500.0, "Fill rate", ValueFormat(1, "%"), {}, (None, None))) == ""


def test_the_link_page_asks_no_more_queries_for_a_longer_simulation(client, person, tested):
    client.force_login(person("ana"))
    counts = []
    for address in (ONWARD, WASTE, f"{WASTE}?move=10"):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))

    assert len(set(counts)) == 1
