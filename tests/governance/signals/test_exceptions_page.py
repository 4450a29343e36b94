"""The exceptions of a unit on their page: what is told, what is folded, who sees it, and what it costs."""

import csv
import io
import shutil
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from fourfold.engine.spc import Assurance, Variation
from fourfold.governance.annotations.actions.write_analysis import AnalysisWords, write_analysis
from fourfold.governance.annotations.models import Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.signals.pages.exceptions_reading import read_exceptions
from fourfold.governance.signals.pages.reading import read_standings
from fourfold.outward.interchange.pages.exceptions_document import exceptions_document
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.governance.signals.conftest import AT, MONTHS, SHOP, SOON, page, person_with, shifted

OLD_TOWN = "/exceptions/old-town/2026-09/"


def read(unit="old-town", period="2026-09", scope=INSTALLATION, at=AT):
    return read_exceptions(Place(unit, period), scope=scope, at=at)


def told(read_page):
    """Measure, kinds, what is folded and what it follows from, line by line."""
    return [
        (
            line.key,
            [tag.code for tag in (line.tag, *line.others)],
            [each.key for each in line.folded],
            line.follows,
        )
        for line in (*read_page.lines, *read_page.rest)
    ]


@pytest.fixture
def worse(found):
    """Seven months of more waste, lower ratings, later orders and smaller sales."""
    rating = [round(value - 0.4 * (place >= 38), 2) for place, value in enumerate(SHOP["rating"])]
    found(
        unsold_kg=shifted(SHOP["unsold_kg"], 90, last=7),
        on_time=shifted(SHOP["on_time"], -60, last=7),
        sales=shifted(SHOP["sales"], -3000, last=7),
        rating=rating,
    )


def test_the_deepest_cause_is_told_first_and_what_executives_watch_keeps_its_line(worse):
    lines = told(read())

    assert [(key, kinds[0], folded, follows) for key, kinds, folded, follows in lines] == [
        ("waste", "adverse", ["satisfaction"], ""),
        ("punctuality", "off_target", [], "Unsold bread"),
        ("sales", "adverse", [], "Unsold bread"),
    ]
    assert all(
        set(kinds) == {"adverse", "off_target", "unlikely"} for _key, kinds, _folded, _follows in lines
    )


def test_each_line_says_its_numbers_owner_and_status(worse):
    waste, punctuality, _sales = read().lines

    assert waste.sentence == (
        "Unsold bread got worse: all of the last 7 months lie higher than chance explains, "
        "September 2026 at 11.0 %, where 9.0 % was usual."
    )
    assert punctuality.sentence == (
        "Orders on time remained off target: for 7 months, September 2026 at 85.2 % against a target of 94.6 %."
    )
    assert (punctuality.owner_name, punctuality.tier, punctuality.mark.status.value) == (
        "Bruno Costa", "executive", "red"
    )  # fmt: skip


def test_a_calm_process_beside_its_target_is_an_exception_of_its_own_kind(bakery):
    kinds = {key: kinds for key, kinds, _folded, _follows in told(read())}

    assert kinds == {key: ["misses", "unlikely"] for key in ("waste", "sales", "punctuality")}
    assert [each.key for each in read().normal] == ["satisfaction"]
    assert read().closing.startswith(
        "1 measure behaved normally; about 0.4 false alarms are expected among the 4"
    )


def test_what_got_better_is_told_too(found):
    found(unsold_kg=shifted(SHOP["unsold_kg"], -90, last=7))

    waste = next(line for line in read().lines if line.key == "waste")
    assert waste.tag.code == "favourable"
    assert "got better: all of the last 7 months lie lower than chance explains" in waste.sentence


def test_what_got_better_and_is_off_target_still_says_both_and_promises_no_miss(found):
    found(sales=shifted(SHOP["sales"], 1500, last=7))

    sales = next(line for line in read().lines if line.key == "sales")
    assert [tag.code for tag in (sales.tag, *sales.others)] == ["favourable", "unlikely"]


PLANTED = {2: -1, 3: -1, 5: 1, 7: -1, 8: 1}
"""Months of 2026 and the way they jump, far beyond the limits; the others are noise."""


