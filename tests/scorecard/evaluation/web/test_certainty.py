"""A status that another count might have changed says so, in the same digits on every surface (METHOD §2.9)."""

import csv
import io
import re

import pytest

PLACE = "riverside/2026-09"
BETWEEN = "95 % interval"


def rows_of(answer):
    text = answer.content.decode("utf-8-sig")
    start = text.index("Unit key")
    return {row["Measure key"]: row for row in csv.DictReader(io.StringIO(text[start:]))}


@pytest.fixture
def node(client, ana):
    """Orders on time as the API answers it."""
    client.force_login(ana)

    def found(measures):
        for each in measures:
            if each["kind"] == "measure" and each["key"] == "punctuality":
                return each
            if inner := found(each.get("children", [])):
                return inner
        return None

    return found([client.get(f"/api/v1/scorecards/{PLACE}").json()["scorecard"]])


def test_page_row_file_and_api_agree(read, client, ana, node):
    figure = read(ana, f"/measures/punctuality/{PLACE}/").select_one(".measure-figure")
    facts = {each.select_one("dt").text: each.select_one("dd").text for each in figure.select("dl > div")}
    row = read(ana, f"/scorecards/{PLACE}/").select_one("#row-punctuality, [id$=punctuality]")
    told = rows_of(client.get(f"/scorecards/{PLACE}/scorecard.csv"))["punctuality"]

    low, high = node["interval"]
    assert node["uncertain"] is True
    assert f"{low:.1f} to {high:.1f}" in facts[BETWEEN]
    assert "another status is as possible" in facts[BETWEEN]
    assert re.search(r"from its [0-9,]+ cases", facts[BETWEEN])
    assert "uncertain" in figure.select_one(".figure-status").text
    assert (told["Uncertain"], float(told["Interval from"]), float(told["Interval to"])) == ("yes", low, high)
    assert row is None or "uncertain" in row.text


def test_where_nothing_is_known_nothing_is_said(read, ana):
    for measure in ("sales", "waste"):  # waste is a share of kilograms, in whole numbers now and then
        figure = read(ana, f"/measures/{measure}/{PLACE}/").select_one(".measure-figure")

        assert BETWEEN not in figure.text
        assert "uncertain" not in figure.text


def test_a_glossary_says_what_it_means(read, ana):
    assert (
        "95 % interval reaches across a threshold"
        in read(ana, "/glossary/").select_one("#uncertain").parent.text
    )


def test_the_scorecard_costs_no_query_more(client, ana, django_assert_max_num_queries):
    client.force_login(ana)
    client.get(f"/scorecards/{PLACE}/")
    with django_assert_max_num_queries(40):
        client.get(f"/scorecards/{PLACE}/")
