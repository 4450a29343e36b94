"""The map's arrows by what the data say, a page for every link, and one for all of them."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.scope import INSTALLATION
from tests.governance.evidence.conftest import AT, LATER, run_tests, said

pytestmark = pytest.mark.django_db

MAP = "/maps/bakery/2026-09/"
ALL = "/evidence/bakery/2026-09/"
SUPPORTED = "/evidence/build-skills/reduce-waste/bakery/2026-09/"
AGAINST = "/evidence/build-skills/serve-on-time/bakery/2026-09/"
OPEN = "/evidence/serve-on-time/grow-sales/bakery/2026-09/"
CAUSES = re.compile(r"\bcaus(es|ed|ing)\b", re.IGNORECASE)


def edge(page, source, target):
    return page.select_one(f'.map-edge:not(.map-mark)[data-source="{source}"][data-target="{target}"]')


@pytest.mark.method("M1.2")
def test_every_arrow_says_by_line_mark_and_word_what_its_test_found(read, tested):
    page = read(MAP)

    supported, against = (
        edge(page, "build-skills", "reduce-waste"),
        edge(page, "build-skills", "serve-on-time"),
    )
    assert "edge-supported" in supported["class"]
    assert "edge-contradicted" in against["class"]
    dashes = {each.select_one(".map-line").get("stroke-dasharray", "") for each in (supported, against)}
    assert len(dashes) == 2
    assert "supported, tested" in said(supported)
    assert supported.select_one("a")["href"] == SUPPORTED
    assert len(page.select(".map-mark")) == 4
    legend = said(page.select_one(".map-legend"))
    assert [word in legend for word in ("supported", "contradicted", "inconclusive")] == [True] * 3


def test_an_arrow_without_a_test_says_what_the_map_declares(read, bakery):
    page = read(MAP)

    assert "edge-untested" in edge(page, "build-skills", "reduce-waste")["class"]
    assert "evidence asserted, not tested" in said(edge(page, "build-skills", "reduce-waste"))
    assert page.select(".map-mark") == []


def test_the_list_below_the_map_leads_to_the_evidence_as_well(read, tested):
    row = next(
        row
        for row in read(MAP).select(".map-objectives tr")
        if row.select_one('.row-name[href*="reduce-waste"]')
    )

    assert "· supported, tested" in said(row)
    assert row.select_one(f'a[href="{SUPPORTED}"]') is not None


@pytest.mark.parametrize("name", ["map.svg", "map.pdf", "map.png", "objectives.csv"])
def test_what_leaves_carries_the_evidence(client, person, tested, name):
    client.force_login(person("ana"))
    answer = client.get(f"{MAP}{name}")

    assert answer.status_code == 200
    if name == "map.svg":
        drawing = etree.fromstring(answer.content)
        told = "".join(drawing.itertext())
        assert "supported, tested" in told
        assert "contradicted" in told
        assert b'stroke-dasharray="10 4"' in answer.content
        assert drawing.findall(".//{http://www.w3.org/2000/svg}a") == []
    if name == "objectives.csv":
        assert b"supported, tested" in answer.content


def test_values_that_changed_since_are_said_everywhere(client, person, read, tested, folder):
    shops = folder / "data" / "shops.csv"
    shops.write_text(
        shops.read_text(encoding="utf-8").replace("2026-09,old-town,", "2026-09,old-town,1"), encoding="utf-8"
    )
    assert "changed since" not in said(read(ALL))
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=LATER)

    assert "values changed since" in said(edge(read(MAP), "serve-on-time", "grow-sales"))
    assert "values changed since" in said(read(OPEN))
    assert "values changed since" not in said(edge(read(MAP), "build-skills", "reduce-waste"))

    run_tests(at=LATER)
    assert "changed since" not in said(read(ALL))


@pytest.mark.parametrize("address", [SUPPORTED, AGAINST, OPEN, ALL, MAP])
def test_no_sentence_says_that_one_thing_brings_about_another(read, tested, address):
    told = said(read(address).select_one("main"))

    assert not CAUSES.search(told), CAUSES.search(told)
    assert "proves" not in told


def test_a_supported_link_is_told_with_its_numbers_and_its_limits(read, tested):
    kept = tested.tests.get(source="build-skills", target="reduce-waste")
    told = said(read(SUPPORTED).select_one(".evidence-verdict"))

    assert (
        "More of “Hours of baking lessons” is expected to be followed by less of “Unsold bread”, 3 months later."
        in told
    )
    assert "“Unsold bread” ran lower 3 months later" in told
    assert f"correlation {kept.facts['peak']:.2f}".replace("-", "−") in told
    assert "That is what the link expects." in told
    assert "It does not tell what brings what about." in told
    assert "What would change this verdict" in told


def test_a_contradicted_link_says_what_it_expected_instead(read, tested):
    told = said(read(AGAINST).select_one(".evidence-verdict"))

    assert "That is the opposite of what the link expects." in told


def test_an_inconclusive_link_says_what_could_have_been_found_and_how_long_it_would_take(read, tested):
    kept = tested.tests.get(source="serve-on-time", target="grow-sales")
    told = said(read(OPEN).select_one(".evidence-verdict"))

    assert "Nothing was found that chance would not do as well" in told
    assert f"a correlation of {kept.facts['detectable']:.2f} or more four times in five" in told
    assert re.search(r"about \d+ months would decide it", told)


def test_the_page_tells_how_it_was_tested(read, tested):
    told = said(read(SUPPORTED).select_one(".evidence-how"))

    assert "60 months, 2021-10 – 2026-09" in told
    assert "the one with the highest weight" in told
    assert "999 random orders" in told
    assert "The season is taken out" in told
    assert "Granger" in told


def test_the_plot_has_a_bar_for_every_lag_and_the_table_its_number(read, tested):
    kept = tested.tests.get(source="build-skills", target="reduce-waste")
    page = read(SUPPORTED)

    assert len(page.select(".correlogram.is-wide .correlogram-bar")) == len(kept.facts["correlations"]) == 25
    numbers = [float(cell.text.replace("−", "-")) for cell in page.select("tbody td.is-number")]
    assert numbers == pytest.approx(kept.facts["correlations"], abs=0.0005)


def test_a_link_that_was_never_tested_says_so(read, bakery):
    page = read(SUPPORTED)

    assert "This link has not been tested in this unit." in said(page)
    assert page.select(".correlogram") == []


def test_too_few_months_say_what_is_missing(db, folder, client, request):
    from tests.governance.evidence.conftest import write_numbers

    write_numbers(folder, 20)
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)
    run_tests()
    told = said(request.getfixturevalue("read")(SUPPORTED).select_one(".evidence-verdict"))

    assert "20 months in common without a gap, and 24 are needed." in told
    assert "4 months more without a gap and under one definition." in told


def test_the_overview_lists_every_link_and_weighs_lead_against_lag(read, tested):
    page = read(ALL)

    states = [
        said(cell.select_one(".evidence-state"))
        for cell in page.select(".evidence-links tbody td:nth-child(2)")
    ]
    assert states == ["supported", "contradicted", "inconclusive", "inconclusive"]
    balance = said(page.select_one(".balance-numbers"))
    assert "Lead share33 %" in balance  # lessons 1, waste 1, of 6: sales 1, punctuality 2, rating 1
    assert "Financial share17 %" in balance
    assert "Lead coverage100 %" in balance


def test_the_table_leaves_with_every_number(client, person, tested):
    client.force_login(person("ana"))
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ALL}links.csv").content.decode("utf-8-sig"))))

    kept = tested.tests.get(source="build-skills", target="reduce-waste")
    assert [row["Periods"] for row in rows] == ["60"] * 4
    assert float(rows[0]["Strongest correlation"]) == pytest.approx(kept.facts["peak"])
    assert float(rows[0]["Adjusted p"]) == pytest.approx(kept.adjusted_p)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_plot_leaves_as_a_picture_of_its_own(client, person, tested, ending):
    client.force_login(person("ana"))
    answer = client.get(f"{SUPPORTED}plot.{ending}")

    assert answer.status_code == 200
    if ending == "svg":
        assert "Build broader baking skills → Reduce unsold daily bread" in answer.content.decode()


def test_correlations_of_an_untested_link_are_not_there(client, person, bakery):
    client.force_login(person("ana"))

    assert client.get(f"{SUPPORTED}correlations.csv").status_code == 404
    assert client.get(f"{SUPPORTED}plot.svg").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/evidence/reduce-waste/build-skills/bakery/2026-09/",
        "/evidence/ghost/reduce-waste/bakery/2026-09/",
        "/evidence/build-skills/reduce-waste/ghost/2026-09/",
        "/evidence/build-skills/reduce-waste/bakery/soon/",
        "/evidence/bakery/1066-01/",
    ],
)
def test_what_is_not_there_is_not_found(client, person, bakery, address):
    client.force_login(person("ana"))

    assert client.get(address).status_code == 404


def test_a_shops_people_see_their_own_evidence_alone(client, person, tested):
    run_tests("old-town")
    client.force_login(person("olga", "viewer", "old-town"))

    assert client.get(ALL).status_code == 403
    assert client.get(SUPPORTED).status_code == 403
    own = client.get(SUPPORTED.replace("bakery", "old-town"))
    assert own.status_code == 200
    assert b"evidence-state edge-supported" in own.content
    assert b"Write down what you expect" not in own.content
    assert b"Test the map" not in own.content


def queries_of(client, address):
    client.get(address)  # whatever a first request warms
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", [MAP, ALL, SUPPORTED])
def test_more_links_ask_the_database_no_more(db, folder, client, request, address):
    strategy = folder / "strategy.yaml"
    whole = strategy.read_text(encoding="utf-8")
    start, end = whole.index("  - from: build-skills\n    to: serve-on-time"), whole.index("\ninitiatives:")
    strategy.write_text(whole[:start] + whole[end:], encoding="utf-8")
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)
    run_tests()
    client.force_login(request.getfixturevalue("person")("ana"))
    few = queries_of(client, address)

    strategy.write_text(whole, encoding="utf-8")
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=LATER)
    run_tests(at=LATER)
    # One more: the decisions about the link that is contradicted now, and about it alone.
    more = queries_of(client, address)
    assert more <= few + (address == MAP), (few, more)


def test_an_objectives_links_tell_their_evidence_and_lead_to_it(read, tested):
    page = read("/objectives/build-skills/bakery/2026-09/")

    facts = {said(each): each.select_one("a") for each in page.select(".link-facts")}

    supported = next(words for words in facts if "supported, tested" in words)
    assert supported.startswith("+ furtherslag 3 months")
    assert facts[supported]["href"] == SUPPORTED
    assert any("contradicted, tested" in words for words in facts)