@pytest.fixture
def both_ways(found):
    """Signals for the better and for the worse within every seven months, of all measures."""
    jumps = {len(MONTHS) - 10 + month: way for month, way in PLANTED.items()}
    size = {"sales": 3000, "on_time": -40, "rating": 0.5, "unsold_kg": 60}
    found(
        **{
            column: [round(value + by * jumps.get(place, 0), 2) for place, value in enumerate(SHOP[column])]
            for column, by in size.items()
        }
    )


WAYS = {"favourable": Variation.IMPROVEMENT, "adverse": Variation.CONCERN}


def icons_of(keys, period):
    return read_standings(keys, unit="old-town", period=period, as_of="", scope=INSTALLATION, at=AT)


def test_an_exception_says_of_every_measure_what_its_icons_say(both_ways):
    met = set()
    for month in range(1, 10):
        period = f"2026-{month:02}"
        shown = read(period=period)
        for key, standing in icons_of(["sales", "punctuality", "satisfaction", "waste"], period).items():
            line = next((each for each in shown.every if each.key == key), None)
            kinds = [tag.code for tag in (line.tag, *line.others)] if line else []
            signals = [kind for kind in kinds if kind in (*WAYS, "changed")]
            assert ("misses" in kinds) is (standing.promised is Assurance.CONSISTENTLY_MISS), (key, period)
            assert len(signals) <= 1
            if standing.variation.is_special:
                assert [WAYS[kind] for kind in signals] == [standing.variation], (key, period)
                met.add((standing.variation, key))

    assert len(met) == 8  # each measure, for the better and for the worse


def test_signals_since_past_are_told_by_the_latest_of_them(both_ways):
    """September is noise again; August was a jump for the better of sales, and for the worse of unsold bread."""
    lines = {line.key: line for line in read().every}

    assert icons_of(["sales"], "2026-09")["sales"].variation is Variation.COMMON_CAUSE
    assert "favourable" in [tag.code for tag in (lines["sales"].tag, *lines["sales"].others)]
    assert "adverse" in [tag.code for tag in (lines["waste"].tag, *lines["waste"].others)]


def test_page_table_and_api_say_the_same_kinds(client, both_ways):
    shown = page(client, "ana", "/exceptions/old-town/2026-08/")
    text = client.get("/exceptions/old-town/2026-08/exceptions.csv").content.decode("utf-8-sig")
    heading, *rows = [row for row in csv.reader(io.StringIO(text)) if len(row) > 5]
    table = {row[0]: row[heading.index("Kinds")] for row in rows}
    document = exceptions_document(Place("old-town", "2026-08"), scope=INSTALLATION, at=AT)
    api = {each.measure: (each.kind, *each.other_kinds) for each in document.exceptions}
    words = {"adverse": "Worse", "favourable": "Better"}

    assert {key: kinds for key, kinds in table.items() if kinds != "Normal"}.keys() == api.keys()
    for key, kinds in api.items():
        assert {words[kind] for kind in kinds if kind in words} == {
            word for word in words.values() if word in table[key].split("; ")
        }
    for line in shown.select(".exceptions > .exception"):
        tags = {tag.get_text() for tag in line.select(".exception-tags .tag")}
        icon = line.select_one(".exception-marks .signal-icon").get_text(strip=True)
        assert tags & {"Better", "Worse"} == {{"Improvement": "Better", "Concern": "Worse"}[icon]}


def test_what_is_to_be_exact_and_moved_is_not_called_worse(found):
    """Within its tolerance it is on target, and yet no longer where it was."""
    exact = "goal: exact\nthresholds: {basis: distance, tolerance: 0.5, red: 0.9, worst: 1.5}"
    found(
        rating=[round(value + 0.2 * (place >= 38), 2) for place, value in enumerate(SHOP["rating"])],
        rewrite=("satisfaction", {"goal: maximise": exact, "thresholds: {basis: absolute": "# {"}),
    )
    lines = (each for line in read().lines for each in (line, *line.folded))
    rating = next(line for line in lines if line.key == "satisfaction")

    assert rating.mark.status.value == "green"
    assert (rating.tag.code, rating.tag.label) == ("adverse", "Farther from target")
    assert rating.sentence.startswith(
        "Guest rating moved away from the target: all of the last 7 months lie higher"
    )


def test_values_that_are_owed_are_told(found):
    found(rating=[*SHOP["rating"][:-2], None, None], ratings=[*SHOP["ratings"][:-2], None, None])

    rating = next(line for line in read().lines if line.key == "satisfaction")
    assert (
        rating.sentence
        == "Guest rating cannot be told yet: values of 2 months are owed, the last that of September 2026."
    )


@pytest.mark.parametrize(
    ("restated", "shown", "is_told"),
    [
        (9, "2026-09", True),
        (3, "2026-09", True),  # the first of the latest seven
        (2, "2026-09", False),
        (2, "2026-08", True),
        (9, "2026-08", False),  # the page knows nothing of what came later
    ],
)
def test_a_value_restated_across_zero_is_told_among_the_latest_periods_of_the_page(
    bakery, restated, shown, is_told
):
    month = 2026 * 12 + restated - 1
    row = NewObservation("sales", "old-town", month, value=-40000.0, release_status="R")
    append_observations([row], scope=INSTALLATION, at=AT)
    kinds = {key: kinds for key, kinds, _folded, _follows in told(read(period=shown, at=SOON))}

    assert ("sign_flip" in kinds["sales"]) is is_told


def test_nothing_to_report_is_said_kindly(client, found):
    """Sales beside a target that they meet, and everything else where it was wanted."""
    found(
        sales=[value + 20000 for value in SHOP["sales"]],
        on_time=[value + 50 for value in SHOP["on_time"]],
        unsold_kg=[value - 60 for value in SHOP["unsold_kg"]],
    )
    shown = page(client, "ana", OLD_TOWN)

    assert shown.select(".exceptions") == []
    empty = shown.select_one(".empty").get_text(" ", strip=True)
    assert empty.startswith("Nothing to report. 4 measures behaved normally; about 0.4 false alarms")
    assert len(shown.select(".exceptions-calm li")) == 4


def test_policy_says_how_many_are_told_and_what_counts(found):
    found(policies="exceptions.most: 1")

    assert [line.key for line in read().lines] == ["waste"]
    assert [line.key for line in read().rest] == ["sales", "punctuality"]


def test_the_page_shows_sentence_chart_owner_and_a_place_to_comment(client, worse):
    shown = page(client, "ana", OLD_TOWN)
    first = shown.select_one("#exception-waste")

    assert first.h3.a["href"].startswith("/measures/waste/old-town/2026-09/")
    assert len(first.select("svg.small-chart .small-signal")) == 7
    assert first.select_one("svg.small-chart")["aria-label"].startswith("Unsold bread from October 2024")
    assert first.select_one(".exception-said a")["href"] == "/annotations/measure/waste/old-town/2026-09/"
    assert "Nobody has explained it yet." in first.select_one(".exception-said").get_text()
    assert len(first.select(".exception-folded li")) == 1
    assert all(line.select_one(".exception-said a") for line in shown.select(".exception"))


def test_what_the_owner_wrote_stands_beside_the_sentence(client, worse):
    bruno = scope_of(Person.objects.get(key="bruno"))
    words = AnalysisWords("The oven was too hot.", "A worn thermostat.", "It is replaced.")
    anchor = Anchor(Subject.MEASURE, "waste", "old-town", "2026-09")
    write_analysis(anchor, words, edition=0, scope=bruno, at=AT + timedelta(minutes=1))

    assert "The oven was too hot." in page(client, "ana", OLD_TOWN).select_one("#exception-waste").get_text()


def test_only_what_the_viewer_may_see(client, worse):
    person_with("olga", "viewer", "old-town")
    shown = page(client, "olga", OLD_TOWN)

    assert shown.select_one("#exception-waste")
    for elsewhere in ("riverside", "bakery", "nowhere"):  # what is out of sight is as if it were not there
        assert client.get(f"/exceptions/{elsewhere}/2026-09/").status_code == 403
    assert client.get("/exceptions/old-town/2026-99/").status_code == 404
    assert client.get("/exceptions/old-town/1999-01/").status_code == 404


def test_a_page_of_one_measure_and_of_five_cost_the_same_queries(client, worse):
    client.force_login(Person.objects.get(key="ana"))
    counts = []
    for unit in ("old-town", "bakery"):
        client.get(f"/exceptions/{unit}/2026-09/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/exceptions/{unit}/2026-09/").status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 40


def test_the_table_holds_every_exception_and_every_normal_measure(client, worse):
    client.force_login(Person.objects.get(key="ana"))
    text = client.get(f"{OLD_TOWN}exceptions.csv").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if len(row) > 5]

    found = {row[0]: row for row in rows[1:]}
    assert set(found) == {"waste", "satisfaction", "punctuality", "sales"}
    assert found["satisfaction"][rows[0].index("Told")] == "folded"
    assert found["satisfaction"][rows[0].index("Follows from")] == "Unsold bread"
    assert (
        found["waste"][rows[0].index("Kinds")] == "Worse; Off target for long; Unlikely to reach its target"
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{OLD_TOWN}exceptions.xlsx").content))
    assert book.sheet_names


def test_the_paper_carries_the_sentences_with_their_charts(client, worse):
    client.force_login(Person.objects.get(key="ana"))
    answer = client.get(f"{OLD_TOWN}exceptions.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_home_and_sidebar_lead_to_the_exceptions(client, worse):
    shown = page(client, "ana", "/home/")

    assert shown.select_one(".home-exceptions a")["href"] == "/exceptions/bakery/2026-09/"
    assert any("exceptions" in link["href"] for link in shown.select(".side-nav a"))
    assert client.get("/scorecards/?to=signals:exceptions")["Location"] == "/exceptions/bakery/2026-09/"
    assert isinstance(shown, BeautifulSoup)


@pytest.fixture
def known_better(worse):
    """Two days later September's waste turns out to have been as always."""
    later = AT + timedelta(days=2)
    row = NewObservation("waste", "old-town", 2026 * 12 + 8, numerator=440.0, denominator=5000.0)
    append_observations([row], scope=INSTALLATION, at=later)
    return later + timedelta(days=1)


def test_the_page_is_as_known_on_a_day_like_a_measures(known_better):
    now = read(at=known_better)
    then = read_exceptions(
        Place("old-town", "2026-09"), scope=INSTALLATION, at=known_better, as_of=f"{AT:%Y-%m-%d}"
    )
    waste = {line.key: line.sentence for line in (*then.every, *now.every)}

    assert "all of the last 7 months" in next(line for line in then.every if line.key == "waste").sentence
    assert "6 of the last 7 months" in waste["waste"]
    assert (str(then.known_on), then.query, now.query) == ("2026-10-08", "?as_of=2026-10-08", "")


def test_everything_behind_a_past_page_is_of_the_same_day(client, known_better):
    shown = page(client, "ana", f"{OLD_TOWN}?as_of=2026-10-08")
    rows = client.get("/exceptions/old-town/2026-09/exceptions.csv?as_of=2026-10-08").content.decode()

    assert "As known on" in shown.select_one(".known-title").text
    assert all(link["href"].endswith("?as_of=2026-10-08") for link in shown.select(".exception h3 a"))
    assert not shown.select(".exception-said")
    assert "all of the last 7 months" in rows
    assert client.get(f"{OLD_TOWN}?as_of=yesterday").status_code == 422
    assert client.get(f"{OLD_TOWN}?as_of=2001-01-01").status_code == 404


def test_a_deviation_matters_from_the_size_on_that_a_variance_does(found, tmp_path):
    """Sales rose by about 2 % of their target: all that matters by 1 %, a fifth of what matters by 10 %."""

    def priority(share):
        shutil.rmtree(tmp_path / "bakery", ignore_errors=True)
        found(sales=shifted(SHOP["sales"], 900, last=7), policies=f'materiality.share: "{share}"')
        return next(line.priority for line in read(at=SOON).every if line.key == "sales")

    certain, half = priority("0.01"), priority("0.04")

    assert 0.4 * certain < half < 0.6 * certain
    assert priority("0.9") == pytest.approx(priority("0.1"), rel=1e-9)  # red itself begins a tenth below
